package cloud.haneul.kernel.event;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Setting;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.reconcile.Reconciler;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds the audit trail in age and size, oldest events first. Somebody who floods it (wrong passwords, say) costs space for so
 * many events and no more.
 */
@Component
public class AuditRetention implements Reconciler {
    public static final Setting<Duration> KEEP = Setting.duration(
            "haneul.audit.keep", "P90D", "How long events of the audit trail are kept. Older ones are deleted hourly.");
    public static final Setting<Long> MAX = Setting.number(
            "haneul.audit.max-events",
            1_000_000,
            "How many events the audit trail holds at most; over it the oldest are deleted, however young.");

    private static final Logger LOG = LoggerFactory.getLogger(AuditRetention.class);
    /** Rows of one transaction. */
    private static final int CHUNK = 1000;

    private final Database database;
    private final Clock clock;

    @Inject
    AuditRetention(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "audit-retention";
    }

    @Override
    public Duration period() {
        return Duration.ofHours(1);
    }

    @Override
    public void reconcile() {
        Instant before = clock.instant().minus(KEEP.get());
        int expired;
        long deleted = 0;
        do {
            expired = delete(em -> em.createQuery(
                            "select a.id from AuditRecord a where a.at < :before order by a.id", Long.class)
                    .setParameter("before", before)
                    .setMaxResults(CHUNK)
                    .getResultList());
            deleted += expired;
        } while (expired == CHUNK);
        long excess = database.read(em -> em.createQuery("select count(a) from AuditRecord a", Long.class)
                        .getSingleResult())
                - MAX.get();
        while (excess > 0) {
            int most = (int) Math.min(excess, CHUNK);
            int gone = delete(em -> em.createQuery("select a.id from AuditRecord a order by a.id", Long.class)
                    .setMaxResults(most)
                    .getResultList());
            deleted += gone;
            excess -= Math.max(gone, 1);
        }
        if (deleted > 0) {
            LOG.info("{} events of the audit trail were deleted: past their age or too many.", deleted);
        }
    }

    private int delete(Function<EntityManager, List<Long>> oldest) {
        return database.write(em -> {
            List<Long> ids = oldest.apply(em);
            return ids.isEmpty()
                    ? 0
                    : em.createQuery("delete from AuditRecord a where a.id in :ids")
                            .setParameter("ids", ids)
                            .executeUpdate();
        });
    }
}
