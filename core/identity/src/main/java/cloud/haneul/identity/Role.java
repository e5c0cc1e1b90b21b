package cloud.haneul.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A part somebody plays in a project, a domain or the system; the policy rules say what it may do. Roles of the first start
 * are immutable: on them all default rules stand.
 */
@Entity(name = "IdentityRole")
@Table(name = "identity_role")
public class Role {
    @Id
    private String id;

    private String name;

    @Column(name = "name_space")
    private String nameSpace;

    @Column(name = "domain_id")
    private String domainId;

    private String description;
    private boolean immutable;

    @Convert(converter = ExtraConverter.class)
    private Map<String, Object> extra;

    @Column(name = "created_at")
    private Instant createdAt;

    @Version
    private long version;

    protected Role() {}

    Role(String id, String name, Optional<String> domainId, Instant createdAt) {
        this.id = id;
        this.name = name;
        this.nameSpace = domainId.orElse("");
        this.domainId = domainId.orElse(null);
        this.extra = Map.of();
        this.createdAt = createdAt;
    }

    void rename(String newName) {
        name = newName;
    }

    /** Empty text means none. */
    void describe(String text) {
        description = text.isEmpty() ? null : text;
    }

    void immutable(boolean on) {
        immutable = on;
    }

    void extra(Map<String, Object> all) {
        extra = all;
    }

    public String id() {
        return id;
    }

    public String name() {
        return name;
    }

    /** The domain whose own role this is; empty for roles of the whole cloud. */
    public Optional<String> domainId() {
        return Optional.ofNullable(domainId);
    }

    public Optional<String> description() {
        return Optional.ofNullable(description);
    }

    public boolean isImmutable() {
        return immutable;
    }

    /** Attributes of the client's own. */
    public Map<String, Object> extra() {
        return extra;
    }
}
