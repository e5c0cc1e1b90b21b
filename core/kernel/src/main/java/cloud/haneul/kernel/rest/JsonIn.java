package cloud.haneul.kernel.rest;

import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.Ids;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * One value of a request's JSON, read by type: whatever is missing, ill-typed, out of bounds or unknown becomes a 400 that
 * names the field in the API's words.
 *
 * <pre>{@code
 * JsonIn server = in.object("server");
 * NewServer wanted = new NewServer(
 *         server.name("name", 1, 255),
 *         server.uuid("flavorRef"),
 *         server.optText("description", 0, 255),
 *         server.optMap("metadata", 128, 255, 255).orElse(Map.of()),
 *         server.list("networks", 64, network -> network.uuid("uuid")));
 * in.done();                                               // refuses what nobody asked for, here and in all that was read
 * }</pre>
 *
 * {@code text(name, ...)} and its like want the field; {@code optText(name, ...)}, or {@code opt(name, n -> in.text(n, ...))} for
 * any type, is empty when the field is absent or null; {@code field(name, ...)} tells absent from null.
 */
public final class JsonIn {
    private final String path;
    private final JsonNode node;
    private final Map<String, JsonIn> read = new LinkedHashMap<>();
    private boolean unknownIgnored;

    private JsonIn(String path, JsonNode node) {
        this.path = path;
        this.node = node;
    }

    static JsonIn root(JsonNode node) {
        return new JsonIn("", node);
    }

    // ---- fields of an object

    public JsonIn object(String name) {
        return want(name).asObject();
    }

    public Optional<JsonIn> optObject(String name) {
        return opt(name, this::object);
    }

    /** Text of {@code min} to {@code max} characters; line breaks and tabs allowed, other control characters not. */
    public String text(String name, int min, int max) {
        return want(name).asText(min, max);
    }

    public Optional<String> optText(String name, int min, int max) {
        return opt(name, n -> text(n, min, max));
    }

    /** Text without any control characters that is not all blank: what people call things. */
    public String name(String name, int min, int max) {
        return want(name).asName(min, max);
    }

    public Optional<String> optName(String name, int min, int max) {
        return opt(name, n -> name(n, min, max));
    }

    /** Text that matches {@code pattern} as a whole. */
    public String matching(String name, Pattern pattern, int max) {
        JsonIn field = want(name);
        String text = field.asText(0, max);
        if (!pattern.matcher(text).matches()) {
            throw field.invalid("does not match '" + pattern + "'");
        }
        return text;
    }

    public String oneOf(String name, String... allowed) {
        return want(name).asOneOf(allowed);
    }

    public Optional<String> optOneOf(String name, String... allowed) {
        return opt(name, n -> oneOf(n, allowed));
    }

    public UUID uuid(String name) {
        return want(name).asUuid();
    }

    public Optional<UUID> optUuid(String name) {
        return opt(name, this::uuid);
    }

    /** A whole number, also as text of digits, which the API family takes everywhere. */
    public int integer(String name, int min, int max) {
        return (int) want(name).asNumber(min, max);
    }

    public Optional<Integer> optInteger(String name, int min, int max) {
        return opt(name, n -> integer(n, min, max));
    }

    /** As {@link #integer} for what may pass two thousand million, such as bytes. */
    public long number(String name, long min, long max) {
        return want(name).asNumber(min, max);
    }

    public Optional<Long> optNumber(String name, long min, long max) {
        return opt(name, n -> number(n, min, max));
    }

    public double decimal(String name, double min, double max) {
        return want(name).asDecimal(min, max);
    }

    public Optional<Double> optDecimal(String name, double min, double max) {
        return opt(name, n -> decimal(n, min, max));
    }

    /** A truth value, also as one of the words and digits that the API family takes for it. */
    public boolean bool(String name) {
        return want(name).asBool();
    }

    public Optional<Boolean> optBool(String name) {
        return opt(name, this::bool);
    }

    /** {@code true} or {@code false} and no word for it, as the Identity API has it. */
    public Optional<Boolean> optPlainBool(String name) {
        return opt(name, n -> {
            if (!want(n).node.isBoolean()) {
                throw want(n).mistyped("boolean");
            }
            return want(n).asBool();
        });
    }

    public Instant instant(String name) {
        return want(name).asInstant();
    }

    public Optional<Instant> optInstant(String name) {
        return opt(name, this::instant);
    }

    /** A list of at most {@code max} elements, each read by {@code element}: {@code list("ids", 10, JsonIn::asUuid)}. */
    public <T> List<T> list(String name, int max, Function<JsonIn, T> element) {
        return want(name).asList(max, element);
    }

    /** Empty when the list is absent or null; {@code .orElse(List.of())} when that makes no difference. */
    public <T> Optional<List<T>> optList(String name, int max, Function<JsonIn, T> element) {
        return opt(name, n -> list(n, max, element));
    }

    public List<String> texts(String name, int max, int minLength, int maxLength) {
        return list(name, max, e -> e.asText(minLength, maxLength));
    }

    public List<UUID> uuids(String name, int max) {
        return list(name, max, JsonIn::asUuid);
    }

    /** Text by text, such as metadata: at most {@code max} entries, keys of 1 to {@code maxKey} characters. */
    public Map<String, String> map(String name, int max, int maxKey, int maxValue) {
        return want(name).asMap(max, maxKey, maxValue);
    }

    public Optional<Map<String, String>> optMap(String name, int max, int maxKey, int maxValue) {
        return opt(name, n -> map(n, max, maxKey, maxValue));
    }

    /** Any JSON as plain Java: Map, List, String, Integer/Long/BigInteger, Double, Boolean; empty for absent and null. */
    public Optional<Object> any(String name) {
        return opt(name, n -> want(n).asAny());
    }

    /** Empty when the field is absent or null, else what {@code reader} makes of it. */
    public <T> Optional<T> opt(String name, Function<String, T> reader) {
        JsonIn field = at(name);
        return field.isAbsent() || field.isNull() ? Optional.empty() : Optional.of(reader.apply(name));
    }

    /** For change requests: absent, null or what {@code reader} makes of it. */
    public <T> Field<T> field(String name, Function<String, T> reader) {
        JsonIn field = at(name);
        return field.isAbsent() ? Field.absent() : field.isNull() ? Field.ofNull() : Field.of(reader.apply(name));
    }

    public boolean has(String name) {
        return !at(name).isAbsent();
    }

    public boolean isNull(String name) {
        return at(name).isNull();
    }

    /** The fields of this object in the order sent. */
    public Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        asObject().node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** The single field of this object, as in {@code {"reboot": {...}}} of action requests. */
    public String onlyName() {
        Set<String> names = names();
        if (names.size() != 1) {
            throw invalid(names.isEmpty() ? "does not have enough properties" : "has too many properties");
        }
        return names.iterator().next();
    }

    /** The value of a field, be it absent; for readers of one's own. */
    public JsonIn at(String name) {
        asObject();
        return read.computeIfAbsent(name, n -> new JsonIn(path.isEmpty() ? n : path + "/" + n, node.path(n)));
    }

    // ---- this value itself

    public JsonIn asObject() {
        if (!node.isObject()) {
            throw mistyped("object");
        }
        return this;
    }

    public String asText(int min, int max) {
        if (!node.isTextual()) {
            throw mistyped("string");
        }
        String text = node.textValue();
        int length = text.codePointCount(0, text.length());
        if (length < min) {
            throw invalid("is too short");
        }
        if (length > max) {
            throw invalid("is too long");
        }
        if (text.codePoints().anyMatch(JsonIn::isNeverText)) {
            throw invalid("contains characters that are not allowed");
        }
        return text;
    }

    public String asName(int min, int max) {
        String text = asText(min, max);
        if (text.codePoints().anyMatch(JsonIn::isNeverInNames) || min > 0 && text.isBlank()) {
            throw invalid("must be printable characters and not all blank");
        }
        return text;
    }

    public String asOneOf(String... allowed) {
        if (node.isTextual()) {
            for (String word : allowed) {
                if (word.equals(node.textValue())) {
                    return word;
                }
            }
        }
        throw invalid("is not one of ['" + String.join("', '", allowed) + "']");
    }

    public UUID asUuid() {
        return Ids.parse(asText(0, 100)).orElseThrow(() -> invalid("is not a 'uuid'"));
    }

    public long asNumber(long min, long max) {
        long number;
        if (node.isIntegralNumber()) {
            if (!node.canConvertToLong()) {
                throw node.bigIntegerValue().signum() < 0
                        ? invalid("is less than the minimum of " + min)
                        : invalid("is greater than the maximum of " + max);
            }
            number = node.longValue();
        } else if (node.isTextual() && node.textValue().matches("-?[0-9]{1,18}")) {
            number = Long.parseLong(node.textValue());
        } else {
            throw mistyped("integer");
        }
        if (number < min) {
            throw invalid("is less than the minimum of " + min);
        }
        if (number > max) {
            throw invalid("is greater than the maximum of " + max);
        }
        return number;
    }

    public double asDecimal(double min, double max) {
        if (!node.isNumber()) {
            throw mistyped("number");
        }
        double number = node.doubleValue();
        if (!(number >= min)) {
            throw invalid("is less than the minimum of " + min);
        }
        if (number > max) {
            throw invalid("is greater than the maximum of " + max);
        }
        return number;
    }

    public boolean asBool() {
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        return (node.isTextual() || node.isIntegralNumber() ? Words.truth(node.asText()) : Optional.<Boolean>empty())
                .orElseThrow(() -> mistyped("boolean"));
    }

    public Instant asInstant() {
        return Words.instant(asText(0, 64)).orElseThrow(() -> invalid("is not a 'date-time'"));
    }

    public <T> List<T> asList(int max, Function<JsonIn, T> element) {
        if (!node.isArray()) {
            throw mistyped("array");
        }
        if (node.size() > max) {
            throw invalid("is too long");
        }
        List<T> list = new ArrayList<>(node.size());
        for (int i = 0; i < node.size(); i++) {
            String index = Integer.toString(i);
            JsonIn item = new JsonIn(path.isEmpty() ? index : path + "/" + index, node.get(i));
            read.put(index, item);
            list.add(element.apply(item));
        }
        return List.copyOf(list);
    }

    public Map<String, String> asMap(int max, int maxKey, int maxValue) {
        asObject();
        if (node.size() > max) {
            throw invalid("has too many properties");
        }
        Map<String, String> map = new LinkedHashMap<>();
        for (String key : names()) {
            int length = key.codePointCount(0, key.length());
            if (length < 1 || length > maxKey || key.codePoints().anyMatch(JsonIn::isNeverInNames)) {
                throw invalid("has the name '" + Quote.of(key) + "', which is empty, too long or not printable");
            }
            map.put(key, text(key, 0, maxValue));
        }
        return map;
    }

    public Object asAny() {
        unknownIgnored = true;
        return plain(node);
    }

    public boolean isNull() {
        return node.isNull();
    }

    public boolean isAbsent() {
        return node.isMissingNode();
    }

    public boolean isText() {
        return node.isTextual();
    }

    public boolean isObject() {
        return node.isObject();
    }

    public boolean isList() {
        return node.isArray();
    }

    // ---- the end

    /** Refuses, here and in every object below that was read, the fields that nobody asked for. */
    public void done() {
        if (node.isObject() && !unknownIgnored) {
            for (String name : names()) {
                if (!read.containsKey(name)) {
                    throw fault(
                            "Additional properties are not allowed ('" + Quote.of(name) + "' was unexpected)", name);
                }
            }
        }
        read.values().forEach(JsonIn::done);
    }

    /** Lets unknown fields of this object pass, as some of the older APIs do. */
    public JsonIn ignoreUnknown() {
        unknownIgnored = true;
        return this;
    }

    /** A 400 about this value; {@code why} continues the quoted value: {@code "is not a multiple of 512"}. */
    public Fault invalid(String why) {
        return fault((secret() ? "The value " : Quote.of(node) + " ") + why, "");
    }

    /** A 400 about a field of this object. */
    public Fault invalid(String name, String why) {
        return at(name).invalid(why);
    }

    @Override
    public String toString() {
        // bodies hold passwords
        return path.isEmpty() ? "request body" : path;
    }

    private JsonIn want(String name) {
        JsonIn field = at(name);
        if (field.isAbsent()) {
            throw fault("'" + name + "' is a required property", name);
        }
        return field;
    }

    private Fault mistyped(String type) {
        return invalid("is not of type '" + type + "'");
    }

    private Fault fault(String message, String child) {
        String whole = child.isEmpty() ? path : path.isEmpty() ? child : path + "/" + child;
        if (path.isEmpty()) {
            return Fault.badRequest(whole.isEmpty() ? "body" : whole, message);
        }
        String value = node.isValueNode() && !secret() ? " Value: " + bare() + "." : "";
        return Fault.badRequest(
                whole, "Invalid input for field/attribute " + Quote.of(shown()) + "." + value + " " + message);
    }

    private String bare() {
        return node.isTextual() ? Quote.of(node.textValue()) : Quote.of(node);
    }

    /** The path without the wrapper that nearly every request has: {@code name} for {@code server/name}. */
    private String shown() {
        String inner = path.substring(path.indexOf('/') + 1);
        // the place in a list says nothing without the list
        return !inner.isEmpty() && Character.isDigit(inner.charAt(0)) ? path : inner;
    }

    private boolean secret() {
        return Words.isSecret(path.substring(path.lastIndexOf('/') + 1));
    }

    private static boolean isNeverText(int c) {
        return Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t' || Quote.isLoneSurrogate(c);
    }

    private static boolean isNeverInNames(int c) {
        return isNeverText(c)
                || Character.isISOControl(c)
                || Character.getType(c) == Character.LINE_SEPARATOR
                || Character.getType(c) == Character.PARAGRAPH_SEPARATOR;
    }

    private Object plain(JsonNode any) {
        if (any.isObject()) {
            Map<String, Object> map = new LinkedHashMap<>();
            Iterator<Map.Entry<String, JsonNode>> fields = any.fields();
            while (fields.hasNext()) {
                Map.Entry<String, JsonNode> field = fields.next();
                map.put(storable(field.getKey()), plain(field.getValue()));
            }
            return map;
        }
        if (any.isArray()) {
            List<Object> list = new ArrayList<>();
            any.forEach(e -> list.add(plain(e)));
            return list;
        }
        if (any.isTextual()) {
            return storable(any.textValue());
        }
        return any.isBoolean() ? (Object) any.booleanValue() : any.isNumber() ? any.numberValue() : null;
    }

    /** Free-form text may hold anything that a database and UTF-8 can. */
    private String storable(String text) {
        if (text.codePoints().anyMatch(c -> c == 0 || Quote.isLoneSurrogate(c))) {
            throw invalid("contains characters that are not allowed");
        }
        return text;
    }
}
