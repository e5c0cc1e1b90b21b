package cloud.haneul.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A name and a secret by which a program acts for a user in one project, with the roles he chose from his own. It never
 * changes; it ends when it expires or is deleted, when its user or project goes, and when the user loses a role there.
 */
@Entity(name = "ApplicationCredential")
@Table(name = "identity_app_credential")
class ApplicationCredential {
    @Id
    private String id;

    @Column(name = "user_id")
    private String userId;

    @Column(name = "project_id")
    private String projectId;

    private String name;
    private String description;
    private String hash;

    @Convert(converter = IdsConverter.class)
    private List<String> roles;

    @Column(name = "access_rules")
    @Convert(converter = IdsConverter.class)
    private List<String> accessRules;

    private boolean unrestricted;

    @Column(name = "expires_at")
    private Instant expiresAt;

    @Column(name = "created_at")
    private Instant createdAt;

    protected ApplicationCredential() {}

    ApplicationCredential(
            String id,
            String userId,
            String projectId,
            NewApplicationCredential wanted,
            String hash,
            List<String> roles,
            List<String> accessRules,
            Instant createdAt) {
        this.id = id;
        this.userId = userId;
        this.projectId = projectId;
        this.name = wanted.name();
        this.description = wanted.description();
        this.unrestricted = wanted.unrestricted();
        this.expiresAt = wanted.expiresAt().orElse(null);
        this.hash = hash;
        this.roles = List.copyOf(roles);
        this.accessRules = List.copyOf(accessRules);
        this.createdAt = createdAt;
    }

    String id() {
        return id;
    }

    String userId() {
        return userId;
    }

    String projectId() {
        return projectId;
    }

    String name() {
        return name;
    }

    String description() {
        return description;
    }

    String hash() {
        return hash;
    }

    List<String> roles() {
        return roles;
    }

    /** Ids of the rules of what it may be used for; empty is everything. */
    List<String> accessRules() {
        return accessRules;
    }

    boolean isUnrestricted() {
        return unrestricted;
    }

    Optional<Instant> expiresAt() {
        return Optional.ofNullable(expiresAt);
    }

    boolean isOver(Instant now) {
        return expiresAt != null && !now.isBefore(expiresAt);
    }
}
