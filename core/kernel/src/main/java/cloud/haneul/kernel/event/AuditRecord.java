package cloud.haneul.kernel.event;

import cloud.haneul.kernel.Caller;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;

/** Who did what to what, from where, with what result. Never holds a secret. */
@Entity
@Table(name = "kernel_audit")
public class AuditRecord {
    private static final int NAME = 255;

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "kernel_audit_seq")
    @SequenceGenerator(name = "kernel_audit_seq", sequenceName = "kernel_audit_seq", allocationSize = 50)
    private long id;

    private Instant at;
    private String action;
    private String outcome;

    @Column(name = "user_id")
    private String userId;

    @Column(name = "user_name")
    private String userName;

    @Column(name = "project_id")
    private String projectId;

    @Column(name = "domain_id")
    private String domainId;

    @Column(name = "target_type")
    private String targetType;

    @Column(name = "target_id")
    private String targetId;

    @Column(name = "target_name")
    private String targetName;

    private String address;

    @Column(name = "request_id")
    private String requestId;

    private String reason;

    protected AuditRecord() {}

    AuditRecord(
            Instant at,
            Caller caller,
            String action,
            String targetType,
            String targetId,
            String targetName,
            String outcome,
            String reason) {
        this.at = at;
        this.action = action;
        this.outcome = outcome;
        this.userId = caller.userId();
        this.userName = caller.userName();
        this.projectId = caller.projectId().orElse(null);
        this.domainId = caller.domainId().orElse(null);
        this.targetType = targetType;
        this.targetId = targetId;
        this.targetName = cut(targetName);
        this.address = caller.address();
        this.requestId = caller.requestId();
        this.reason = reason;
    }

    /** Names that APIs allow may be longer than the trail's; what is said of them is enough to know them by. */
    private static String cut(String name) {
        return name.codePointCount(0, name.length()) <= NAME
                ? name
                : name.substring(0, name.offsetByCodePoints(0, NAME));
    }

    public long id() {
        return id;
    }

    public Instant at() {
        return at;
    }

    public String action() {
        return action;
    }

    public String outcome() {
        return outcome;
    }

    public String userId() {
        return userId;
    }

    public String userName() {
        return userName;
    }

    public Optional<String> projectId() {
        return Optional.ofNullable(projectId);
    }

    public Optional<String> domainId() {
        return Optional.ofNullable(domainId);
    }

    public String targetType() {
        return targetType;
    }

    public String targetId() {
        return targetId;
    }

    public String targetName() {
        return targetName;
    }

    public String address() {
        return address;
    }

    public String requestId() {
        return requestId;
    }

    public String reason() {
        return reason;
    }
}
