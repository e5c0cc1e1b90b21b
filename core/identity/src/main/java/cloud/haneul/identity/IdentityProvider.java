package cloud.haneul.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.Optional;

/** Somebody else who knows people and vouches for them. Those he vouches for are users of one domain. */
@Entity
@Table(name = "identity_provider")
public class IdentityProvider {
    @Id
    private String id;

    @Column(name = "domain_id")
    private String domainId;

    private String description;
    private boolean enabled;

    @Column(name = "authorization_ttl")
    private Integer authorizationTtl;

    @Version
    private long version;

    protected IdentityProvider() {}

    IdentityProvider(String id, String domainId) {
        this.id = id;
        this.domainId = domainId;
    }

    /** Empty text means none. */
    void describe(String text) {
        description = text.isEmpty() ? null : text;
    }

    void enable(boolean on) {
        enabled = on;
    }

    void authorizationTtl(Optional<Integer> minutes) {
        authorizationTtl = minutes.orElse(null);
    }

    public String id() {
        return id;
    }

    public String domainId() {
        return domainId;
    }

    public Optional<String> description() {
        return Optional.ofNullable(description);
    }

    public boolean isEnabled() {
        return enabled;
    }

    /** Minutes for which memberships in groups that he vouches for hold; empty and 0: as long as a token. */
    public Optional<Integer> authorizationTtl() {
        return Optional.ofNullable(authorizationTtl);
    }
}
