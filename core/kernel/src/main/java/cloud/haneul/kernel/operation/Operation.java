package cloud.haneul.kernel.operation;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.data.Json;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A run of an {@link OperationType}: what was asked, how far it is, and how it ended. The row is the queue entry: a controller
 * claims it for the length of a lease and raises the generation, which fences off whoever held it before.
 */
@Entity
@Table(name = "kernel_operation")
public class Operation {
    /** Where to unwind to when the run ends there; any step's index means that the run begins anew from it. */
    static final int TO_THE_START = -1;

    @Id
    private UUID id;

    private String kind;

    @Column(name = "kind_version")
    private int kindVersion;

    @Column(name = "resource_type")
    private String resourceType;

    @Column(name = "resource_id")
    private String resourceId;

    @Column(name = "resource_name")
    private String resourceName;

    @Column(name = "project_id")
    private String projectId;

    @Column(name = "user_id")
    private String userId;

    @Column(name = "user_name")
    private String userName;

    @Column(name = "request_id")
    private String requestId;

    @Column(name = "global_request_id")
    private String globalRequestId;

    private String params;
    private String memory;

    @Enumerated(EnumType.STRING)
    private OperationState state;

    private int step;
    private int attempts;
    private int elsewhere;

    @Column(name = "unwind_to")
    private int unwindTo;

    private int percent;
    private boolean cancelled;

    @Column(name = "after_id")
    private UUID afterId;

    private String node;
    private long generation;

    @Column(name = "lease_until")
    private Instant leaseUntil;

    @Column(name = "due_at")
    private Instant dueAt;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "finished_at")
    private Instant finishedAt;

    @Column(name = "error_code")
    private String errorCode;

    @Column(name = "error_text")
    private String errorText;

    @Column(name = "error_detail")
    private String errorDetail;

    @Version
    private long version;

    protected Operation() {}

    Operation(UUID id, int kindVersion, Caller caller, NewOperation asked, Instant now) {
        this.id = id;
        this.kind = asked.kind();
        this.kindVersion = kindVersion;
        this.resourceType = asked.resourceType();
        this.resourceId = asked.resourceId();
        this.resourceName = asked.resourceName();
        this.projectId = asked.projectId().orElse(null);
        this.userId = caller.userId();
        this.userName = caller.userName();
        this.requestId = caller.requestId();
        this.globalRequestId = caller.globalRequestId().orElse(null);
        this.params = Json.write(asked.params());
        this.memory = "{}";
        this.state = OperationState.PENDING;
        this.dueAt = now;
        this.createdAt = now;
    }

    // ---- the worker's verbs

    void queueAfter(UUID other) {
        afterId = other;
    }

    void lockPassedOn() {
        afterId = null;
    }

    /** Whether a worker may take it now. */
    boolean isClaimable(Instant now) {
        return !state.isEnded()
                && state != OperationState.STUCK
                && afterId == null
                && !dueAt.isAfter(now)
                && (leaseUntil == null || leaseUntil.isBefore(now));
    }

    void claim(String byNode, Instant until) {
        node = byNode;
        leaseUntil = until;
        generation++;
        if (state != OperationState.UNWINDING) {
            state = OperationState.RUNNING;
        }
    }

    void stepDone() {
        step++;
        attempts = 0;
        percent = 0;
    }

    void waitUntil(Instant when, int stepPercent) {
        // an unwinding run that pauses stays UNWINDING, so that it never runs forward again
        if (state != OperationState.UNWINDING) {
            state = OperationState.WAITING;
        }
        percent = stepPercent;
        dueAt = when;
        leaseUntil = null;
    }

    void attemptFailed() {
        attempts++;
    }

    void unwind(int to, Problem problem) {
        state = OperationState.UNWINDING;
        unwindTo = to;
        attempts = 0;
        percent = 0;
        errorCode = problem.code();
        errorText = problem.text();
        errorDetail = problem.detail();
    }

    void undone() {
        step--;
        attempts = 0;
    }

    void runElsewhere() {
        state = OperationState.RUNNING;
        step = unwindTo;
        attempts = 0;
        elsewhere++;
    }

    void end(OperationState how, Instant now) {
        state = how;
        finishedAt = how == OperationState.STUCK ? null : now;
        leaseUntil = null;
        if (how == OperationState.DONE) {
            percent = 100;
            errorCode = null;
            errorText = null;
            errorDetail = null;
        }
    }

    void resume(Instant now) {
        state = OperationState.UNWINDING;
        attempts = 0;
        dueAt = now;
        leaseUntil = null;
    }

    void cancel(Instant now) {
        cancelled = true;
        if (state == OperationState.WAITING || state == OperationState.PENDING) {
            dueAt = now;
        }
    }

    void memory(String json) {
        memory = json;
    }

    // ---- what everybody may know

    public UUID id() {
        return id;
    }

    public String kind() {
        return kind;
    }

    int kindVersion() {
        return kindVersion;
    }

    public String resourceType() {
        return resourceType;
    }

    public String resourceId() {
        return resourceId;
    }

    public String resourceName() {
        return resourceName;
    }

    public Optional<String> projectId() {
        return Optional.ofNullable(projectId);
    }

    public String userId() {
        return userId;
    }

    public String userName() {
        return userName;
    }

    public String requestId() {
        return requestId;
    }

    public OperationState state() {
        return state;
    }

    public int step() {
        return step;
    }

    int attempts() {
        return attempts;
    }

    int elsewhere() {
        return elsewhere;
    }

    int unwindTo() {
        return unwindTo;
    }

    /** Progress of the current step, 0 to 100. */
    public int percent() {
        return percent;
    }

    public boolean isCancelled() {
        return cancelled;
    }

    public Optional<String> node() {
        return Optional.ofNullable(node);
    }

    long generation() {
        return generation;
    }

    String params() {
        return params;
    }

    String memory() {
        return memory;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public Optional<Instant> finishedAt() {
        return Optional.ofNullable(finishedAt);
    }

    Instant dueAt() {
        return dueAt;
    }

    public Optional<String> errorCode() {
        return Optional.ofNullable(errorCode);
    }

    public Optional<String> errorText() {
        return Optional.ofNullable(errorText);
    }

    /** For operators. */
    public Optional<String> errorDetail() {
        return Optional.ofNullable(errorDetail);
    }

    Duration sinceCreated(Instant now) {
        return Duration.between(createdAt, now);
    }
}
