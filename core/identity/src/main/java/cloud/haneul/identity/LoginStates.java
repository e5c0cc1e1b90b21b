package cloud.haneul.identity;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.data.Database.DuplicateKey;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.ToIntFunction;

/** Keeps what logging in leaves behind of users, in single statements, so that many at once do not undo each other's. */
@Component
class LoginStates {
    private static final Duration DAY = Duration.ofDays(1);

    private final Database database;
    private final Clock clock;

    @Inject
    LoginStates(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    static Optional<LoginState> of(EntityManager em, String userId) {
        return Optional.ofNullable(em.find(LoginState.class, userId));
    }

    /** Whether too many wrong passwords in a row shut him out; with a duration of zero until an administrator lets him in. */
    boolean isLocked(User user, Optional<LoginState> state) {
        long most = IdentitySettings.LOCKOUT_ATTEMPTS.get();
        if (most <= 0
                || UserOptions.has(user, UserOptions.IGNORE_LOCKOUT)
                || state.filter(s -> s.failures() >= most).isEmpty()) {
            return false;
        }
        Duration pause = IdentitySettings.LOCKOUT_DURATION.get();
        return pause.isZero()
                || state.get()
                        .failedAt()
                        .map(at -> clock.instant().isBefore(at.plus(pause)))
                        .orElse(true);
    }

    /** Whether he did not get in for so long that he counts as disabled. */
    boolean isInactive(User user, Optional<LoginState> state) {
        long days = IdentitySettings.INACTIVE_DAYS.get();
        return days > 0
                && !UserOptions.has(user, UserOptions.IGNORE_INACTIVITY)
                && state.flatMap(LoginState::activeAt)
                        .map(at -> at.plus(Duration.ofDays(days)).isBefore(clock.instant()))
                        .orElse(false);
    }

    void failed(String userId) {
        if (IdentitySettings.LOCKOUT_ATTEMPTS.get() <= 0) {
            return;
        }
        Instant now = clock.instant();
        Duration pause = IdentitySettings.LOCKOUT_DURATION.get();
        // after a pause he has as many attempts as at first
        Instant forgiven = pause.isZero() ? Instant.EPOCH : now.minus(pause);
        // whoever is locked out already is not locked out for longer by trying
        upsert(userId, em -> {
            em.createQuery("update LoginState s set s.failures = case when s.failures >= :most then 1"
                            + " else s.failures + 1 end, s.failedAt = :now"
                            + " where s.userId = :id and (s.failures < :most or s.failedAt <= :forgiven)")
                    .setParameter(
                            "most", IdentitySettings.LOCKOUT_ATTEMPTS.get().intValue())
                    .setParameter("forgiven", forgiven)
                    .setParameter("now", now)
                    .setParameter("id", userId)
                    .executeUpdate();
            return there(em, userId);
        });
    }

    void succeeded(String userId, Optional<LoginState> before) {
        Instant now = clock.instant();
        boolean tracked = IdentitySettings.INACTIVE_DAYS.get() > 0
                && before.flatMap(LoginState::activeAt)
                        .map(at -> at.plus(DAY).isBefore(now))
                        .orElse(true);
        if (tracked || before.filter(s -> s.failures() > 0).isPresent()) {
            letIn(userId);
        }
    }

    /** He got in, or an administrator wants him to: failures are forgotten and he counts as active. */
    void letIn(String userId) {
        if (IdentitySettings.LOCKOUT_ATTEMPTS.get() <= 0 && IdentitySettings.INACTIVE_DAYS.get() <= 0) {
            return;
        }
        upsert(userId, em -> em.createQuery(
                        "update LoginState s set s.failures = 0, s.activeAt = :now where s.userId = :id")
                .setParameter("now", clock.instant())
                .setParameter("id", userId)
                .executeUpdate());
    }

    /** Whether a one-time password of this step is new; each works once, and none older than one that was used. */
    boolean firstUse(String userId, long step) {
        int[] changed = new int[1];
        upsert(userId, em -> {
            changed[0] = em.createQuery(
                            "update LoginState s set s.totpStep = :step where s.userId = :id and s.totpStep < :step")
                    .setParameter("step", step)
                    .setParameter("id", userId)
                    .executeUpdate();
            return there(em, userId);
        });
        return changed[0] > 0;
    }

    private static int there(EntityManager em, String userId) {
        return of(em, userId).map(s -> 1).orElse(0);
    }

    /** @param update answers how many rows there were */
    private void upsert(String userId, ToIntFunction<EntityManager> update) {
        if (database.write(update::applyAsInt) > 0) {
            return;
        }
        try {
            database.run(em -> {
                em.persist(new LoginState(userId, clock.instant()));
                em.flush();
            });
        } catch (DuplicateKey e) {
            // another request made it just now; the update below finds it
        }
        database.write(update::applyAsInt);
    }
}
