package cloud.haneul.kernel.event;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.access.Access;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.data.Page;
import cloud.haneul.kernel.data.PagedQuery;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The audit trail: who did what from where, on what, with what result. A use case records what it changed, in the transaction of
 * the change; what was refused, and changes no use case told of, are recorded by those who took the request. Nothing secret goes
 * in, and nothing that comes from a request's body but names.
 */
@Component
public class Audit {
    private static final PagedQuery.Order NEWEST = PagedQuery.Order.of(Map.of("id", "id", "time", "at"), "id", false);
    private static final String LIST = "haneul:audit:list";

    private final Database database;
    private final Access access;
    private final Clock clock;
    private final ThreadLocal<AuditRecord> latest = new ThreadLocal<>();

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
        AuditRecord event = new AuditRecord(
                clock.instant(), caller, action, targetType, targetId.toString(), targetName, outcome, reason);
        database.run(em -> em.persist(event));
        latest.set(event);
    }

    /**
     * Why something was refused, as it may stand in the trail: of an input that was refused only its name is told, since its
     * value may be a secret.
     *
     * @param status of HTTP
     */
    public static String reason(int status, Fault fault) {
        String text =
                switch (fault.kind()) {
                    case BAD_REQUEST ->
                        fault.field().map(field -> "input refused: " + field).orElse("input refused");
                    case INTERNAL -> "internal error";
                    default -> fault.getMessage();
                };
        return status + " " + text;
    }

    /** Whether the last event that was recorded on this thread was of this request and had this outcome. */
    public boolean hasRecorded(String requestId, boolean success) {
        AuditRecord event = latest.get();
        return event != null
                && event.requestId().equals(requestId)
                && event.outcome().equals(success ? "success" : "failure");
    }

    /**
     * Newest first. Who may not see all sees those of the project his token is scoped to, if he may that.
     *
     * @throws Fault FORBIDDEN
     */
    public List<AuditRecord> list(Caller caller, AuditFilter filter, Page page) {
        PagedQuery<AuditRecord> query = new PagedQuery<>(AuditRecord.class, "event", Audit::id);
        seen(caller, filter).ifPresent(project -> query.only("projectId", project));
        filter.userId().ifPresent(user -> query.only("userId", user));
        filter.rule().ifPresent(rule -> query.and("r.action = :action", "action", rule));
        filter.outcome().ifPresent(outcome -> query.and("r.outcome = :outcome", "outcome", outcome));
        filter.targetType().ifPresent(type -> query.and("r.targetType = :type", "type", type));
        filter.targetId().ifPresent(id -> query.only("targetId", id));
        filter.requestId().ifPresent(id -> query.and("r.requestId = :request", "request", id));
        filter.since().ifPresent(time -> query.and("r.at >= :since", "since", time));
        filter.until().ifPresent(time -> query.and("r.at < :until", "until", time));
        return database.read(em -> query.page(em, NEWEST, page));
    }

    /** As {@link #list(Caller, AuditFilter, Page)}, all that the caller may see. */
    public List<AuditRecord> list(Caller caller, Page page) {
        return list(caller, AuditFilter.none(), page);
    }

    /** The project whose events are to be listed; empty for all. */
    private Optional<String> seen(Caller caller, AuditFilter filter) {
        if (access.allowed(caller, LIST + ":all_projects", Map.of())) {
            return filter.projectId();
        }
        Optional<String> project = filter.projectId().or(caller::projectId);
        access.require(caller, LIST, project.map(id -> Map.of("project_id", id)).orElse(Map.of()));
        return project;
    }

    /** @throws Fault NOT_FOUND when there is none of this id or it is not for the caller */
    public AuditRecord show(Caller caller, String id) {
        return id(id).flatMap(number -> database.read(em -> Optional.ofNullable(em.find(AuditRecord.class, number))))
                .filter(event -> access.allowed(caller, LIST + ":all_projects", Map.of())
                        || access.allowed(
                                caller,
                                LIST,
                                event.projectId()
                                        .map(project -> Map.of("project_id", project))
                                        .orElse(Map.of())))
                .orElseThrow(() -> Fault.notFound("Event", id));
    }

    private static Optional<Long> id(String text) {
        return text.matches("\\d{1,18}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
    }
}
