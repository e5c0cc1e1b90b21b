package cloud.haneul.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.Map;
import java.util.Optional;

/** A part of the cloud that has endpoints of its own; its id is its name. */
@Entity(name = "IdentityRegion")
@Table(name = "identity_region")
public class Region {
    @Id
    private String id;

    @Column(name = "parent_id")
    private String parentId;

    private String description;

    @Convert(converter = ExtraConverter.class)
    private Map<String, Object> extra;

    @Version
    private long version;

    protected Region() {}

    Region(String id, Optional<String> parentId, String description, Map<String, Object> extra) {
        this.id = id;
        this.parentId = parentId.orElse(null);
        this.description = description;
        this.extra = extra;
    }

    /** Empty text means none. */
    void parent(String regionId) {
        parentId = regionId.isEmpty() ? null : regionId;
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

    public Optional<String> parentId() {
        return Optional.ofNullable(parentId);
    }

    public String description() {
        return description;
    }

    /** Attributes of the client's own. */
    public Map<String, Object> extra() {
        return extra;
    }
}
