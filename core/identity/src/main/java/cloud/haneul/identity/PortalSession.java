package cloud.haneul.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/**
 * Somebody signed in to the portal in one browser. Its id is the audit id that all tokens of that login share; whether it is
 * still good is not in the row, but what became of those tokens.
 */
@Entity(name = "PortalSession")
@Table(name = "identity_portal_session")
class PortalSession {
    @Id
    private String id;

    @Column(name = "user_id")
    private String userId;

    private String address;
    private String browser;

    @Column(name = "began_at")
    private Instant beganAt;

    @Column(name = "seen_at")
    private Instant seenAt;

    @Column(name = "expires_at")
    private Instant expiresAt;

    protected PortalSession() {}

    PortalSession(String id, String userId, String address, String browser, Instant beganAt, Instant expiresAt) {
        this.id = id;
        this.userId = userId;
        this.address = address;
        this.browser = browser;
        this.beganAt = beganAt;
        this.seenAt = beganAt;
        this.expiresAt = expiresAt;
    }

    String id() {
        return id;
    }

    String userId() {
        return userId;
    }

    String address() {
        return address;
    }

    String browser() {
        return browser;
    }

    Instant beganAt() {
        return beganAt;
    }

    Instant seenAt() {
        return seenAt;
    }
}
