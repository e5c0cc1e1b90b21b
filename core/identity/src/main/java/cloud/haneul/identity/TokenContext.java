package cloud.haneul.identity;

import cloud.haneul.kernel.Authenticator.RequestInfo;
import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Delegation;
import java.time.Instant;
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
        List<Named> roles,
        Optional<ByTrust> trust,
        Optional<ByApplication> application,
        Optional<ByOAuth1> oauth1) {

    /** Of somebody who acts himself. */
    TokenContext(
            Named user,
            Named userDomain,
            Optional<Place> project,
            Optional<Named> domain,
            boolean system,
            List<Named> roles) {
        this(user, userDomain, project, domain, system, roles, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The trust it hangs on; {@code user} is the trustor when it impersonates him. */
    public record ByTrust(
            String id, boolean impersonation, String trustorId, String trusteeId, Optional<Instant> expiresAt) {}

    /** The application credential it hangs on. */
    public record ByApplication(
            String id, String name, boolean unrestricted, Optional<Instant> expiresAt, List<AccessRule> accessRules) {
        public ByApplication {
            accessRules = List.copyOf(accessRules);
        }
    }

    /** The access token of OAuth 1 that it hangs on. */
    public record ByOAuth1(String accessTokenId, String consumerId, Optional<Instant> expiresAt) {}

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

    TokenContext by(ByTrust leave) {
        return by(Optional.of(leave), Optional.empty(), Optional.empty());
    }

    TokenContext by(ByApplication leave) {
        return by(Optional.empty(), Optional.of(leave), Optional.empty());
    }

    TokenContext by(ByOAuth1 leave) {
        return by(Optional.empty(), Optional.empty(), Optional.of(leave));
    }

    private TokenContext by(Optional<ByTrust> one, Optional<ByApplication> other, Optional<ByOAuth1> third) {
        return new TokenContext(user, userDomain, project, domain, system, roles, one, other, third);
    }

    /** When the leave ends that it hangs on. */
    Optional<Instant> endsAt() {
        return trust.flatMap(ByTrust::expiresAt)
                .or(() -> application.flatMap(ByApplication::expiresAt))
                .or(() -> oauth1.flatMap(ByOAuth1::expiresAt));
    }

    Optional<Delegation> delegation() {
        return trust.map(t -> new Delegation(Delegation.Kind.TRUST, t.id(), false))
                .or(() -> application.map(
                        a -> new Delegation(Delegation.Kind.APPLICATION_CREDENTIAL, a.id(), a.unrestricted())))
                .or(() -> oauth1.map(o -> new Delegation(Delegation.Kind.OAUTH1, o.accessTokenId(), false)));
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
                request.address(),
                delegation());
    }

    private Set<String> roleNames() {
        return roles.stream().map(role -> role.name().toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }
}
