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
 * A user's leave for a consumer to act as he in one project, with the roles he chose from his own. It never changes; it ends
 * when it expires or is deleted, and with its consumer, user or project.
 */
@Entity(name = "OAuth1AccessToken")
@Table(name = "identity_oauth1_access_token")
class AccessToken {
    @Id
    private String id;

    @Column(name = "consumer_id")
    private String consumerId;

    @Column(name = "user_id")
    private String userId;

    @Column(name = "project_id")
    private String projectId;

    @Column(name = "sealed")
    private String sealedSecret;

    @Convert(converter = IdsConverter.class)
    private List<String> roles;

    @Column(name = "expires_at")
    private Instant expiresAt;

    protected AccessToken() {}

    /** What a request token that somebody said yes to is changed for. */
    AccessToken(String id, RequestToken asked, String sealedSecret, Optional<Instant> expiresAt) {
        this.id = id;
        this.consumerId = asked.consumerId();
        this.userId = asked.userId().orElseThrow();
        this.projectId = asked.projectId();
        this.roles = asked.roles();
        this.sealedSecret = sealedSecret;
        this.expiresAt = expiresAt.orElse(null);
    }

    String id() {
        return id;
    }

    String consumerId() {
        return consumerId;
    }

    String userId() {
        return userId;
    }

    String projectId() {
        return projectId;
    }

    String sealedSecret() {
        return sealedSecret;
    }

    List<String> roles() {
        return roles;
    }

    Optional<Instant> expiresAt() {
        return Optional.ofNullable(expiresAt);
    }

    boolean isOver(Instant now) {
        return expiresAt != null && !now.isBefore(expiresAt);
    }
}
