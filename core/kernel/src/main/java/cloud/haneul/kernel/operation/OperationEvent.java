package cloud.haneul.kernel.operation;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** One line of an operation's history; only ever added. */
@Entity
@Table(name = "kernel_operation_event")
public class OperationEvent {
    /** What happened. */
    public enum Type {
        ACCEPTED,
        STEP_DONE,
        STEP_RETRIED,
        STEP_FAILED,
        ELSEWHERE,
        CANCELLED,
        UNDONE,
        UNDO_FAILED,
        NOTE,
        DONE,
        FAILED,
        STUCK,
        RESUMED,
        ABANDONED
    }

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "kernel_operation_event_seq")
    @SequenceGenerator(
            name = "kernel_operation_event_seq",
            sequenceName = "kernel_operation_event_seq",
            allocationSize = 50)
    private long id;

    @Column(name = "operation_id")
    private UUID operationId;

    private Instant at;

    @Enumerated(EnumType.STRING)
    private Type type;

    private String step;
    private String node;
    private String text;
    private String detail;
    private long millis;

    protected OperationEvent() {}

    OperationEvent(
            UUID operationId,
            Instant at,
            Type type,
            String step,
            String node,
            String text,
            String detail,
            long millis) {
        this.operationId = operationId;
        this.at = at;
        this.type = type;
        this.step = step;
        this.node = node;
        this.text = text;
        this.detail = detail;
        this.millis = millis;
    }

    public long id() {
        return id;
    }

    public UUID operationId() {
        return operationId;
    }

    public Instant at() {
        return at;
    }

    public Type type() {
        return type;
    }

    /** Name of the step this is about; empty when it is about the whole operation. */
    public String step() {
        return step;
    }

    /** The controller that did it. */
    public String node() {
        return node;
    }

    public String text() {
        return text;
    }

    /** For operators: what went wrong, or where a step was done. */
    public String detail() {
        return detail;
    }

    /** How long it took, in milliseconds. */
    public long millis() {
        return millis;
    }
}
