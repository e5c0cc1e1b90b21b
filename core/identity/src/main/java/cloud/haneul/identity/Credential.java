package cloud.haneul.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Optional;

/** Something a user proves himself with beside his password, kept encrypted: EC2 keys, a TOTP secret, or what clients like. */
@Entity(name = "IdentityCredential")
@Table(name = "identity_credential")
class Credential {
    static final String EC2 = "ec2";
    static final String TOTP = "totp";

    @Id
    private String id;

    @Column(name = "user_id")
    private String userId;

    @Column(name = "project_id")
    private String projectId;

    private String type;
    private String sealed;

    @Column(name = "created_at")
    private Instant createdAt;

    @Version
    private long version;

    protected Credential() {}

    Credential(String id, String userId, String type, Instant createdAt) {
        this.id = id;
        this.userId = userId;
        this.type = type;
        this.createdAt = createdAt;
    }

    void seal(String text) {
        sealed = text;
    }

    void owner(String user) {
        userId = user;
    }

    void type(String word) {
        type = word;
    }

    /** Empty text means none. */
    void project(String project) {
        projectId = project.isEmpty() ? null : project;
    }

    String id() {
        return id;
    }

    String userId() {
        return userId;
    }

    Optional<String> projectId() {
        return Optional.ofNullable(projectId);
    }

    String type() {
        return type;
    }

    Instant createdAt() {
        return createdAt;
    }

    String sealed() {
        return sealed;
    }
}
