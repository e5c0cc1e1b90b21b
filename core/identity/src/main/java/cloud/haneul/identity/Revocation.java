package cloud.haneul.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** News for all controllers: tokens that are dead, or a change that makes what they know of somebody stale. */
@Entity(name = "IdentityRevocation")
@Table(name = "identity_revocation")
class Revocation {
    /** One token, by its own audit id. */
    static final String TOKEN = "token";

    /** A token and all that were got by it, by the first one's audit id. */
    static final String CHAIN = "chain";

    static final String USER = "user";
    static final String PROJECT = "project";
    static final String DOMAIN = "domain";

    /** Nothing is dead; what is known of the subject must be read anew. */
    static final String STALE = "stale";

    @Id
    private UUID id;

    private String kind;
    private String subject;

    @Column(name = "before_at")
    private Instant beforeAt;

    private Instant at;

    @Column(name = "expires_at")
    private Instant expiresAt;

    protected Revocation() {}

    UUID id() {
        return id;
    }

    String kind() {
        return kind;
    }

    String subject() {
        return subject;
    }

    /** Tokens issued until then are meant. */
    Instant beforeAt() {
        return beforeAt;
    }

    Instant at() {
        return at;
    }

    Instant expiresAt() {
        return expiresAt;
    }
}
