package cloud.haneul.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.Optional;

/** That an endpoint, a service, or a service in a region has a {@link Policy}; each has one at most. */
@Entity
@Table(name = "identity_policy_link")
class PolicyLink {
    @Id
    private String place;

    @Column(name = "policy_id")
    private String policyId;

    @Column(name = "endpoint_id")
    private String endpointId;

    @Column(name = "service_id")
    private String serviceId;

    @Column(name = "region_id")
    private String regionId;

    @Version
    private long version;

    protected PolicyLink() {}

    PolicyLink(String policyId, Policies.Place place) {
        this.place = place.key();
        this.policyId = policyId;
        this.endpointId = place.endpointId().orElse(null);
        this.serviceId = place.serviceId().orElse(null);
        this.regionId = place.regionId().orElse(null);
    }

    void policy(String id) {
        policyId = id;
    }

    String policyId() {
        return policyId;
    }

    Policies.Place place() {
        return new Policies.Place(
                Optional.ofNullable(endpointId), Optional.ofNullable(serviceId), Optional.ofNullable(regionId));
    }
}
