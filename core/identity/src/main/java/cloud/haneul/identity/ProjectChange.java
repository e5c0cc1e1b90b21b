package cloud.haneul.identity;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What shall become different about a project or domain; empty is left as it is. */
public record ProjectChange(
        Optional<String> name,
        Optional<Boolean> enabled,
        Optional<String> description,
        Optional<Set<String>> tags,
        Optional<Boolean> immutable,
        Map<String, Object> extra) {
    public static final ProjectChange NONE = new ProjectChange(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Map.of());

    public ProjectChange name(String text) {
        return new ProjectChange(Optional.of(text), enabled, description, tags, immutable, extra);
    }

    public ProjectChange enabled(boolean on) {
        return new ProjectChange(name, Optional.of(on), description, tags, immutable, extra);
    }

    public ProjectChange description(String text) {
        return new ProjectChange(name, enabled, Optional.of(text), tags, immutable, extra);
    }

    public ProjectChange immutable(boolean on) {
        return new ProjectChange(name, enabled, description, tags, Optional.of(on), extra);
    }

    /** Whether nothing else is asked for than to make it changeable again. */
    boolean unlocks() {
        return immutable.equals(Optional.of(false))
                && name.isEmpty()
                && enabled.isEmpty()
                && description.isEmpty()
                && tags.isEmpty()
                && extra.isEmpty();
    }
}
