package cloud.haneul.identity;

import cloud.haneul.identity.Login.OfDomain;
import cloud.haneul.identity.Login.OfProject;
import cloud.haneul.identity.Login.Scope;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Delegation;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.data.Database;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Optional;

/** Finds out where a login leads to and whether its user gets in there. */
@Component
class Scopes {
    private final Database database;
    private final Contexts contexts;
    private final Clock clock;

    @Inject
    Scopes(Database database, Contexts contexts, Clock clock) {
        this.database = database;
        this.contexts = contexts;
        this.clock = clock;
    }

    /** Where somebody gets in, by whose leave, and as what. */
    record Entrance(TokenContext context, Optional<TokenSource> source) {}

    /** @throws Fault UNAUTHORIZED when he gets in nowhere that was asked for */
    Entrance enter(String user, Optional<TokenSource> source, Scope scope) {
        if (source.filter(s -> s.kind() == Delegation.Kind.OAUTH1).isPresent()) {
            return byOAuth1(user, source.get());
        }
        if (source.isPresent()) {
            return bySource(user, source.get(), scope);
        }
        if (scope instanceof Login.OfTrust wanted) {
            return byTrust(user, wanted.id());
        }
        return new Entrance(
                own(user, scope)
                        .orElseThrow(() -> Fault.unauthorized().detail("User " + user + " gets no token for " + scope)),
                Optional.empty());
    }

    /**
     * By keys that were made by leave, for as long as that leave lasts.
     *
     * @param owner whose keys they are: the trustee, or the trustor when the trust impersonates him
     */
    Entrance enter(String owner, TokenSource source) {
        if (source.kind() == Delegation.Kind.APPLICATION_CREDENTIAL) {
            return bySource(owner, source, Scope.PREFERRED);
        }
        String trustee = database.read(em -> Optional.ofNullable(em.find(Trust.class, source.id())))
                .filter(trust -> (trust.isImpersonation() ? trust.trustorId() : trust.trusteeId()).equals(owner))
                .map(Trust::trusteeId)
                .orElseThrow(() -> Fault.unauthorized().detail("Trust " + source.id() + " is gone or not of " + owner));
        return byTrust(trustee, source.id());
    }

    private Optional<TokenContext> own(String user, Scope scope) {
        if (scope instanceof OfProject wanted) {
            return database.read(em -> References.project(em, wanted.project()))
                    .flatMap(project -> contexts.find(user, Optional.of(Grant.Target.project(project.id()))));
        }
        if (scope instanceof OfDomain wanted) {
            return database.read(em -> References.domain(em, wanted.domain()))
                    .flatMap(domain -> contexts.find(user, Optional.of(Grant.Target.domain(domain.id()))));
        }
        if (scope.equals(Scope.SYSTEM)) {
            return contexts.find(user, Optional.of(Grant.Target.SYSTEM));
        }
        return (scope.equals(Scope.PREFERRED) ? inDefaultProject(user) : Optional.<TokenContext>empty())
                .or(() -> contexts.find(user, Optional.empty()));
    }

    private Entrance bySource(String user, TokenSource source, Scope scope) {
        if (!scope.equals(Scope.PREFERRED)) {
            throw Fault.of(Fault.Kind.UNAUTHORIZED, "Application credentials cannot request a scope.");
        }
        Optional<Grant.Target> project = database.read(
                        em -> Optional.ofNullable(em.find(ApplicationCredential.class, source.id())))
                .map(credential -> Grant.Target.project(credential.projectId()));
        return new Entrance(
                contexts.find(user, project, Optional.of(source))
                        .filter(context -> context.endsAt()
                                .map(end -> clock.instant().isBefore(end))
                                .orElse(true))
                        .filter(context -> !context.roles().isEmpty())
                        .orElseThrow(() -> Fault.unauthorized()
                                .detail("User " + user + " gets no token by application credential " + source.id())),
                Optional.of(source));
    }

    /** Whatever scope was asked for: it is always that of the access token. */
    private Entrance byOAuth1(String user, TokenSource source) {
        Optional<Grant.Target> project = database.read(
                        em -> Optional.ofNullable(em.find(AccessToken.class, source.id())))
                .filter(token -> !token.isOver(clock.instant()))
                .map(token -> Grant.Target.project(token.projectId()));
        return new Entrance(
                project.flatMap(scope -> contexts.find(user, Optional.of(scope), Optional.of(source)))
                        .orElseThrow(() -> Fault.unauthorized()
                                .detail("User " + user + " gets no token by access token " + source.id())),
                Optional.of(source));
    }

    private Entrance byTrust(String user, String id) {
        Trust trust = database.read(em -> Optional.ofNullable(em.find(Trust.class, id)))
                .filter(t -> !t.isOver(clock.instant()))
                .orElseThrow(() -> Faults.notFound("trust", id));
        if (!trust.trusteeId().equals(user)) {
            throw Fault.forbidden("User is not a trustee.");
        }
        Optional<TokenSource> source = Optional.of(TokenSource.trust(id));
        return new Entrance(
                contexts.find(user, trust.projectId().map(Grant.Target::project), source)
                        .orElseThrow(() -> Fault.forbidden("The trustor can no longer lend what trust " + id
                                + " says: he is disabled or has lost the project or a role there.")),
                source);
    }

    private Optional<TokenContext> inDefaultProject(String user) {
        return database.read(
                        em -> Optional.ofNullable(em.find(User.class, user)).flatMap(User::defaultProjectId))
                .flatMap(project -> contexts.find(user, Optional.of(Grant.Target.project(project))));
    }
}
