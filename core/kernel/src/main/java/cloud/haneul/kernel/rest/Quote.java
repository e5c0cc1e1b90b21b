package cloud.haneul.kernel.rest;

import com.fasterxml.jackson.databind.JsonNode;

/** Words of a client as they are quoted back to him: short, on one line, and never a secret. */
final class Quote {
    private static final int MAX = 100;

    private Quote() {}

    static String of(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints()
                .limit(MAX)
                .map(c -> Character.isISOControl(c) || isLoneSurrogate(c) ? '?' : c)
                .forEach(out::appendCodePoint);
        return text.codePointCount(0, text.length()) > MAX ? out + "..." : out.toString();
    }

    /** A JSON value as a scalar in Python's spelling, which the API family's messages use; containers by their kind alone. */
    static String of(JsonNode node) {
        if (node.isTextual()) {
            return "'" + of(node.textValue()) + "'";
        }
        if (node.isNull() || node.isMissingNode()) {
            return "None";
        }
        if (node.isBoolean()) {
            return node.booleanValue() ? "True" : "False";
        }
        // what is inside an object may be a password
        return node.isObject() ? "{...}" : node.isArray() ? "[...]" : of(node.asText());
    }

    static boolean isLoneSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
