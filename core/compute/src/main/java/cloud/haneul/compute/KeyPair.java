package cloud.haneul.compute;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;

/** A user's public key under a name; it belongs to the user, not to a project. The private half is never kept. */
@Entity
@Table(name = "compute_key_pair")
public class KeyPair {
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "compute_key_pair_seq")
    @SequenceGenerator(name = "compute_key_pair_seq", sequenceName = "compute_key_pair_seq", allocationSize = 50)
    private long id;

    @Column(name = "user_id")
    private String userId;

    private String name;
    private String type;

    @Column(name = "public_key")
    private String publicKey;

    private String fingerprint;

    @Column(name = "created_at")
    private Instant createdAt;

    @Version
    private long version;

    protected KeyPair() {}

    KeyPair(String userId, String name, PublicKeyText key, Instant now) {
        this.userId = userId;
        this.name = name;
        this.type = "ssh";
        this.publicKey = key.text();
        this.fingerprint = key.fingerprint();
        this.createdAt = now;
    }

    public long id() {
        return id;
    }

    public String userId() {
        return userId;
    }

    public String name() {
        return name;
    }

    /** {@code ssh}. */
    public String type() {
        return type;
    }

    public String publicKey() {
        return publicKey;
    }

    /** MD5 of the key's bytes in colon-separated hexadecimal, as the API has always shown it. */
    public String fingerprint() {
        return fingerprint;
    }

    public Instant createdAt() {
        return createdAt;
    }
}
