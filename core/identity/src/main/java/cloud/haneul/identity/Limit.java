package cloud.haneul.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.Optional;

/** What one project, or one domain, may use of a service's resource, instead of the {@link RegisteredLimit}. */
@Entity(name = "IdentityLimit")
@Table(name = "identity_limit")
public class Limit {
    @Id
    private String id;

    @Column(name = "registered_id")
    private String registeredId;

    @Column(name = "owner_id")
    private String ownerId;

    @Column(name = "domain_limit")
    private boolean domainLimit;

    @Column(name = "service_id")
    private String serviceId;

    @Column(name = "region_space")
    private String regionSpace;

    @Column(name = "resource_name")
    private String resourceName;

    @Column(name = "resource_limit")
    private int resourceLimit;

    private String description;

    @Version
    private long version;

    protected Limit() {}

    Limit(String id, RegisteredLimit registered, Project owner, int resourceLimit) {
        this.id = id;
        this.registeredId = registered.id();
        this.ownerId = owner.id();
        this.domainLimit = owner.isDomain();
        this.serviceId = registered.serviceId();
        this.regionSpace = registered.regionSpace();
        this.resourceName = registered.resourceName();
        this.resourceLimit = resourceLimit;
    }

    void limit(int most) {
        resourceLimit = most;
    }

    /** Empty text means none. */
    void describe(String text) {
        description = text.isEmpty() ? null : text;
    }

    public String id() {
        return id;
    }

    String registeredId() {
        return registeredId;
    }

    String ownerId() {
        return ownerId;
    }

    public Optional<String> projectId() {
        return domainLimit ? Optional.empty() : Optional.of(ownerId);
    }

    public Optional<String> domainId() {
        return domainLimit ? Optional.of(ownerId) : Optional.empty();
    }

    public String serviceId() {
        return serviceId;
    }

    public Optional<String> regionId() {
        return regionSpace.isEmpty() ? Optional.empty() : Optional.of(regionSpace);
    }

    public String resourceName() {
        return resourceName;
    }

    /** -1 is unlimited. */
    public int resourceLimit() {
        return resourceLimit;
    }

    public Optional<String> description() {
        return Optional.ofNullable(description);
    }
}
