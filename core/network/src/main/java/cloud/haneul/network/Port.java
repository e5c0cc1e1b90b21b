package cloud.haneul.network;

import cloud.haneul.kernel.data.Json;
import com.fasterxml.jackson.core.type.TypeReference;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A place to plug in on a network, with its addresses. Ports of servers become ACTIVE when the back end sees a NIC in them;
 * those whose owner starts with {@code network:} belong to a router, a floating IP or the metadata service, are never built in
 * the back end by themselves, and go with their owner.
 */
@Entity
@Table(name = "network_port")
public class Port extends Wired {
    static final String ROUTER_INTERFACE = "network:router_interface";
    static final String ROUTER_GATEWAY = "network:router_gateway";
    static final String FLOATING_IP = "network:floatingip";
    static final String METADATA = "network:distributed";
    /** What the owner of a server's port begins with; the availability zone follows, or what a user likes. */
    static final String COMPUTE_PREFIX = "compute:";

    static final String COMPUTE = COMPUTE_PREFIX + "nova";

    @Column(name = "network_id", updatable = false)
    private UUID networkId;

    private String mac;

    @Column(name = "admin_state_up")
    private boolean adminStateUp;

    // also moved by the wiring with an update of its own, which does not raise the revision
    private String status;

    @Column(name = "device_id")
    private String deviceId;

    @Column(name = "device_owner")
    private String deviceOwner;

    @Column(name = "port_security_enabled")
    private boolean portSecurityEnabled;

    @Column(name = "allowed_pairs")
    private String allowedPairs;

    @Column(name = "dns_name")
    private String dnsName;

    private String host;

    @Column(name = "vnic_type")
    private String vnicType;

    @Column(name = "binding_profile")
    private String bindingProfile;

    @Column(name = "made_for_server")
    private boolean madeForServer;

    @Transient
    private transient List<Address> addresses = List.of();

    @Transient
    private transient List<UUID> securityGroups = List.of();

    @Transient
    private transient Network network;

    protected Port() {}

    Port(UUID id, String projectId, Network network, PortRequest asked, String mac, Instant now) {
        super(id, projectId, asked.name(), asked.description(), now);
        this.networkId = network.id();
        this.network = network;
        this.mac = mac;
        this.adminStateUp = asked.adminStateUp().orElse(true);
        this.deviceId = asked.deviceId().orElse("");
        this.deviceOwner = asked.deviceOwner().orElse("");
        this.status = deviceOwner.equals(FLOATING_IP) ? "N/A" : "DOWN";
        this.portSecurityEnabled =
                asked.portSecurityEnabled().orElse(network.portSecurityEnabled()) && !isInfrastructure();
        this.allowedPairs = Json.write(asked.allowedPairs().orElse(List.of()));
        this.dnsName = asked.dnsName().orElse("");
        this.host = asked.host().filter(h -> !h.isEmpty()).orElse(null);
        this.vnicType = asked.vnicType().orElse("normal");
        this.bindingProfile = Json.write(asked.bindingProfile().orElse(Map.of()));
    }

    void change(PortRequest asked, Instant now) {
        asked.name().ifPresent(this::rename);
        asked.description().ifPresent(this::describe);
        adminStateUp = asked.adminStateUp().orElse(adminStateUp);
        mac = asked.mac().orElse(mac);
        deviceId = asked.deviceId().orElse(deviceId);
        deviceOwner = asked.deviceOwner().orElse(deviceOwner);
        portSecurityEnabled = asked.portSecurityEnabled().orElse(portSecurityEnabled);
        asked.allowedPairs().ifPresent(pairs -> allowedPairs = Json.write(pairs));
        dnsName = asked.dnsName().orElse(dnsName);
        asked.host().ifPresent(name -> host = name.isEmpty() ? null : name);
        vnicType = asked.vnicType().orElse(vnicType);
        asked.bindingProfile().ifPresent(profile -> bindingProfile = Json.write(profile));
        touch(now);
    }

    /** Gives the port to a device: a server, a router. */
    void belongTo(String device, String owner, Instant now) {
        deviceId = device;
        deviceOwner = owner;
        portSecurityEnabled = portSecurityEnabled && !isInfrastructure();
        touch(now);
    }

    void named(String name) {
        dnsName = name;
    }

    void madeForServer() {
        madeForServer = true;
    }

    void host(Optional<String> name, Instant now) {
        if (!Optional.ofNullable(host).equals(name)) {
            host = name.orElse(null);
            status = "DOWN";
            touch(now);
        }
    }

    Port with(Network itsNetwork, List<Address> itsAddresses, List<UUID> itsGroups) {
        network = itsNetwork;
        addresses = List.copyOf(itsAddresses);
        securityGroups = List.copyOf(itsGroups);
        return this;
    }

    /** What access rules ask about a port. */
    Map<String, Object> target() {
        Map<String, Object> target = new HashMap<>(Map.of("project_id", projectId(), "device_owner", deviceOwner));
        if (network != null) {
            target.put("network:tenant_id", network.projectId());
            target.put("shared", network.shared());
        }
        return target;
    }

    boolean isInfrastructure() {
        return deviceOwner.startsWith("network:");
    }

    boolean isMadeForServer() {
        return madeForServer;
    }

    public UUID networkId() {
        return networkId;
    }

    Network network() {
        return network;
    }

    public String mac() {
        return mac;
    }

    public boolean adminStateUp() {
        return adminStateUp;
    }

    /** {@code ACTIVE}, {@code DOWN}, {@code BUILD}; {@code N/A} for floating IPs. */
    public String status() {
        return status;
    }

    public String deviceId() {
        return deviceId;
    }

    public String deviceOwner() {
        return deviceOwner;
    }

    public boolean portSecurityEnabled() {
        return portSecurityEnabled;
    }

    public List<Pair> allowedPairs() {
        return Json.read(allowedPairs, new TypeReference<List<Pair>>() {});
    }

    public String dnsName() {
        return dnsName;
    }

    public Optional<String> host() {
        return Optional.ofNullable(host);
    }

    public String vnicType() {
        return vnicType;
    }

    public Map<String, Object> bindingProfile() {
        return Json.read(bindingProfile, new TypeReference<Map<String, Object>>() {});
    }

    public List<Address> addresses() {
        return addresses;
    }

    public List<UUID> securityGroups() {
        return securityGroups;
    }

    /** Owners whose ports the network API does not delete: their owner does. */
    static final Set<String> OWNED_BY_OTHERS = Set.of(ROUTER_INTERFACE, ROUTER_GATEWAY, FLOATING_IP, METADATA);

    /** A further address the guest may use. */
    public record Pair(String ip, String mac) {}
}
