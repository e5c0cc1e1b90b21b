package cloud.haneul.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.Map;
import java.util.Optional;

/** One address of a service: for the public, for other services, or for administrators; of one region. */
@Entity(name = "IdentityEndpoint")
@Table(name = "identity_endpoint")
public class Endpoint {
    @Id
    private String id;

    @Column(name = "service_id")
    private String serviceId;

    @Column(name = "region_id")
    private String regionId;

    @Column(name = "interface")
    private String face;

    private String url;
    private boolean enabled;
    private boolean managed;

    @Convert(converter = ExtraConverter.class)
    private Map<String, Object> extra;

    @Version
    private long version;

    protected Endpoint() {}

    Endpoint(String id, String serviceId, String face, String url, boolean managed) {
        this.id = id;
        this.serviceId = serviceId;
        this.face = face;
        this.url = url;
        this.enabled = true;
        this.managed = managed;
        this.extra = Map.of();
    }

    void service(String id) {
        serviceId = id;
    }

    /** Empty text means none. */
    void region(String id) {
        regionId = id.isEmpty() ? null : id;
    }

    void face(String word) {
        face = word;
    }

    void url(String address) {
        url = address;
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

    public String serviceId() {
        return serviceId;
    }

    public Optional<String> regionId() {
        return Optional.ofNullable(regionId);
    }

    /** {@code public}, {@code internal} or {@code admin}. */
    public String face() {
        return face;
    }

    /** A whole address, or a path on whatever address the client came by; with {@code %(project_id)s} to be filled in. */
    public String url() {
        return url;
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
