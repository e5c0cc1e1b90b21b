package cloud.haneul.identity;

import cloud.haneul.kernel.Fault;
import java.util.Map;
import java.util.Optional;

/** Checks what people write before it becomes a row; the portal and the APIs come through here alike. */
final class Text {
    private static final int MAX_DESCRIPTION = 65_535;

    private Text() {}

    static String name(String field, String text, int max) {
        if (text.isBlank()) {
            throw Fault.badRequest(field, "Invalid input for field '" + field + "': it must not be empty.");
        }
        if (text.codePointCount(0, text.length()) > max) {
            throw tooLong(field, max);
        }
        if (text.codePoints().anyMatch(Character::isISOControl)) {
            throw Fault.badRequest(field, "Invalid input for field '" + field + "': it contains control characters.");
        }
        return text;
    }

    static String description(String text) {
        if (text.length() > MAX_DESCRIPTION) {
            throw tooLong("description", MAX_DESCRIPTION);
        }
        return text;
    }

    static String max(String field, String text, int max) {
        if (text.length() > max) {
            throw tooLong(field, max);
        }
        return text;
    }

    /** Attributes of the client's own: {@code change} over {@code current}; what is set to null is dropped. */
    static Map<String, Object> merged(Map<String, Object> current, Map<String, Object> change) {
        if (change.isEmpty()) {
            return current;
        }
        Map<String, Object> all = new java.util.LinkedHashMap<>(current);
        change.forEach((key, value) -> {
            if (value == null || value instanceof Optional<?> optional && optional.isEmpty()) {
                all.remove(key);
            } else {
                all.put(key, value);
            }
        });
        return all;
    }

    private static Fault tooLong(String field, int max) {
        return Fault.badRequest(
                field, "Invalid input for field '" + field + "': it is longer than " + max + " characters.");
    }
}
