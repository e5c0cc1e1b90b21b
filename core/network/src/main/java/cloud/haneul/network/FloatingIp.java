package cloud.haneul.network;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** An address of an external network that a project holds and puts before a port of its own. Wired as part of its router. */
@Entity
@Table(name = "network_floating_ip")
public class FloatingIp extends Resource {
    @Column(name = "network_id", updatable = false)
    private UUID networkId;

    @Column(name = "own_port_id", updatable = false)
    private UUID ownPortId;

    @Column(name = "floating_ip", updatable = false)
    private String floatingIp;

    @Column(name = "fixed_port_id")
    private UUID fixedPortId;

    @Column(name = "fixed_ip")
    private String fixedIp;

    @Column(name = "router_id")
    private UUID routerId;

    private String status;

    @Column(name = "dns_domain")
    private String dnsDomain;

    @Column(name = "dns_name")
    private String dnsName;

    protected FloatingIp() {}

    FloatingIp(UUID id, String projectId, Optional<String> description, Port own, String floatingIp, Instant now) {
        super(id, projectId, description, now);
        this.networkId = own.networkId();
        this.ownPortId = own.id();
        this.floatingIp = floatingIp;
        this.status = "DOWN";
        this.dnsDomain = "";
        this.dnsName = "";
    }

    void associate(UUID port, String ip, UUID router, Instant now) {
        fixedPortId = port;
        fixedIp = ip;
        routerId = router;
        status = "ACTIVE";
        touch(now);
    }

    void disassociate(Instant now) {
        fixedPortId = null;
        fixedIp = null;
        routerId = null;
        status = "DOWN";
        touch(now);
    }

    Map<String, Object> target() {
        return Map.of("project_id", projectId());
    }

    /** The external network. */
    public UUID networkId() {
        return networkId;
    }

    UUID ownPortId() {
        return ownPortId;
    }

    public String floatingIp() {
        return floatingIp;
    }

    public Optional<UUID> fixedPortId() {
        return Optional.ofNullable(fixedPortId);
    }

    public Optional<String> fixedIp() {
        return Optional.ofNullable(fixedIp);
    }

    public Optional<UUID> routerId() {
        return Optional.ofNullable(routerId);
    }

    public String status() {
        return status;
    }

    public String dnsDomain() {
        return dnsDomain;
    }

    public String dnsName() {
        return dnsName;
    }
}
