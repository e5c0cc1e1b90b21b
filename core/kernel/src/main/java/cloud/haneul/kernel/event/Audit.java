package cloud.haneul.kernel.event;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.access.Access;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.data.Page;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** The audit trail: one row for each thing that somebody changed, in the transaction of the change. */
@Component
public class Audit {
    private final Database database;
    private final Access access;
    private final Clock clock;

    @Inject
    Audit(Database database, Access access, Clock clock) {
        this.database = database;
        this.access = access;
        this.clock = clock;
    }

    /** @param action the policy rule's words: {@code identity:create_user}, {@code os_compute_api:servers:delete} */
    public void success(Caller caller, String action, String targetType, Object targetId, String targetName) {
        record(caller, action, targetType, targetId, targetName, "success", "");
    }

    /** @param reason in words, without secrets */
    public void failure(
            Caller caller, String action, String targetType, Object targetId, String targetName, String reason) {
        record(caller, action, targetType, targetId, targetName, "failure", reason);
    }

    private void record(
            Caller caller,
            String action,
            String targetType,
            Object targetId,
            String targetName,
            String outcome,
            String reason) {
        database.run(em -> em.persist(new AuditRecord(
                clock.instant(), caller, action, targetType, targetId.toString(), targetName, outcome, reason)));
    }

    /** Newest first; an administrator's view. */
    public List<AuditRecord> list(Caller caller, Page page) {
        access.require(caller, "haneul:audit:list", Map.of());
        return database.read(em -> em.createQuery(
                        "select a from AuditRecord a where a.id < :before order by a.id desc", AuditRecord.class)
                .setParameter("before", page.marker().map(Long::parseLong).orElse(Long.MAX_VALUE))
                .setMaxResults(page.limit())
                .getResultList());
    }
}
