package cloud.haneul.identity;

import cloud.haneul.kernel.Authenticator;
import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.access.Access;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.event.Audit;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Gives out tokens, checks and revokes them. A token is signed and says who and for what; whether its user still gets in
 * there, and with which roles, is asked of memory at each check ({@link Contexts}, {@link Revocations}), so that nothing that
 * was taken away works on. Checking one needs no query as long as its user is in use and nothing about him changed.
 */
@Component
public class Tokens implements Authenticator {
    private final Database database;
    private final Access access;
    private final Proofs proofs;
    private final Scopes scopes;
    private final TokenChecks checks;
    private final TokenKeys keys;
    private final Contexts contexts;
    private final AccessRules rules;
    private final Revocations revocations;
    private final Audit audit;

    @Inject
    Tokens(
            Database database,
            Access access,
            Proofs proofs,
            Scopes scopes,
            TokenChecks checks,
            TokenKeys keys,
            Contexts contexts,
            AccessRules rules,
            Revocations revocations,
            Audit audit) {
        this.database = database;
        this.access = access;
        this.proofs = proofs;
        this.scopes = scopes;
        this.checks = checks;
        this.keys = keys;
        this.contexts = contexts;
        this.rules = rules;
        this.revocations = revocations;
        this.audit = audit;
    }

    /** A new token: the text that is its secret, and what it says. */
    public record Issued(String token, TokenInfo info) {
        @Override
        public String toString() {
            return "token " + info.auditIds();
        }
    }

    /**
     * @throws Fault UNAUTHORIZED when a proof does not hold or its user gets in nowhere that was asked for; NOT_FOUND when the
     *     proof is a token that is no good, or there is no such trust; FORBIDDEN when what was shown cannot be used for that
     */
    public Issued issue(Login login, RequestInfo request) {
        Proofs.Proven proven = proofs.prove(login, request);
        Scopes.Entrance entrance = scopes.enter(proven.userId(), proven.source(), login.scope());
        Issued issued = issue(
                proven.userId(), entrance, proven.methods(), proven.parent().map(Parent::of));
        if (proven.parent().isEmpty()) {
            TokenContext context = entrance.context();
            audit.success(
                    context.caller(request),
                    "identity:authenticate",
                    "user",
                    context.user().id(),
                    context.user().name());
        }
        return issued;
    }

    /**
     * A token of the same login for another place, for the portal, where people change places however the cloud is set up.
     *
     * @throws Fault UNAUTHORIZED when the token is no good or its user does not get in there
     */
    public Issued move(String token, Login.Scope scope) {
        TokenData data = checks.require(token).data();
        if (data.source().isPresent()) {
            throw Fault.unauthorized().detail("A token of a trust or an application credential stays where it is");
        }
        Scopes.Entrance there = scopes.enter(data.userId(), Optional.empty(), scope);
        Set<String> methods = new LinkedHashSet<>(data.methods());
        methods.add("token");
        return issue(data.userId(), there, methods, Optional.of(Parent.of(data)));
    }

    private record Parent(Instant expiresAt, String chain) {
        static Parent of(TokenData data) {
            return new Parent(data.expiresAt(), data.chain());
        }
    }

    /** For those who were found to be who they are in another way than by a login. */
    Issued issue(String userId, Scopes.Entrance entrance, Set<String> methods) {
        return issue(userId, entrance, methods, Optional.empty());
    }

    private Issued issue(String userId, Scopes.Entrance entrance, Set<String> methods, Optional<Parent> parent) {
        TokenContext context = entrance.context();
        Instant issued = revocations.issueTime(context);
        Instant expires =
                parent.map(Parent::expiresAt).orElseGet(() -> issued.plus(IdentitySettings.TOKEN_LIFETIME.get()));
        Instant end = context.endsAt().filter(expires::isAfter).orElse(expires);
        TokenData data = new TokenData(
                userId,
                context.scope(),
                List.copyOf(methods),
                issued,
                end,
                TokenData.newAuditId(),
                parent.map(Parent::chain),
                entrance.source());
        if (context.trust().isPresent()) {
            Trusts.use(database, context.trust().get().id());
        }
        return new Issued(data.sign(keys), TokenInfo.of(data, context));
    }

    /** @throws Fault UNAUTHORIZED when the token is not, or no longer, good */
    public TokenInfo check(String token) {
        return checks.require(token).info();
    }

    /**
     * A token whose time is just up is taken when a service vouches for it with a good one of its own.
     *
     * @throws Fault UNAUTHORIZED also when the token's application credential does not allow this request
     */
    @Override
    public Caller authenticate(String token, RequestInfo request) {
        TokenChecks.Good good = checks.check(token)
                .or(() -> request.serviceToken()
                        .filter(this::isService)
                        .flatMap(service -> checks.check(token, IdentitySettings.EXPIRED_WINDOW.get())))
                .orElseThrow(Fault::unauthorized);
        good.context().application().ifPresent(by -> rules.require(by, request));
        return good.context().caller(request);
    }

    private boolean isService(String token) {
        return checks.check(token)
                .filter(good -> good.context().roles().stream()
                        .anyMatch(role -> role.name().equalsIgnoreCase("service")))
                .isPresent();
    }

    /**
     * Tells what a token says.
     *
     * @param rule {@code identity:validate_token} or {@code identity:check_token}
     * @param allowExpired whether one whose time is just up will do; only services and administrators may ask for it
     * @throws Fault NOT_FOUND when it is no good
     */
    public TokenInfo show(Caller caller, String subject, String rule, boolean allowExpired) {
        boolean late = allowExpired && (caller.isAdmin() || caller.hasRole("service"));
        TokenInfo info = subject(subject, late ? IdentitySettings.EXPIRED_WINDOW.get() : Duration.ZERO);
        access.require(caller, rule, target(info));
        return info;
    }

    /** Makes a token worthless; those got by it live on. */
    public void revoke(Caller caller, String subject) {
        TokenInfo info = subject(subject, Duration.ZERO);
        access.require(caller, "identity:revoke_token", target(info));
        database.run(em -> {
            revocations.token(info.auditIds().get(0));
            audit.success(
                    caller,
                    "identity:revoke_token",
                    "user",
                    info.context().user().id(),
                    info.context().user().name());
        });
    }

    /** Ends a session: makes a token worthless, and all that were got from the same login. Nothing when it is so already. */
    public void signOut(String token) {
        checks.chainOf(token).ifPresent(revocations::chain);
    }

    /**
     * Kills all tokens that a user has now.
     *
     * @throws Fault NOT_FOUND when there is no such user
     */
    public void revokeAll(Caller caller, String userId) {
        access.require(caller, "identity:revoke_tokens_for_user", Map.of("user_id", userId));
        database.run(em -> {
            Users.existing(em, userId);
            revocations.user(userId);
            audit.success(caller, "identity:revoke_tokens_for_user", "user", userId, userId);
        });
    }

    /** The enabled projects that the caller could get a token for, by name. */
    public List<Project> projects(Caller caller) {
        access.require(caller, "identity:get_auth_projects", Map.of());
        return database.read(em -> Effective.enabled(em, Effective.projects(em, actors(caller))).stream()
                .sorted(java.util.Comparator.comparing(Project::name))
                .toList());
    }

    /** The enabled domains that the caller could get a token for. */
    public List<Domain> domains(Caller caller) {
        access.require(caller, "identity:get_auth_domains", Map.of());
        return database.read(em -> Effective.domains(em, actors(caller)).stream()
                .filter(Project::isEnabled)
                .map(Domain::of)
                .toList());
    }

    /** Whether the caller could get a token for the whole system. */
    public boolean system(Caller caller) {
        access.require(caller, "identity:get_auth_system", Map.of());
        return contexts.find(caller.userId(), Optional.of(Grant.Target.SYSTEM)).isPresent();
    }

    private List<String> actors(Caller caller) {
        return database.read(em -> {
            List<String> actors = new ArrayList<>(Effective.groupsOf(em, caller.userId()));
            actors.add(caller.userId());
            return actors;
        });
    }

    private TokenInfo subject(String token, Duration grace) {
        return checks.check(token, grace)
                .orElseThrow(() -> Fault.of(Fault.Kind.NOT_FOUND, "Could not find token."))
                .info();
    }

    private static Map<String, ?> target(TokenInfo info) {
        return Map.of(
                "target",
                Map.of("token", Map.of("user_id", info.context().user().id())));
    }
}
