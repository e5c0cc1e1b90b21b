package cloud.haneul.driver.ovn;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Column values, between their form on the wire (RFC 7047, 5.1) and ours. Every column is a set of atoms or a map of strings:
 * the wire writes a set of one as the bare atom, so nothing else can be compared without the schema at hand. Atoms are
 * {@code String}, {@code Long}, {@code Boolean}, {@code UUID}, and {@link Named} for a row that is still to be inserted.
 */
final class Values {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** A row of the same transaction that has no UUID yet. */
    record Named(String name) {}

    private Values() {}

    static Set<Object> set(Object... atoms) {
        return Collections.unmodifiableSet(new LinkedHashSet<>(Arrays.asList(atoms)));
    }

    static Object decode(JsonNode value) {
        if (!isTagged(value)) {
            return Set.of(atom(value));
        }
        JsonNode content = value.get(1);
        return switch (value.get(0).asText()) {
            case "set" -> {
                Set<Object> set = new LinkedHashSet<>();
                content.forEach(element -> set.add(atom(element)));
                yield set;
            }
            case "map" -> {
                Map<String, String> map = new TreeMap<>();
                content.forEach(pair -> map.put(key(pair.get(0)), key(pair.get(1))));
                yield map;
            }
            default -> Set.of(atom(value));
        };
    }

    static JsonNode encode(Object value) {
        if (value instanceof Map<?, ?> map) {
            ArrayNode pairs = JSON.arrayNode();
            map.forEach((key, content) -> pairs.addArray().add((String) key).add((String) content));
            return tagged("map", pairs);
        }
        if (value instanceof Set<?> set) {
            if (set.size() == 1) {
                return encode(set.iterator().next());
            }
            ArrayNode elements = JSON.arrayNode();
            set.forEach(element -> elements.add(encode(element)));
            return tagged("set", elements);
        }
        if (value instanceof UUID uuid) {
            return tagged("uuid", JSON.textNode(uuid.toString()));
        }
        if (value instanceof Named named) {
            return tagged("named-uuid", JSON.textNode(named.name()));
        }
        if (value instanceof Boolean flag) {
            return JSON.booleanNode(flag);
        }
        if (value instanceof Number number) {
            return JSON.numberNode(number.longValue());
        }
        return JSON.textNode((String) value);
    }

    private static ArrayNode tagged(String tag, JsonNode content) {
        return JSON.arrayNode().add(tag).add(content);
    }

    private static boolean isTagged(JsonNode value) {
        return value.isArray() && value.size() == 2;
    }

    private static Object atom(JsonNode atom) {
        if (isTagged(atom)) {
            String content = atom.get(1).asText();
            return atom.get(0).asText().equals("uuid") ? UUID.fromString(content) : new Named(content);
        }
        if (atom.isBoolean()) {
            return atom.booleanValue();
        }
        return atom.isNumber() ? (Object) atom.longValue() : atom.asText();
    }

    private static String key(JsonNode atom) {
        return isTagged(atom) ? atom.get(1).asText() : atom.asText();
    }
}
