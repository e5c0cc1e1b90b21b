package cloud.haneul.identity;

import java.util.Map;
import java.util.Optional;

/**
 * A role to be made.
 *
 * @param domainId the domain whose own role it shall be; empty for one of the whole cloud
 */
public record NewRole(
        String name, Optional<String> domainId, String description, boolean immutable, Map<String, Object> extra) {
    public static NewRole named(String name) {
        return new NewRole(name, Optional.empty(), "", false, Map.of());
    }

    public NewRole described(String text) {
        return new NewRole(name, domainId, text, immutable, extra);
    }

    /** A domain's own. */
    public NewRole in(String domain) {
        return new NewRole(name, Optional.of(domain), description, immutable, extra);
    }
}
