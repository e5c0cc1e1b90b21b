package cloud.haneul.identity;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.reconcile.Reconciler;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Ends memberships in groups whose time is up, and with them the roles that came by them. */
@Component
class MembershipReconciler implements Reconciler {
    private final Database database;
    private final Revocations revocations;
    private final Clock clock;

    @Inject
    MembershipReconciler(Database database, Revocations revocations, Clock clock) {
        this.database = database;
        this.revocations = revocations;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "memberships";
    }

    @Override
    public Duration period() {
        return Duration.ofSeconds(20);
    }

    @Override
    public void reconcile() {
        Instant now = clock.instant();
        List<String> users = database.read(em -> em.createQuery(
                        "select distinct m.userId from Membership m where m.expiresAt < :now", String.class)
                .setParameter("now", now)
                .setMaxResults(1000)
                .getResultList());
        if (!users.isEmpty()) {
            database.run(em -> {
                em.createQuery("delete from Membership m where m.expiresAt < :now and m.userId in :users")
                        .setParameter("now", now)
                        .setParameter("users", users)
                        .executeUpdate();
                Set.copyOf(users).forEach(revocations::stale);
            });
        }
    }
}
