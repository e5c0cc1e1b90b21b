package cloud.haneul.identity;

import cloud.haneul.identity.Login.OfDomain;
import cloud.haneul.identity.Login.OfProject;
import cloud.haneul.identity.Login.PasswordProof;
import cloud.haneul.identity.Login.Proof;
import cloud.haneul.identity.Login.Scope;
import cloud.haneul.identity.Login.TokenProof;
import cloud.haneul.kernel.Authenticator;
import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.access.Access;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.event.Audit;
import jakarta.inject.Inject;
import java.time.Clock;
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
    private final Passwords passwords;
    private final TokenKeys keys;
    private final Contexts contexts;
    private final Revocations revocations;
    private final Audit audit;
    private final Clock clock;

    @Inject
    Tokens(
            Database database,
            Access access,
            Passwords passwords,
            TokenKeys keys,
            Contexts contexts,
            Revocations revocations,
            Audit audit,
            Clock clock) {
        this.database = database;
        this.access = access;
        this.passwords = passwords;
        this.keys = keys;
        this.contexts = contexts;
        this.revocations = revocations;
        this.audit = audit;
        this.clock = clock;
    }

    /** A new token: the text that is its secret, and what it says. */
    public record Issued(String token, TokenInfo info) {
        @Override
        public String toString() {
            return "token " + info.auditIds();
        }
    }

    /** @throws Fault UNAUTHORIZED when a proof does not hold or its user gets in nowhere that was asked for */
    public Issued issue(Login login, RequestInfo request) {
        Set<String> users = new LinkedHashSet<>();
        Set<String> methods = new LinkedHashSet<>();
        Optional<TokenData> parent = Optional.empty();
        for (Proof proof : login.proofs()) {
            if (proof instanceof PasswordProof password) {
                users.add(passwords
                        .verify(password.user(), password.password(), request)
                        .id());
                methods.add("password");
            } else if (proof instanceof TokenProof token) {
                TokenData data = verified(token.token());
                users.add(data.userId());
                methods.addAll(data.methods());
                methods.add("token");
                parent = Optional.of(data);
            }
        }
        if (users.size() != 1) {
            throw Fault.unauthorized();
        }
        String user = users.iterator().next();
        TokenContext context = context(user, login.scope());
        TokenData data = data(user, context, methods, parent);
        if (parent.isEmpty()) {
            audit.success(
                    context.caller(request),
                    "identity:authenticate",
                    "user",
                    user,
                    context.user().name());
        }
        return new Issued(data.sign(keys), TokenInfo.of(data, context));
    }

    /** @throws Fault UNAUTHORIZED when the token is not, or no longer, good */
    public TokenInfo check(String token) {
        TokenData data = signed(token);
        TokenContext context = contexts.find(data.userId(), data.scope()).orElseThrow(Fault::unauthorized);
        if (revocations.isDead(data, context)) {
            throw Fault.unauthorized();
        }
        return TokenInfo.of(data, context);
    }

    @Override
    public Caller authenticate(String token, RequestInfo request) {
        return check(token).caller(request);
    }

    /**
     * Tells what a token says.
     *
     * @param rule {@code identity:validate_token} or {@code identity:check_token}
     * @throws Fault NOT_FOUND when it is no good
     */
    public TokenInfo show(Caller caller, String subject, String rule) {
        TokenInfo info = subject(subject);
        access.require(caller, rule, target(info));
        return info;
    }

    /** Makes a token worthless; those got by it live on. */
    public void revoke(Caller caller, String subject) {
        TokenInfo info = subject(subject);
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
        TokenData.verify(token, keys).ifPresent(data -> revocations.chain(data.chain()));
    }

    /** Kills all tokens that a user has now. */
    public void revokeAll(Caller caller, String userId) {
        access.require(caller, "identity:revoke_tokens_for_user", Map.of("user_id", userId));
        database.run(em -> {
            revocations.user(userId);
            audit.success(caller, "identity:revoke_tokens_for_user", "user", userId, userId);
        });
    }

    /** The enabled projects that the caller could get a token for, by name. */
    public List<Project> projects(Caller caller) {
        access.require(caller, "identity:get_auth_projects", Map.of());
        return database.read(em -> Effective.projects(em, actors(caller)).stream()
                .filter(project -> Effective.path(em, project.id()).stream().allMatch(Project::isEnabled))
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

    private TokenContext context(String user, Scope scope) {
        Optional<TokenContext> found;
        if (scope instanceof OfProject wanted) {
            found = database.read(em -> References.project(em, wanted.project()))
                    .flatMap(project -> contexts.find(user, Optional.of(Grant.Target.project(project.id()))));
        } else if (scope instanceof OfDomain wanted) {
            found = database.read(em -> References.domain(em, wanted.domain()))
                    .flatMap(domain -> contexts.find(user, Optional.of(Grant.Target.domain(domain.id()))));
        } else if (scope.equals(Scope.SYSTEM)) {
            found = contexts.find(user, Optional.of(Grant.Target.SYSTEM));
        } else {
            found = (scope.equals(Scope.PREFERRED) ? inDefaultProject(user) : Optional.<TokenContext>empty())
                    .or(() -> contexts.find(user, Optional.empty()));
        }
        return found.orElseThrow(() -> Fault.unauthorized().detail("User " + user + " gets no token for " + scope));
    }

    private Optional<TokenContext> inDefaultProject(String user) {
        return database.read(
                        em -> Optional.ofNullable(em.find(User.class, user)).flatMap(User::defaultProjectId))
                .flatMap(project -> contexts.find(user, Optional.of(Grant.Target.project(project))));
    }

    private TokenData data(String user, TokenContext context, Set<String> methods, Optional<TokenData> parent) {
        Instant issued = revocations.issueTime(context);
        return new TokenData(
                user,
                context.scope(),
                List.copyOf(methods),
                issued,
                parent.map(TokenData::expiresAt).orElseGet(() -> issued.plus(IdentitySettings.TOKEN_LIFETIME.get())),
                TokenData.newAuditId(),
                parent.map(TokenData::chain));
    }

    private TokenData verified(String token) {
        check(token);
        return signed(token);
    }

    private TokenData signed(String token) {
        TokenData data = TokenData.verify(token, keys).orElseThrow(Fault::unauthorized);
        Instant now = clock.instant();
        Duration lifetime = IdentitySettings.TOKEN_LIFETIME.get();
        if (!now.isBefore(data.expiresAt()) || !now.isBefore(data.issuedAt().plus(lifetime))) {
            throw Fault.unauthorized();
        }
        return data;
    }

    private TokenInfo subject(String token) {
        try {
            return check(token);
        } catch (Fault e) {
            throw Fault.of(Fault.Kind.NOT_FOUND, "Could not find token.").cause(e);
        }
    }

    private static Map<String, ?> target(TokenInfo info) {
        return Map.of(
                "target",
                Map.of("token", Map.of("user_id", info.context().user().id())));
    }
}
