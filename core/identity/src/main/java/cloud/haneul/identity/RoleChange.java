package cloud.haneul.identity;

import java.util.Map;
import java.util.Optional;

/** What shall become different about a role; empty is left as it is. */
public record RoleChange(
        Optional<String> name, Optional<String> description, Optional<Boolean> immutable, Map<String, Object> extra) {
    public static final RoleChange NONE =
            new RoleChange(Optional.empty(), Optional.empty(), Optional.empty(), Map.of());

    public RoleChange name(String text) {
        return new RoleChange(Optional.of(text), description, immutable, extra);
    }

    /** Empty text clears it. */
    public RoleChange description(String text) {
        return new RoleChange(name, Optional.of(text), immutable, extra);
    }

    public RoleChange immutable(boolean on) {
        return new RoleChange(name, description, Optional.of(on), extra);
    }

    /** Whether nothing else is asked for than to make it changeable again. */
    boolean unlocks() {
        return immutable.equals(Optional.of(false)) && name.isEmpty() && description.isEmpty() && extra.isEmpty();
    }
}
