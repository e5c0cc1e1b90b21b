package cloud.haneul.identity;

import java.util.Map;
import java.util.Optional;

/** What shall become different about a group; empty is left as it is. */
public record GroupChange(Optional<String> name, Optional<String> description, Map<String, Object> extra) {
    public static GroupChange of(String name, String description) {
        return new GroupChange(Optional.of(name), Optional.of(description), Map.of());
    }
}
