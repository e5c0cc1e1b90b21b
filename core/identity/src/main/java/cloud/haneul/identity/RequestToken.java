package cloud.haneul.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A consumer's wish to act for somebody in a project. Some user says yes, with some of his roles, and gets a verifier that he
 * tells the consumer; with that it is changed for an {@link AccessToken}, once.
 */
@Entity(name = "OAuth1RequestToken")
@Table(name = "identity_oauth1_request_token")
class RequestToken {
    @Id
    private String id;

    @Column(name = "consumer_id")
    private String consumerId;

    @Column(name = "project_id")
    private String projectId;

    @Column(name = "sealed")
    private String sealedSecret;

    @Column(name = "user_id")
    private String userId;

    @Convert(converter = IdsConverter.class)
    private List<String> roles = List.of();

    @Column(name = "verifier_hash")
    private String verifierHash;

    @Column(name = "expires_at")
    private Instant expiresAt;

    @Version
    private long version;

    protected RequestToken() {}

    RequestToken(String id, String consumerId, String projectId, String sealedSecret, Instant expiresAt) {
        this.id = id;
        this.consumerId = consumerId;
        this.projectId = projectId;
        this.sealedSecret = sealedSecret;
        this.expiresAt = expiresAt;
    }

    String id() {
        return id;
    }

    String consumerId() {
        return consumerId;
    }

    String projectId() {
        return projectId;
    }

    String sealedSecret() {
        return sealedSecret;
    }

    /** Who said yes. */
    Optional<String> userId() {
        return Optional.ofNullable(userId);
    }

    /** Ids of the roles he lends. */
    List<String> roles() {
        return roles;
    }

    Optional<String> verifierHash() {
        return Optional.ofNullable(verifierHash);
    }

    boolean isOver(Instant now) {
        return !now.isBefore(expiresAt);
    }

    /** The last who says yes counts. */
    void authorize(String user, List<String> roleIds, String hash) {
        userId = user;
        roles = List.copyOf(roleIds);
        verifierHash = hash;
    }
}
