package cloud.haneul.network;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A layer 2 network: a tenant's own, one shared by all, or one to the outside. */
@Entity
@Table(name = "network_network")
public class Network extends Wired {
    @Column(name = "admin_state_up")
    private boolean adminStateUp;

    private boolean shared;
    private boolean external;

    @Column(name = "is_default")
    private boolean isDefault;

    @Column(name = "port_security_enabled")
    private boolean portSecurityEnabled;

    private int mtu;

    @Column(name = "network_type")
    private String networkType;

    @Column(name = "physical_network")
    private String physicalNetwork;

    @Column(name = "segmentation_id")
    private Integer segmentationId;

    @Column(name = "segment_key")
    private String segmentKey;

    @Column(name = "dns_domain")
    private String dnsDomain;

    @Transient
    private List<UUID> subnets = List.of();

    protected Network() {}

    Network(UUID id, String projectId, NetworkRequest asked, Segment segment, int mtu, Instant now) {
        super(id, projectId, asked.name(), asked.description(), now);
        this.adminStateUp = asked.adminStateUp().orElse(true);
        this.shared = asked.shared().orElse(false);
        this.external = asked.external().orElse(false);
        this.isDefault = asked.isDefault().orElse(false);
        this.portSecurityEnabled = asked.portSecurityEnabled().orElse(true);
        this.mtu = mtu;
        this.networkType = segment.type();
        this.physicalNetwork = segment.physicalNetwork().orElse(null);
        this.segmentationId = segment.id().orElse(null);
        this.segmentKey = segment.key().orElse(null);
        this.dnsDomain = asked.dnsDomain().orElse("");
    }

    void change(NetworkRequest asked, Instant now) {
        asked.name().ifPresent(this::rename);
        asked.description().ifPresent(this::describe);
        adminStateUp = asked.adminStateUp().orElse(adminStateUp);
        shared = asked.shared().orElse(shared);
        external = asked.external().orElse(external);
        isDefault = asked.isDefault().orElse(isDefault);
        portSecurityEnabled = asked.portSecurityEnabled().orElse(portSecurityEnabled);
        mtu = asked.mtu().orElse(mtu);
        dnsDomain = asked.dnsDomain().orElse(dnsDomain);
        touch(now);
    }

    void subnets(List<UUID> ids) {
        subnets = List.copyOf(ids);
    }

    /** What access rules ask about a network. */
    Map<String, Object> target() {
        return Map.of("project_id", projectId(), "shared", shared, "router:external", external);
    }

    public boolean adminStateUp() {
        return adminStateUp;
    }

    public boolean shared() {
        return shared;
    }

    public boolean external() {
        return external;
    }

    public boolean isDefault() {
        return isDefault;
    }

    public boolean portSecurityEnabled() {
        return portSecurityEnabled;
    }

    public int mtu() {
        return mtu;
    }

    public String networkType() {
        return networkType;
    }

    public Optional<String> physicalNetwork() {
        return Optional.ofNullable(physicalNetwork);
    }

    public Optional<Integer> segmentationId() {
        return Optional.ofNullable(segmentationId);
    }

    public String dnsDomain() {
        return dnsDomain;
    }

    public List<UUID> subnets() {
        return subnets;
    }

    /** {@code ACTIVE}; {@code DOWN} when switched off; {@code ERROR} when the back end never had it and cannot build it. */
    public String status() {
        if (!adminStateUp) {
            return "DOWN";
        }
        return wiredRevision() == 0 && problem().isPresent() ? "ERROR" : "ACTIVE";
    }
}
