package cloud.haneul.identity;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.Vault;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.data.Database.DuplicateKey;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether a request was signed by who it says, just now, and is seen for the first time: on this controller or another. What
 * was signed is remembered only when the signature is right, so that nobody fills the memory.
 */
@Component
class OAuth1Checks {
    /** How far a client's clock may be off. */
    static final Duration WINDOW = Duration.ofMinutes(10);

    private static final int LONGEST_NONCE = 255;
    /** Nobody's, so that an unknown client takes as long as a known one. */
    private static final String NO_SECRET = "nobody";

    private final Database database;
    private final Vault vault;
    private final Clock clock;

    @Inject
    OAuth1Checks(Database database, Vault vault, Clock clock) {
        this.database = database;
        this.vault = vault;
        this.clock = clock;
    }

    /**
     * @param sealedToken the secret of the token it names; empty when that is none of this consumer, or is over
     * @throws Fault BAD_REQUEST when a parameter is missing, twice there or not understood; UNAUTHORIZED for all else
     */
    void requireByToken(OAuth1Request request, Optional<String> sealedToken) {
        require(request, sealedToken.map(vault::open), true);
    }

    /** As {@link #requireByToken}, of a consumer that has no token yet. */
    void require(OAuth1Request request) {
        require(request, Optional.empty(), false);
    }

    private void require(OAuth1Request request, Optional<String> tokenSecret, boolean byToken) {
        String consumerId = request.get("oauth_consumer_key");
        String method = request.get("oauth_signature_method");
        String signature = request.get("oauth_signature");
        String nonce = request.get("oauth_nonce");
        String token = byToken ? request.get("oauth_token") : "";
        Instant signedAt = signedAt(request);
        if (request.find("oauth_version").filter(v -> !v.equals("1.0")).isPresent()) {
            throw Fault.badRequest("oauth_version", "The parameter oauth_version must be 1.0.");
        }
        if (OAuth1Signature.algorithm(method).isEmpty()) {
            throw Fault.badRequest("oauth_signature_method", "Signatures are taken by HMAC-SHA1 or HMAC-SHA256.");
        }
        if (nonce.length() > LONGEST_NONCE) {
            throw Fault.badRequest("oauth_nonce", "The parameter oauth_nonce is too long.");
        }
        Optional<String> secret = database.read(em -> Optional.ofNullable(em.find(Consumer.class, consumerId)))
                .map(consumer -> vault.open(consumer.sealedSecret()));
        String right = OAuth1Signature.of(
                        request, secret.orElse(NO_SECRET), byToken ? tokenSecret.orElse(NO_SECRET) : "")
                .orElseThrow();
        if (!Ec2Signature.equal(right, signature) || secret.isEmpty() || byToken && tokenSecret.isEmpty()) {
            throw Fault.unauthorized()
                    .detail("Wrong signature of consumer " + consumerId + (byToken ? " with token " + token : ""));
        }
        Instant now = clock.instant();
        if (signedAt.isBefore(now.minus(WINDOW)) || signedAt.isAfter(now.plus(WINDOW))) {
            throw Fault.unauthorized().detail("Consumer " + consumerId + " signed at " + signedAt);
        }
        remember(String.join("\n", consumerId, token, request.get("oauth_timestamp"), nonce), signedAt);
    }

    private void remember(String signed, Instant signedAt) {
        try {
            database.run(em -> em.createNativeQuery(
                            "insert into identity_oauth1_nonce (id, expires_at) values (?1, ?2)")
                    .setParameter(1, SecretHashes.sha256(signed))
                    .setParameter(2, signedAt.plus(WINDOW.multipliedBy(2)).atOffset(java.time.ZoneOffset.UTC))
                    .executeUpdate());
        } catch (DuplicateKey e) {
            throw Fault.unauthorized().detail("A signed request came a second time");
        }
    }

    private static Instant signedAt(OAuth1Request request) {
        String text = request.get("oauth_timestamp");
        if (!text.matches("[0-9]{1,11}")) {
            throw Fault.badRequest("oauth_timestamp", "The parameter oauth_timestamp is not a number of seconds.");
        }
        return Instant.ofEpochSecond(Long.parseLong(text));
    }

    /** Forgets what would not be taken any more in any case. */
    void prune() {
        Instant now = clock.instant();
        database.run(em -> {
            em.createNativeQuery("delete from identity_oauth1_nonce where expires_at < ?1")
                    .setParameter(1, now.atOffset(java.time.ZoneOffset.UTC))
                    .executeUpdate();
            for (String entity : new String[] {"OAuth1RequestToken", "OAuth1AccessToken"}) {
                em.createQuery("delete from " + entity + " t where t.expiresAt < :now")
                        .setParameter("now", now)
                        .executeUpdate();
            }
        });
    }
}
