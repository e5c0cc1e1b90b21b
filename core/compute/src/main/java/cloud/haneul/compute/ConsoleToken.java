package cloud.haneul.compute;

import cloud.haneul.spi.compute.ConsoleKind;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** A right to one console session; only the token's hash is kept. */
@Entity
@Table(name = "compute_console_token")
class ConsoleToken {
    @Id
    String hash;

    @Column(name = "server_id")
    UUID server;

    @Enumerated(EnumType.STRING)
    ConsoleKind kind;

    @Column(name = "user_id")
    String userId;

    @Column(name = "expires_at")
    Instant expiresAt;

    protected ConsoleToken() {}

    ConsoleToken(String hash, UUID server, ConsoleKind kind, String userId, Instant expiresAt) {
        this.hash = hash;
        this.server = server;
        this.kind = kind;
        this.userId = userId;
        this.expiresAt = expiresAt;
    }
}
