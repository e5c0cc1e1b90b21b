package cloud.haneul.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;

/** One password a user has or had, as its hash; the newest is the one in force. */
@Entity(name = "IdentityPassword")
@Table(name = "identity_password")
class Password {
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "identity_password_seq")
    @SequenceGenerator(name = "identity_password_seq", sequenceName = "identity_password_seq", allocationSize = 50)
    private long id;

    @Column(name = "user_id")
    private String userId;

    private String hash;

    @Column(name = "self_service")
    private boolean selfService;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "expires_at")
    private Instant expiresAt;

    protected Password() {}

    /** @param selfService whether the user chose it himself */
    Password(String userId, String hash, boolean selfService, Instant createdAt, Optional<Instant> expiresAt) {
        this.userId = userId;
        this.hash = hash;
        this.selfService = selfService;
        this.createdAt = createdAt;
        this.expiresAt = expiresAt.orElse(null);
    }

    /** The same password, hashed with other parameters. */
    void rehash(String newHash) {
        hash = newHash;
    }

    String hash() {
        return hash;
    }

    String userId() {
        return userId;
    }

    boolean isSelfService() {
        return selfService;
    }

    Instant createdAt() {
        return createdAt;
    }

    Optional<Instant> expiresAt() {
        return Optional.ofNullable(expiresAt);
    }
}
