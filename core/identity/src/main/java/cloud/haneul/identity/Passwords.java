package cloud.haneul.identity;

import cloud.haneul.identity.Login.UserRef;
import cloud.haneul.kernel.Authenticator.RequestInfo;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.event.Audit;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.Optional;

/**
 * Checks and keeps passwords. Whoever asks learns nothing but yes or no: an unknown user, a wrong password, a disabled user
 * and one who has failed too often get the same answer, the first three in the same time.
 */
@Component
class Passwords {
    private record Known(User user, Optional<String> hash, boolean mayEnter) {}

    private final Database database;
    private final PasswordHashes hashes;
    private final LoginThrottle throttle;
    private final Audit audit;
    private final Clock clock;

    @Inject
    Passwords(Database database, PasswordHashes hashes, LoginThrottle throttle, Audit audit, Clock clock) {
        this.database = database;
        this.hashes = hashes;
        this.throttle = throttle;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Whose password it is.
     *
     * @throws Fault UNAUTHORIZED always with the same text
     */
    User verify(UserRef ref, String password, RequestInfo request) {
        Optional<Known> known = database.read(em -> References.user(em, ref).map(user -> known(em, user)));
        String who = known.map(k -> k.user.id()).orElseGet(() -> "?" + ref);
        if (!throttle.admits(who, request.address())) {
            throw Fault.unauthorized().detail("Too many wrong passwords for " + ref + " from " + request.address());
        }
        boolean right = known.flatMap(Known::hash)
                .map(hash -> hashes.matches(password, hash))
                .orElseGet(() -> {
                    hashes.waste(password);
                    return false;
                });
        if (!right || !known.get().mayEnter) {
            known.ifPresent(k -> failed(k.user, request, right ? "disabled" : "wrong password"));
            throw Fault.unauthorized().detail((right ? "Disabled: " : "Wrong password: ") + ref);
        }
        throttle.succeeded(who, request.address());
        User user = known.get().user;
        if (hashes.isOutdated(known.get().hash.get())) {
            replace(user.id(), hashes.hash(password), known.get().hash.get());
        }
        return user;
    }

    /** Whether this is a user's password; for the installation itself, unthrottled. */
    boolean holds(String userId, String password) {
        return database.read(em -> current(em, userId))
                .map(row -> hashes.matches(password, row.hash()))
                .orElse(false);
    }

    /** Keeps a new hash; inside the transaction that changes the user. */
    void store(EntityManager em, String userId, String hash, boolean selfService) {
        em.persist(new Password(userId, hash, selfService, clock.instant()));
    }

    String hash(String password) {
        long min = IdentitySettings.PASSWORD_MIN.get();
        if (password.codePointCount(0, password.length()) < min) {
            throw Fault.badRequest("password", "The password must have at least " + min + " characters.");
        }
        return hashes.hash(password);
    }

    private static Known known(EntityManager em, User user) {
        Optional<String> hash = current(em, user.id()).map(Password::hash);
        return new Known(
                user,
                hash,
                user.isEnabled() && em.find(Project.class, user.domainId()).isEnabled());
    }

    private static Optional<Password> current(EntityManager em, String userId) {
        return em
                .createQuery(
                        "select p from IdentityPassword p where p.userId = :id order by p.createdAt desc, p.id desc",
                        Password.class)
                .setParameter("id", userId)
                .setMaxResults(1)
                .getResultList()
                .stream()
                .findFirst();
    }

    private void replace(String userId, String hash, String before) {
        database.run(em -> current(em, userId)
                .filter(password -> password.hash().equals(before))
                .ifPresent(password -> password.rehash(hash)));
    }

    private void failed(User user, RequestInfo request, String reason) {
        audit.failure(
                Callers.unscoped(user, "", request), "identity:authenticate", "user", user.id(), user.name(), reason);
    }
}
