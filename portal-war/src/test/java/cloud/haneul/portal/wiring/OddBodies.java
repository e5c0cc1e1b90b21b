package cloud.haneul.portal.wiring;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes of a good body those that nobody should send: each with one thing wrong. */
final class OddBodies {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Stands where raw JSON, which a tree cannot hold, is put. */
    private static final String MARK = "@@odd@@";

    /** Raw JSON that may stand for nothing that is sent here, for one of another kind than the good value. */
    private static final Map<String, String> KINDS =
            Map.of("number", "7", "text", "\"odd\"", "list", "[[\"x\"]]", "object", "{\"a\": {\"b\": []}}");

    /** Raw JSON that some fields may take, and none may fall over. */
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "\"\"",
            "-1",
            "1.5",
            "1e400",
            "99999999999999999999",
            "\"a\\u0000b\"",
            "\"\\ud800\"",
            "\"../..%2f/etc/passwd\"",
            "\"'; drop table x; --\"",
            "\"" + "x".repeat(30_000) + "\"");

    /**
     * A body with something wrong.
     *
     * @param field that is of another kind than it may be; empty where the body may be good in spite of all
     */
    record Odd(String body, String field) {
        @Override
        public String toString() {
            return body.length() > 300 ? body.substring(0, 300) + "..." : body;
        }
    }

    private final List<Odd> all = new ArrayList<>();
    private final JsonNode good;

    private OddBodies(JsonNode good) {
        this.good = good;
    }

    static List<Odd> of(String body) {
        try {
            OddBodies odd = new OddBodies(JSON.readTree(body));
            odd.whole(body);
            odd.inside(odd.good, "");
            return odd.all;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(body, e);
        }
    }

    /** What is no request whatever is in it. */
    private void whole(String body) {
        for (String none : List.of(
                "null", "7", "\"x\"", "[]", "[1]", "{", "}", "\u0000", "{\"a\":", body + "x", "{\"\\ud800\": 1}")) {
            all.add(new Odd(none, ""));
        }
        all.add(new Odd("{\"deep\": " + "[".repeat(1000) + "]".repeat(1000) + "}", ""));
        all.add(new Odd("{\"deep\": " + "{\"a\": ".repeat(1000) + "1" + "}".repeat(1001), ""));
        all.add(new Odd(body.replaceFirst("\\{", "{\"no_such_field\": {\"a\": 1}, "), ""));
        all.add(new Odd("{\"big\": \"" + "x".repeat(50_000) + "\"}", ""));
    }

    private void inside(JsonNode node, String name) {
        if (node instanceof ObjectNode object) {
            List<String> fields = new ArrayList<>();
            object.fieldNames().forEachRemaining(fields::add);
            for (String field : fields) {
                JsonNode value = object.get(field);
                for (String raw : kindsBut(value)) {
                    object.put(field, MARK);
                    add(raw, field);
                }
                for (String raw : VALUES) {
                    object.put(field, MARK);
                    add(raw, "");
                }
                twice(object, field);
                object.remove(field);
                all.add(new Odd(good.toString(), ""));
                object.set(field, value);
                inside(value, field);
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                JsonNode value = array.get(i);
                for (String raw : kindsBut(value)) {
                    array.set(i, JSON.getNodeFactory().textNode(MARK));
                    add(raw, name);
                }
                for (String raw : VALUES) {
                    array.set(i, JSON.getNodeFactory().textNode(MARK));
                    add(raw, "");
                }
                array.set(i, value);
                inside(value, name);
            }
        }
    }

    private static List<String> kindsBut(JsonNode value) {
        String own = value.isTextual() ? "text" : value.isNumber() ? "number" : value.isArray() ? "list" : "object";
        return KINDS.entrySet().stream()
                .filter(kind ->
                        value.isBoolean() || value.isNull() || !kind.getKey().equals(own))
                .filter(kind -> !value.isNull())
                .map(Map.Entry::getValue)
                .toList();
    }

    /** The same field a second time, which two readers could read differently. */
    private void twice(ObjectNode object, String field) {
        JsonNode value = object.get(field);
        object.put(field, MARK);
        String text = good.toString();
        all.add(new Odd(
                text.replace("\"" + field + "\":\"" + MARK + "\"", "\"" + field + "\":1,\"" + field + "\":2"), ""));
        object.set(field, value);
    }

    private void add(String raw, String field) {
        all.add(new Odd(good.toString().replace("\"" + MARK + "\"", raw), field));
    }
}
