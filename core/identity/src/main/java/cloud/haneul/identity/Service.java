package cloud.haneul.identity;

import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.Map;

/** A service that the catalogue offers; where it is, say its {@link Endpoint}s. */
@Entity(name = "IdentityService")
@Table(name = "identity_service")
public class Service {
    @Id
    private String id;

    private String type;
    private String name;
    private String description;
    private boolean enabled;
    private boolean managed;

    @Convert(converter = ExtraConverter.class)
    private Map<String, Object> extra;

    @Version
    private long version;

    protected Service() {}

    Service(String id, String type, String name, boolean managed) {
        this.id = id;
        this.type = type;
        this.name = name;
        this.description = "";
        this.enabled = true;
        this.managed = managed;
        this.extra = Map.of();
    }

    void type(String newType) {
        type = newType;
    }

    void rename(String newName) {
        name = newName;
    }

    void describe(String text) {
        description = text;
    }

    void enable(boolean on) {
        enabled = on;
    }

    void extra(Map<String, Object> all) {
        extra = all;
    }

    /** From now on this row is the administrator's. */
    void adopt() {
        managed = false;
    }

    public String id() {
        return id;
    }

    public String type() {
        return type;
    }

    /** Empty text when it has none. */
    public String name() {
        return name;
    }

    public String description() {
        return description;
    }

    public boolean isEnabled() {
        return enabled;
    }

    /** Whether the row follows what this program serves. */
    public boolean isManaged() {
        return managed;
    }

    /** Attributes of the client's own. */
    public Map<String, Object> extra() {
        return extra;
    }
}
