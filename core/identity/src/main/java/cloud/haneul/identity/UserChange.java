package cloud.haneul.identity;

import java.util.Map;
import java.util.Optional;

/**
 * What shall become different about a user; empty is left as it is, empty text clears.
 *
 * @param extra set to null what shall be dropped
 */
public record UserChange(
        Optional<String> name,
        Optional<String> password,
        Optional<Boolean> enabled,
        Optional<String> defaultProjectId,
        Optional<String> description,
        Optional<String> email,
        Map<String, Object> options,
        Map<String, Object> extra) {
    public static final UserChange NONE = new UserChange(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            Map.of());

    public UserChange name(String text) {
        return new UserChange(
                Optional.of(text), password, enabled, defaultProjectId, description, email, options, extra);
    }

    public UserChange password(String text) {
        return new UserChange(name, Optional.of(text), enabled, defaultProjectId, description, email, options, extra);
    }

    public UserChange enabled(boolean on) {
        return new UserChange(name, password, Optional.of(on), defaultProjectId, description, email, options, extra);
    }

    public UserChange defaultProject(String id) {
        return new UserChange(name, password, enabled, Optional.of(id), description, email, options, extra);
    }

    public UserChange description(String text) {
        return new UserChange(name, password, enabled, defaultProjectId, Optional.of(text), email, options, extra);
    }

    public UserChange email(String address) {
        return new UserChange(
                name, password, enabled, defaultProjectId, description, Optional.of(address), options, extra);
    }

    /** Those named are changed; an empty {@link Optional} drops one. */
    public UserChange options(Map<String, Object> some) {
        return new UserChange(name, password, enabled, defaultProjectId, description, email, Map.copyOf(some), extra);
    }

    @Override
    public String toString() {
        return "change of a user";
    }
}
