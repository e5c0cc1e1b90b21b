package cloud.haneul.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Map;

/** Users who are given roles together. */
@Entity(name = "IdentityGroup")
@Table(name = "identity_group")
public class Group {
    @Id
    private String id;

    @Column(name = "domain_id")
    private String domainId;

    private String name;
    private String description;

    @Convert(converter = ExtraConverter.class)
    private Map<String, Object> extra;

    @Column(name = "created_at")
    private Instant createdAt;

    @Version
    private long version;

    protected Group() {}

    Group(String id, String domainId, String name, String description, Map<String, Object> extra, Instant createdAt) {
        this.id = id;
        this.domainId = domainId;
        this.name = name;
        this.description = description;
        this.extra = extra;
        this.createdAt = createdAt;
    }

    void rename(String newName) {
        name = newName;
    }

    void describe(String text) {
        description = text;
    }

    void extra(Map<String, Object> all) {
        extra = all;
    }

    public String id() {
        return id;
    }

    public String domainId() {
        return domainId;
    }

    public String name() {
        return name;
    }

    public String description() {
        return description;
    }

    /** Attributes of the client's own. */
    public Map<String, Object> extra() {
        return extra;
    }

    public Instant createdAt() {
        return createdAt;
    }
}
