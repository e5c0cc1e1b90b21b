package cloud.haneul.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.Optional;

/** All endpoints that are of one service, in one region, with one face, or any two or three of these. */
@Entity
@Table(name = "identity_endpoint_group")
public class EndpointGroup {
    @Id
    private String id;

    private String name;
    private String description;

    @Column(name = "service_id")
    private String serviceId;

    @Column(name = "region_id")
    private String regionId;

    @Column(name = "interface")
    private String face;

    @Version
    private long version;

    protected EndpointGroup() {}

    EndpointGroup(String id, String name) {
        this.id = id;
        this.name = name;
    }

    /** Which endpoints belong to a group; what is empty does not matter. */
    public record Filter(Optional<String> serviceId, Optional<String> regionId, Optional<String> face) {}

    void rename(String newName) {
        name = newName;
    }

    /** Empty text means none. */
    void describe(String text) {
        description = text.isEmpty() ? null : text;
    }

    void filter(Filter filter) {
        serviceId = filter.serviceId().orElse(null);
        regionId = filter.regionId().orElse(null);
        face = filter.face().orElse(null);
    }

    boolean takes(Endpoint endpoint) {
        return (serviceId == null || serviceId.equals(endpoint.serviceId()))
                && (regionId == null
                        || endpoint.regionId().filter(regionId::equals).isPresent())
                && (face == null || face.equals(endpoint.face()));
    }

    public String id() {
        return id;
    }

    public String name() {
        return name;
    }

    public Optional<String> description() {
        return Optional.ofNullable(description);
    }

    public Filter filter() {
        return new Filter(Optional.ofNullable(serviceId), Optional.ofNullable(regionId), Optional.ofNullable(face));
    }
}
