package cloud.haneul.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;

/** What logging in leaves behind of a user; apart from him, so that a wrong password is no change of his row. */
@Entity(name = "LoginState")
@Table(name = "identity_login_state")
class LoginState {
    @Id
    @Column(name = "user_id")
    private String userId;

    private int failures;

    @Column(name = "failed_at")
    private Instant failedAt;

    @Column(name = "active_at")
    private Instant activeAt;

    @Column(name = "totp_step")
    private long totpStep;

    protected LoginState() {}

    LoginState(String userId, Instant activeAt) {
        this.userId = userId;
        this.activeAt = activeAt;
    }

    int failures() {
        return failures;
    }

    Optional<Instant> failedAt() {
        return Optional.ofNullable(failedAt);
    }

    Optional<Instant> activeAt() {
        return Optional.ofNullable(activeAt);
    }

    long totpStep() {
        return totpStep;
    }
}
