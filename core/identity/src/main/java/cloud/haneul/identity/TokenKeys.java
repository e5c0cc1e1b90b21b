package cloud.haneul.identity;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Ids;
import cloud.haneul.kernel.Vault;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.data.Database.DuplicateKey;
import jakarta.inject.Inject;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys that tokens are signed with, shared by all controllers through the database. A new one is made known to all first
 * and signs half a minute later, so that no controller meets a token of a key it has not heard of. The older ones verify until
 * no token they signed can be vouched for any more, and are then deleted.
 */
@Component
class TokenKeys {
    static final String ALGORITHM = "HmacSHA256";
    private static final Duration AFTER_LAST_TOKEN = Duration.ofHours(1);
    private static final Duration NOTICE = Duration.ofSeconds(30);

    /** What controllers hear of by {@link Revocations} when there is a new key. */
    private static final String NEWS = "token-keys";

    private static final long RELOAD_NANOS = 1_000_000_000L;

    private record Key(int id, SecretKeySpec secret, Instant createdAt) {}

    /** @param newestFirst the same keys; never empty */
    private record Ring(Map<Integer, Key> keys, List<Key> newestFirst) {
        Key newest() {
            return newestFirst.get(0);
        }

        Key signing(Instant now) {
            return newestFirst.stream()
                    .filter(key -> !key.createdAt.plus(NOTICE).isAfter(now))
                    .findFirst()
                    .orElseGet(() -> newestFirst.get(newestFirst.size() - 1));
        }
    }

    private final Database database;
    private final Vault vault;
    private final Revocations revocations;
    private final Clock clock;
    private final AtomicLong reloadedAt = new AtomicLong(System.nanoTime() - RELOAD_NANOS);
    private volatile Ring ring;

    @Inject
    TokenKeys(Database database, Vault vault, Revocations revocations, Clock clock) {
        this.database = database;
        this.vault = vault;
        this.revocations = revocations;
        this.clock = clock;
        revocations.onStale(subject -> {
            if (subject.equals(NEWS)) {
                load();
            }
        });
    }

    /** The number of the key that signs now. */
    int signingKey() {
        return ring().signing(clock.instant()).id;
    }

    boolean knows(int id) {
        return ring().keys.containsKey(id);
    }

    /** The signature of the first {@code length} bytes; empty when there is no key of that number (any more). */
    Optional<byte[]> sign(int keyId, byte[] bytes, int length) {
        Key key = ring().keys.get(keyId);
        if (key == null) {
            // another controller may have made it just now; asking the database for every forged number would be a gift
            long last = reloadedAt.get();
            if (System.nanoTime() - last < RELOAD_NANOS || !reloadedAt.compareAndSet(last, System.nanoTime())) {
                return Optional.empty();
            }
            key = load().keys.get(keyId);
        }
        return Optional.ofNullable(key).map(k -> mac(k, bytes, length));
    }

    /** Reads the keys anew, makes the next one when it is time and deletes those that verify nothing any more. */
    void tend() {
        Ring current = load();
        Instant now = clock.instant();
        if (current.newest()
                .createdAt
                .plus(IdentitySettings.TOKEN_KEY_PERIOD.get())
                .isBefore(now)) {
            rotate();
        }
        Duration verifying = IdentitySettings.TOKEN_LIFETIME
                .get()
                .plus(IdentitySettings.EXPIRED_WINDOW.get())
                .plus(AFTER_LAST_TOKEN);
        for (Key key : current.keys.values()) {
            Key next = current.keys.get(key.id + 1);
            if (next != null && next.createdAt.plus(verifying).isBefore(now)) {
                database.run(em -> em.createQuery("delete from IdentityTokenKey k where k.id = :id")
                        .setParameter("id", key.id)
                        .executeUpdate());
            }
        }
    }

    /** Makes the key that signs next. */
    void rotate() {
        make(ring().newest().id + 1);
        revocations.stale(NEWS);
        load();
    }

    private Ring ring() {
        Ring current = ring;
        return current == null ? load() : current;
    }

    private synchronized Ring load() {
        List<TokenKey> rows = rows();
        if (rows.isEmpty()) {
            make(1);
            rows = rows();
        }
        Map<Integer, Key> keys = new HashMap<>();
        for (TokenKey row : rows) {
            byte[] secret = Base64.getUrlDecoder().decode(vault.open(row.sealed()));
            keys.put(row.id(), new Key(row.id(), new SecretKeySpec(secret, ALGORITHM), row.createdAt()));
        }
        ring = new Ring(
                keys,
                keys.values().stream()
                        .sorted(Comparator.comparing(Key::id).reversed())
                        .toList());
        return ring;
    }

    private List<TokenKey> rows() {
        return database.read(em -> em.createQuery("select k from IdentityTokenKey k order by k.id", TokenKey.class)
                .getResultList());
    }

    private void make(int id) {
        String sealed = vault.seal(Ids.newSecret(32));
        try {
            database.run(em -> em.persist(new TokenKey(id, sealed, clock.instant())));
        } catch (DuplicateKey e) {
            // another controller's is as good
        }
    }

    private static byte[] mac(Key key, byte[] bytes, int length) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key.secret);
            mac.update(bytes, 0, length);
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has " + ALGORITHM, e);
        }
    }
}
