package cloud.haneul.identity;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An application credential to be made.
 *
 * @param secret made by the cloud when empty
 * @param roles those of the caller's token when empty
 * @param unrestricted whether it may be used to make further credentials
 * @param accessRules what it may be used for; everything when empty
 */
public record NewApplicationCredential(
        String name,
        String description,
        Optional<String> secret,
        Optional<Instant> expiresAt,
        List<RoleRef> roles,
        boolean unrestricted,
        List<RuleRef> accessRules) {

    public NewApplicationCredential {
        roles = List.copyOf(roles);
        accessRules = List.copyOf(accessRules);
    }

    public static NewApplicationCredential named(String name) {
        return new NewApplicationCredential(name, "", Optional.empty(), Optional.empty(), List.of(), false, List.of());
    }

    /** A role by its id or, without that, by its name. */
    public record RoleRef(Optional<String> id, Optional<String> name) {
        @Override
        public String toString() {
            return id.or(() -> name).orElse("");
        }
    }

    /** A rule that is there already, by its id, or a new one. */
    public record RuleRef(Optional<String> id, Optional<AccessRule.Wanted> rule) {}

    @Override
    public String toString() {
        return "application credential " + name;
    }
}
