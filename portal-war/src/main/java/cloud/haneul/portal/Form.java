package cloud.haneul.portal;

import java.util.HashMap;
import java.util.Optional;
import java.util.UUID;

/**
 * What is typed into the forms of a panel, by field, instead of a property of the bean for each: {@code value="#{flavors.form.name}"} on
 * the page, {@code form.text("name")} in the bean. A number comes from an input with a converter, a flag from a checkbox.
 */
public final class Form extends HashMap<String, Object> {
    private static final long serialVersionUID = 1L;
    private static final String ID = "id";

    private final HashMap<String, Object> usual = new HashMap<>();

    /** What a field holds before anybody types. */
    public Form with(String field, Object value) {
        usual.put(field, value);
        put(field, value);
        return this;
    }

    /** Anew, about something that is there already; its name is {@code about}. */
    public void begin(String id, String name) {
        reset();
        put(ID, id);
        put("about", name);
    }

    public void reset() {
        clear();
        putAll(usual);
    }

    /** What the form is about. */
    public String id() {
        return text(ID);
    }

    public UUID uuid() {
        return UUID.fromString(id());
    }

    public String about() {
        return text("about");
    }

    /** Without the blanks around it; empty when nothing was typed. */
    public String text(String field) {
        return optional(field).orElse("");
    }

    public Optional<String> optional(String field) {
        return Optional.ofNullable(get(field))
                .map(value -> value.toString().strip())
                .filter(text -> !text.isEmpty());
    }

    /** As it was typed, once: it is not kept between requests. */
    public String secret(String field) {
        Object value = remove(field);
        return value == null ? "" : value.toString();
    }

    /** Of a choice among things; empty when none was chosen. */
    public Optional<UUID> chosen(String field) {
        return optional(field).map(UUID::fromString);
    }

    public long number(String field) {
        return ((Number) get(field)).longValue();
    }

    public Optional<Integer> optionalNumber(String field) {
        return Optional.ofNullable((Number) get(field)).map(Number::intValue);
    }

    public boolean is(String field) {
        return Boolean.TRUE.equals(get(field));
    }
}
