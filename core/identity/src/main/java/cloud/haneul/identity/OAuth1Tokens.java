package cloud.haneul.identity;

import cloud.haneul.identity.NewApplicationCredential.RoleRef;
import cloud.haneul.kernel.Authenticator.RequestInfo;
import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.Ids;
import cloud.haneul.kernel.Vault;
import cloud.haneul.kernel.access.Access;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.event.Audit;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a consumer of OAuth 1 gets leave: it asks for a request token, a user says yes to that, and it changes it for an access
 * token, with which it then logs in.
 */
@Component
public class OAuth1Tokens {
    /** Wishes that one consumer may have open. */
    private static final int MOST = 1000;

    private final Database database;
    private final Access access;
    private final OAuth1Checks checks;
    private final Contexts contexts;
    private final Vault vault;
    private final Audit audit;
    private final Clock clock;

    @Inject
    OAuth1Tokens(
            Database database,
            Access access,
            OAuth1Checks checks,
            Contexts contexts,
            Vault vault,
            Audit audit,
            Clock clock) {
        this.database = database;
        this.access = access;
        this.checks = checks;
        this.contexts = contexts;
        this.vault = vault;
        this.audit = audit;
        this.clock = clock;
    }

    /** A token for OAuth 1's own use, with the secret that signs together with the consumer's. */
    public record Made(String id, String secret, Optional<Instant> expiresAt) {
        @Override
        public String toString() {
            return "OAuth 1 token " + id;
        }
    }

    /** Without a sign that a command line would take for an option. */
    static String newSecret() {
        return Ids.newHexId() + Ids.newHexId();
    }

    /**
     * A consumer's wish to act for somebody in a project.
     *
     * @throws Fault UNAUTHORIZED when it was not signed by the consumer; NOT_FOUND when there is no such project; FORBIDDEN when
     *     the consumer has too many wishes open
     */
    public Made request(OAuth1Request signed, String projectId) {
        // RFC 5849 wants it; users tell the verifier themselves, so "oob" is what clients say
        signed.get("oauth_callback");
        checks.require(signed);
        String consumer = signed.get("oauth_consumer_key");
        String secret = newSecret();
        Instant end = clock.instant().plus(IdentitySettings.OAUTH1_REQUEST_LIFETIME.get());
        return database.write(em -> {
            Projects.existing(em, projectId);
            em.find(Consumer.class, consumer, LockModeType.PESSIMISTIC_WRITE);
            long open = em.createQuery(
                            "select count(t) from OAuth1RequestToken t where t.consumerId = :id and t.expiresAt > :now",
                            Long.class)
                    .setParameter("id", consumer)
                    .setParameter("now", clock.instant())
                    .getSingleResult();
            if (open >= MOST) {
                throw Fault.forbidden("The consumer has " + open + " request tokens open; no more are given out.");
            }
            RequestToken token = new RequestToken(Ids.newHexId(), consumer, projectId, vault.seal(secret), end);
            em.persist(token);
            return new Made(token.id(), secret, Optional.of(end));
        });
    }

    /**
     * Says yes to a wish.
     *
     * @return the verifier, which the user tells the consumer
     * @throws Fault FORBIDDEN when the caller acts by leave himself, or has not all those roles in the project; NOT_FOUND when
     *     there is no such wish; UNAUTHORIZED when it is too late
     */
    public String authorize(Caller caller, String id, List<RoleRef> roles) {
        access.require(caller, "identity:authorize_request_token", Map.of());
        // in whatever project the consumer named, with whatever roles the user has there: more than any leave gives
        if (caller.delegation().isPresent()) {
            throw Fault.forbidden("Cannot authorize a request token with a token that was got by leave.");
        }
        if (roles.isEmpty()) {
            throw Fault.badRequest("roles", "At least one role is needed.");
        }
        String verifier = Ids.newHexId().substring(0, 16);
        database.run(em -> {
            RequestToken token = Optional.ofNullable(em.find(RequestToken.class, id))
                    .orElseThrow(() -> Faults.notFound("request token", id));
            if (token.isOver(clock.instant())) {
                throw Fault.of(Fault.Kind.UNAUTHORIZED, "The request token is expired.");
            }
            List<String> lent = roles.stream()
                    .map(role -> held(caller.userId(), token.projectId(), role))
                    .distinct()
                    .toList();
            token.authorize(caller.userId(), lent, SecretHashes.sha256(verifier));
            audit.success(
                    caller,
                    "identity:authorize_request_token",
                    "consumer",
                    token.consumerId(),
                    "for " + token.projectId());
        });
        return verifier;
    }

    private String held(String user, String project, RoleRef wanted) {
        return contexts.find(user, Optional.of(Grant.Target.project(project))).stream()
                .flatMap(context -> context.roles().stream())
                .filter(role -> wanted.id().map(role.id()::equals).orElseGet(() -> wanted.name()
                        .filter(role.name()::equals)
                        .isPresent()))
                .map(TokenContext.Named::id)
                .findFirst()
                .orElseThrow(() -> Fault.forbidden("The authorizing user does not have the role " + wanted
                        + " in the project that the consumer asks for."));
    }

    /**
     * Changes a request token for an access token, once.
     *
     * @throws Fault UNAUTHORIZED when it was not signed by consumer and request token, nobody said yes, or the verifier is wrong
     */
    public Made exchange(OAuth1Request signed, RequestInfo request) {
        String verifier = signed.get("oauth_verifier");
        Optional<RequestToken> asked = database.read(
                        em -> Optional.ofNullable(em.find(RequestToken.class, signed.get("oauth_token"))))
                .filter(token -> token.consumerId().equals(signed.get("oauth_consumer_key")))
                .filter(token -> !token.isOver(clock.instant()));
        checks.requireByToken(signed, asked.map(RequestToken::sealedSecret));
        RequestToken token = asked.orElseThrow(Fault::unauthorized);
        String hash = SecretHashes.sha256(verifier);
        if (token.verifierHash()
                .filter(right -> Ec2Signature.equal(right, hash))
                .isEmpty()) {
            throw Fault.unauthorized().detail("Wrong verifier for request token " + token.id());
        }
        String secret = newSecret();
        Duration lifetime = IdentitySettings.OAUTH1_ACCESS_LIFETIME.get();
        Optional<Instant> end = lifetime.isZero()
                ? Optional.empty()
                : Optional.of(clock.instant().plus(lifetime));
        TokenContext user = contexts.find(
                        token.userId().orElseThrow(), Optional.of(Grant.Target.project(token.projectId())))
                .orElseThrow(() -> Fault.unauthorized().detail("Who said yes no longer gets into the project"));
        return database.write(em -> {
            spend(em, token.id(), hash);
            AccessToken made = new AccessToken(Ids.newHexId(), token, vault.seal(secret), end);
            em.persist(made);
            audit.success(
                    user.caller(request),
                    "identity:create_access_token",
                    "access_token",
                    made.id(),
                    "for consumer " + made.consumerId());
            return new Made(made.id(), secret, end);
        });
    }

    /** Of two that come at once one loses. */
    private static void spend(EntityManager em, String id, String hash) {
        int spent = em.createQuery("delete from OAuth1RequestToken t where t.id = :id and t.verifierHash = :hash")
                .setParameter("id", id)
                .setParameter("hash", hash)
                .executeUpdate();
        if (spent == 0) {
            throw Fault.unauthorized().detail("Request token " + id + " is spent");
        }
    }

    /** The access token by which a login is signed. */
    AccessToken login(OAuth1Request signed) {
        Optional<AccessToken> token = database.read(
                        em -> Optional.ofNullable(em.find(AccessToken.class, signed.get("oauth_token"))))
                .filter(t -> t.consumerId().equals(signed.get("oauth_consumer_key")))
                .filter(t -> !t.isOver(clock.instant()));
        checks.requireByToken(signed, token.map(AccessToken::sealedSecret));
        return token.orElseThrow(Fault::unauthorized);
    }
}
