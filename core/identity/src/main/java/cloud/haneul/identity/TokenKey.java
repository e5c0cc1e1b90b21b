package cloud.haneul.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A key that tokens are signed with, encrypted; the highest number signs, the older ones still verify. */
@Entity(name = "IdentityTokenKey")
@Table(name = "identity_token_key")
class TokenKey {
    @Id
    private int id;

    private String sealed;

    @Column(name = "created_at")
    private Instant createdAt;

    protected TokenKey() {}

    TokenKey(int id, String sealed, Instant createdAt) {
        this.id = id;
        this.sealed = sealed;
        this.createdAt = createdAt;
    }

    int id() {
        return id;
    }

    String sealed() {
        return sealed;
    }

    Instant createdAt() {
        return createdAt;
    }
}
