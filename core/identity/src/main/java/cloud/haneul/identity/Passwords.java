package cloud.haneul.identity;

import cloud.haneul.identity.Login.UserRef;
import cloud.haneul.kernel.Authenticator.RequestInfo;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.data.Batches;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.event.Audit;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checks and keeps passwords. Whoever asks learns nothing but yes or no: an unknown user, a wrong password, a disabled, locked
 * or inactive user get the same answer in the same time; so does, without delay, whoever asks too often.
 */
@Component
class Passwords {
    private record Known(User user, Optional<Password> password, boolean mayEnter, Optional<LoginState> state) {}

    private final Database database;
    private final PasswordHashes hashes;
    private final PasswordRules rules;
    private final LoginThrottle throttle;
    private final LoginStates states;
    private final DirectoryPeople people;
    private final Audit audit;
    private final Clock clock;

    @Inject
    Passwords(
            Database database,
            PasswordHashes hashes,
            PasswordRules rules,
            LoginThrottle throttle,
            LoginStates states,
            DirectoryPeople people,
            Audit audit,
            Clock clock) {
        this.database = database;
        this.hashes = hashes;
        this.rules = rules;
        this.throttle = throttle;
        this.states = states;
        this.people = people;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Whose password it is.
     *
     * @throws Fault UNAUTHORIZED with the same text whatever is wrong; with another, caused by {@link PasswordExpired}, when the
     *     password is right but has expired
     */
    User verify(UserRef ref, String password, RequestInfo request) {
        Optional<User> elsewhere = inDirectory(ref, password, request);
        if (elsewhere.isPresent()) {
            return elsewhere.get();
        }
        Known known = known(ref, password, request);
        known.password
                .get()
                .expiresAt()
                .filter(end -> !clock.instant().isBefore(end))
                .filter(end -> !UserOptions.has(known.user, UserOptions.IGNORE_EXPIRY))
                .ifPresent(end -> {
                    throw Fault.of(
                                    Fault.Kind.UNAUTHORIZED,
                                    "The password is expired and needs to be changed for user: " + known.user.id()
                                            + ".")
                            .cause(new PasswordExpired());
                });
        states.succeeded(known.user.id(), known.state);
        return known.user;
    }

    /**
     * As {@link #verify} for somebody who wants to change it, which an expired one is good for; says no when the rules forbid
     * the change to {@code wanted}.
     */
    User verifyForChange(UserRef ref, String password, String wanted, RequestInfo request) {
        User user = known(ref, password, request).user;
        rules.requireChange(user, wanted, database.read(em -> PasswordRules.history(em, user.id())));
        return user;
    }

    private Known known(UserRef ref, String password, RequestInfo request) {
        Optional<Known> known = database.read(em -> References.user(em, ref).map(user -> known(em, user)));
        String who = known.map(k -> k.user.id()).orElseGet(() -> "?" + ref);
        if (!throttle.admits(who, request.address())) {
            throw Fault.unauthorized().detail("Too many wrong passwords for " + ref + " from " + request.address());
        }
        boolean right = known.flatMap(Known::password)
                .map(row -> hashes.matches(password, row.hash()))
                .orElseGet(() -> {
                    hashes.waste(password);
                    return false;
                });
        if (!right || !known.get().mayEnter) {
            if (!right) {
                known.ifPresent(k -> states.failed(k.user.id()));
            }
            known.ifPresent(k -> failed(k.user, request, right ? "disabled or locked" : "wrong password"));
            throw Fault.unauthorized().detail((right ? "Disabled or locked: " : "Wrong password: ") + ref);
        }
        throttle.succeeded(who, request.address());
        String hash = known.get().password.get().hash();
        if (hashes.isOutdated(hash)) {
            replace(known.get().user.id(), hashes.hash(password), hash);
        }
        return known.get();
    }

    /** The user when his domain's directory says it is his password; empty when his domain has none. */
    private Optional<User> inDirectory(UserRef ref, String password, RequestInfo request) {
        if (!people.isElsewhere(ref)) {
            return Optional.empty();
        }
        String who = database.read(em -> References.user(em, ref).map(User::id)).orElse("?" + ref);
        if (!throttle.admits(who, request.address())) {
            throw Fault.unauthorized().detail("Too many wrong passwords for " + ref + " from " + request.address());
        }
        Optional<User> user = people.login(ref, password);
        boolean mayEnter = user.filter(found -> database.read(em -> known(em, found)).mayEnter)
                .isPresent();
        if (!mayEnter) {
            user.ifPresent(found -> failed(found, request, "disabled"));
            throw Fault.unauthorized()
                    .detail((user.isPresent() ? "Disabled: " : "Not let in by the directory: ") + ref);
        }
        throttle.succeeded(who, request.address());
        return user;
    }

    /** Whether this is a user's password; for the installation itself, unthrottled. */
    boolean holds(String userId, String password) {
        return database.read(em -> current(em, userId))
                .map(row -> hashes.matches(password, row.hash()))
                .orElse(false);
    }

    /** Keeps a new hash; inside the transaction that changes the user. */
    void store(EntityManager em, User user, String hash, boolean selfService) {
        Instant now = clock.instant();
        em.persist(new Password(user.id(), hash, selfService, now, rules.expiry(user, selfService, now)));
        em.flush();
        rules.prune(em, user.id());
    }

    /** The first password of all, which its owner chose as the installer. */
    void storeFirst(EntityManager em, User user, String hash) {
        em.persist(new Password(user.id(), hash, true, clock.instant(), Optional.empty()));
    }

    /** @throws Fault BAD_REQUEST when it is not as the rules want it */
    String hash(String password) {
        rules.requireStrength(password);
        return hashes.hash(password);
    }

    /** When the passwords of these users expire; those that do not are left out. */
    Map<String, Instant> expiries(Collection<String> userIds) {
        boolean ever = IdentitySettings.PASSWORD_DAYS.get() > 0 || IdentitySettings.CHANGE_AT_FIRST_USE.get();
        if (userIds.isEmpty() || !ever) {
            return Map.of();
        }
        List<Password> rows = database.read(em -> Batches.read(userIds, some -> em.createQuery(
                        "select p from IdentityPassword p where p.userId in :ids order by p.createdAt, p.id",
                        Password.class)
                .setParameter("ids", some)
                .getResultList()));
        Map<String, Instant> ends = new HashMap<>();
        for (Password row : rows) {
            ends.remove(row.userId());
            row.expiresAt().ifPresent(end -> ends.put(row.userId(), end));
        }
        return ends;
    }

    private Known known(EntityManager em, User user) {
        Optional<LoginState> state = LoginStates.of(em, user.id());
        boolean mayEnter = user.isEnabled()
                && em.find(Project.class, user.domainId()).isEnabled()
                && !states.isLocked(user, state)
                && !states.isInactive(user, state);
        return new Known(user, current(em, user.id()), mayEnter, state);
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
