package cloud.haneul.identity;

import cloud.haneul.kernel.Authenticator.RequestInfo;
import cloud.haneul.kernel.Caller;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the cloud knows of a token's user in the token's scope, beyond the token itself: names, and the roles he has there now.
 *
 * @param roles of the whole cloud, implied ones included, by name
 */
public record TokenContext(
        Named user,
        Named userDomain,
        Optional<Place> project,
        Optional<Named> domain,
        boolean system,
        List<Named> roles) {

    /** An id with its name. */
    public record Named(String id, String name) {}

    /** A project with its domain, which is itself when it acts as one. */
    public record Place(String id, String name, Named domain, boolean isDomain) {}

    public TokenContext {
        roles = List.copyOf(roles);
    }

    Optional<Grant.Target> scope() {
        return system
                ? Optional.of(Grant.Target.SYSTEM)
                : project.map(p -> Grant.Target.project(p.id())).or(() -> domain.map(d -> Grant.Target.domain(d.id())));
    }

    public Caller caller(RequestInfo request) {
        return new Caller(
                user.id(),
                user.name(),
                userDomain.id(),
                userDomain.name(),
                project.map(Place::id),
                project.map(Place::name),
                project.map(p -> p.domain().id()),
                project.map(p -> p.domain().name()),
                domain.map(Named::id),
                domain.map(Named::name),
                system,
                roleNames(),
                request.requestId(),
                request.globalRequestId(),
                request.locale(),
                request.address());
    }

    private Set<String> roleNames() {
        return roles.stream().map(role -> role.name().toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }
}
