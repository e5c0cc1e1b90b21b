package cloud.haneul.network;

import cloud.haneul.kernel.data.Json;
import cloud.haneul.network.Subnet.Route;
import com.fasterxml.jackson.core.type.TypeReference;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Joins a project's networks with one another and, by its gateway, with an external network. */
@Entity
@Table(name = "network_router")
public class Router extends Wired {
    @Column(name = "admin_state_up")
    private boolean adminStateUp;

    @Column(name = "gateway_network_id")
    private UUID gatewayNetworkId;

    @Column(name = "gateway_port_id")
    private UUID gatewayPortId;

    @Column(name = "enable_snat")
    private boolean enableSnat;

    private String routes;

    @Transient
    private transient List<Address> gatewayAddresses = List.of();

    protected Router() {}

    Router(UUID id, String projectId, RouterRequest asked, Instant now) {
        super(id, projectId, asked.name(), asked.description(), now);
        this.adminStateUp = asked.adminStateUp().orElse(true);
        this.enableSnat = true;
        this.routes = "[]";
    }

    void change(RouterRequest asked, Instant now) {
        asked.name().ifPresent(this::rename);
        asked.description().ifPresent(this::describe);
        adminStateUp = asked.adminStateUp().orElse(adminStateUp);
        asked.routes().ifPresent(list -> routes = Json.write(list));
        touch(now);
    }

    void gateway(Port port, boolean snat) {
        gatewayNetworkId = port.networkId();
        gatewayPortId = port.id();
        enableSnat = snat;
    }

    void snat(boolean on) {
        enableSnat = on;
    }

    void noGateway() {
        gatewayNetworkId = null;
        gatewayPortId = null;
        enableSnat = true;
    }

    Router with(List<Address> addresses) {
        gatewayAddresses = List.copyOf(addresses);
        return this;
    }

    Map<String, Object> target() {
        return Map.of("project_id", projectId());
    }

    public boolean adminStateUp() {
        return adminStateUp;
    }

    public Optional<UUID> gatewayNetworkId() {
        return Optional.ofNullable(gatewayNetworkId);
    }

    public Optional<UUID> gatewayPortId() {
        return Optional.ofNullable(gatewayPortId);
    }

    public boolean enableSnat() {
        return enableSnat;
    }

    public List<Route> routes() {
        return Json.read(routes, new TypeReference<List<Route>>() {});
    }

    public List<Address> gatewayAddresses() {
        return gatewayAddresses;
    }

    public String status() {
        return problem().isPresent() && adminStateUp ? "ERROR" : "ACTIVE";
    }
}
