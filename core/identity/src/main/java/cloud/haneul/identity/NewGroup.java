package cloud.haneul.identity;

import java.util.Map;
import java.util.Optional;

/**
 * A group to be made.
 *
 * @param domainId the caller's domain, else the default one, when empty
 */
public record NewGroup(String name, Optional<String> domainId, String description, Map<String, Object> extra) {
    public static NewGroup named(String name) {
        return new NewGroup(name, Optional.empty(), "", Map.of());
    }

    public NewGroup in(String domain) {
        return new NewGroup(name, Optional.of(domain), description, extra);
    }

    public NewGroup described(String text) {
        return new NewGroup(name, domainId, text, extra);
    }
}
