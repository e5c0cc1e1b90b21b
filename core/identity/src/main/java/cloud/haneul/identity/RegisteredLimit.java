package cloud.haneul.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.Optional;

/**
 * What every project may use of a service's resource unless it has a {@link Limit} of its own. While there are such limits,
 * what it is about cannot change, nor can it be deleted.
 */
@Entity(name = "RegisteredLimit")
@Table(name = "identity_registered_limit")
public class RegisteredLimit {
    @Id
    private String id;

    @Column(name = "service_id")
    private String serviceId;

    @Column(name = "region_space")
    private String regionSpace;

    @Column(name = "resource_name")
    private String resourceName;

    @Column(name = "default_limit")
    private int defaultLimit;

    private String description;

    @Version
    private long version;

    protected RegisteredLimit() {}

    RegisteredLimit(String id, String serviceId, String regionSpace, String resourceName, int defaultLimit) {
        this.id = id;
        about(serviceId, regionSpace, resourceName);
        this.defaultLimit = defaultLimit;
    }

    /** @param region empty text for all regions */
    final void about(String service, String region, String resource) {
        serviceId = service;
        regionSpace = region;
        resourceName = resource;
    }

    void limit(int most) {
        defaultLimit = most;
    }

    /** Empty text means none. */
    void describe(String text) {
        description = text.isEmpty() ? null : text;
    }

    public String id() {
        return id;
    }

    public String serviceId() {
        return serviceId;
    }

    public Optional<String> regionId() {
        return regionSpace.isEmpty() ? Optional.empty() : Optional.of(regionSpace);
    }

    String regionSpace() {
        return regionSpace;
    }

    public String resourceName() {
        return resourceName;
    }

    /** -1 is unlimited. */
    public int defaultLimit() {
        return defaultLimit;
    }

    public Optional<String> description() {
        return Optional.ofNullable(description);
    }
}
