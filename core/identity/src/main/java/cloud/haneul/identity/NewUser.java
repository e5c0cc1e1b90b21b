package cloud.haneul.identity;

import java.util.Map;
import java.util.Optional;

/**
 * A user to be made.
 *
 * @param domainId the caller's domain, else the default one, when empty
 * @param password none yet when empty
 */
public record NewUser(
        String name,
        Optional<String> domainId,
        Optional<String> password,
        boolean enabled,
        Optional<String> defaultProjectId,
        Optional<String> description,
        Optional<String> email,
        Map<String, Object> options,
        Map<String, Object> extra) {

    public static NewUser named(String name) {
        return new NewUser(
                name,
                Optional.empty(),
                Optional.empty(),
                true,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Map.of());
    }

    public NewUser in(String domain) {
        return new NewUser(
                name, Optional.of(domain), password, enabled, defaultProjectId, description, email, options, extra);
    }

    public NewUser withPassword(String text) {
        return new NewUser(
                name, domainId, Optional.of(text), enabled, defaultProjectId, description, email, options, extra);
    }

    public NewUser withDefaultProject(String id) {
        return new NewUser(name, domainId, password, enabled, Optional.of(id), description, email, options, extra);
    }

    public NewUser withEmail(String address) {
        return new NewUser(
                name, domainId, password, enabled, defaultProjectId, description, Optional.of(address), options, extra);
    }

    public NewUser described(String text) {
        return new NewUser(
                name, domainId, password, enabled, defaultProjectId, Optional.of(text), email, options, extra);
    }

    public NewUser withOptions(Map<String, Object> some) {
        return new NewUser(name, domainId, password, enabled, defaultProjectId, description, email, some, extra);
    }

    @Override
    public String toString() {
        return "user " + name;
    }
}
