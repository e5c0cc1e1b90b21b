package cloud.haneul.image.rest;

import cloud.haneul.image.Image.Visibility;
import cloud.haneul.image.ImageDraft;
import cloud.haneul.kernel.Fault;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** An image's changeable fields by their API names, as creation and PATCH set them one by one. */
final class ImageFields {
    /** Set by the service alone. */
    private static final Set<String> READ_ONLY = Set.of(
            "id",
            "status",
            "size",
            "virtual_size",
            "checksum",
            "os_hash_algo",
            "os_hash_value",
            "created_at",
            "updated_at",
            "self",
            "file",
            "schema",
            "direct_url",
            "locations",
            "stores");

    private final Map<String, Object> values = new HashMap<>();
    private final Map<String, String> properties;
    private final Set<String> tags;

    ImageFields(ImageDraft draft) {
        values.put("name", draft.name());
        values.put("visibility", draft.visibility().name().toLowerCase(Locale.ROOT));
        values.put("disk_format", draft.diskFormat());
        values.put("container_format", draft.containerFormat());
        values.put("min_disk", draft.minDiskGib());
        values.put("min_ram", draft.minRamMib());
        values.put("protected", draft.isProtected());
        values.put("os_hidden", draft.hidden());
        properties = new TreeMap<>(draft.properties());
        tags = new HashSet<>(draft.tags());
    }

    boolean isKnown(String name) {
        return values.containsKey(name) || name.equals("tags");
    }

    boolean hasProperty(String name) {
        return properties.containsKey(name);
    }

    void set(String name, Object value) {
        if (READ_ONLY.contains(name)) {
            throw Fault.forbidden("Attribute '" + name + "' is read-only.");
        }
        switch (name) {
            case "owner" -> throw Fault.forbidden("Attribute 'owner' is read-only.");
            case "tags" -> setTags(value);
            case "name", "disk_format", "container_format" -> values.put(name, value == null ? "" : text(name, value));
            case "visibility" ->
                values.put(name, visibility(text(name, value)).name().toLowerCase(Locale.ROOT));
            case "min_disk", "min_ram" -> values.put(name, number(name, value));
            case "protected", "os_hidden" -> values.put(name, flag(name, value));
            default -> setProperty(name, value);
        }
    }

    void remove(String name) {
        if (properties.remove(name) == null) {
            throw isKnown(name) || READ_ONLY.contains(name)
                    ? Fault.forbidden("Property " + name + " may not be removed.")
                    : Fault.conflict("Property " + name + " does not exist.");
        }
    }

    ImageDraft draft() {
        return new ImageDraft(
                (String) values.get("name"),
                visibility((String) values.get("visibility")),
                (String) values.get("disk_format"),
                (String) values.get("container_format"),
                (Long) values.get("min_disk"),
                (Long) values.get("min_ram"),
                (Boolean) values.get("protected"),
                (Boolean) values.get("os_hidden"),
                properties,
                tags);
    }

    static Visibility visibility(String text) {
        for (Visibility known : Visibility.values()) {
            if (known.name().toLowerCase(Locale.ROOT).equals(text)) {
                return known;
            }
        }
        throw Fault.badRequest(
                "visibility", "Invalid visibility value: it must be public, private, shared or community.");
    }

    private void setProperty(String name, Object value) {
        if (name.isEmpty() || name.length() > 255) {
            throw Fault.badRequest(name, "Invalid property name: it must be 1 to 255 characters.");
        }
        String text = text(name, value);
        if (text.length() > 65_535) {
            throw Fault.badRequest(name, "Invalid property " + name + ": it is longer than 65535 characters.");
        }
        properties.put(name, text);
    }

    private void setTags(Object value) {
        if (!(value instanceof Collection<?> list)) {
            throw Fault.badRequest("tags", "Invalid input for tags: it must be a list of texts.");
        }
        tags.clear();
        for (Object tag : list) {
            String text = text("tags", tag);
            if (text.length() > 255) {
                throw Fault.badRequest("tags", "Invalid input for tags: a tag is longer than 255 characters.");
            }
            tags.add(text);
        }
    }

    private static String text(String name, Object value) {
        if (value instanceof String text && text.indexOf('\0') < 0) {
            return text;
        }
        throw Fault.badRequest(name, "Invalid input for " + name + ": it must be text.");
    }

    private static long number(String name, Object value) {
        if (value instanceof Integer || value instanceof Long) {
            return ((Number) value).longValue();
        }
        throw Fault.badRequest(name, "Invalid input for " + name + ": it must be a whole number.");
    }

    private static boolean flag(String name, Object value) {
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw Fault.badRequest(name, "Invalid input for " + name + ": it must be true or false.");
    }
}
