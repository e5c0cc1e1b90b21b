package cloud.haneul.network;

import cloud.haneul.kernel.data.Json;
import com.fasterxml.jackson.core.type.TypeReference;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A range of addresses of a network, IPv4 or IPv6, of which the pools are given to ports. */
@Entity
@Table(name = "network_subnet")
public class Subnet extends Resource {
    private String name;

    @Column(name = "network_id", updatable = false)
    private UUID networkId;

    @Column(updatable = false)
    private String cidr;

    @Column(name = "ip_version", updatable = false)
    private int ipVersion;

    private String gateway;

    @Column(name = "enable_dhcp")
    private boolean enableDhcp;

    @Column(name = "dns_servers")
    private String dnsServers;

    @Column(name = "host_routes")
    private String hostRoutes;

    private String pools;

    @Column(name = "ipv6_address_mode", updatable = false)
    private String ipv6AddressMode;

    @Column(name = "ipv6_ra_mode", updatable = false)
    private String ipv6RaMode;

    @Transient
    private transient Network network;

    protected Subnet() {}

    Subnet(
            UUID id,
            String projectId,
            UUID networkId,
            SubnetRequest asked,
            Cidr cidr,
            Optional<Ip> gateway,
            List<Pool> pools,
            Instant now) {
        super(id, projectId, asked.description(), now);
        this.name = asked.name().orElse("");
        this.networkId = networkId;
        this.cidr = cidr.toString();
        this.ipVersion = cidr.version();
        this.gateway = gateway.map(Ip::toString).orElse(null);
        this.enableDhcp = asked.enableDhcp().orElse(true);
        this.dnsServers = Json.write(asked.dnsServers().orElse(List.of()));
        this.hostRoutes = Json.write(asked.hostRoutes().orElse(List.of()));
        this.pools = Json.write(pools);
        this.ipv6AddressMode = asked.ipv6AddressMode().orElse(null);
        this.ipv6RaMode = asked.ipv6RaMode().orElse(null);
    }

    void change(SubnetRequest asked, Optional<Ip> newGateway, List<Pool> newPools, Instant now) {
        name = asked.name().orElse(name);
        asked.description().ifPresent(this::describe);
        gateway = newGateway.map(Ip::toString).orElse(null);
        enableDhcp = asked.enableDhcp().orElse(enableDhcp);
        asked.dnsServers().ifPresent(servers -> dnsServers = Json.write(servers));
        asked.hostRoutes().ifPresent(routes -> hostRoutes = Json.write(routes));
        pools = Json.write(newPools);
        touch(now);
    }

    Subnet of(Network itsNetwork) {
        network = itsNetwork;
        return this;
    }

    /** Whether guests make their addresses themselves from the prefix and their MAC. */
    boolean isSelfAddressed() {
        return "slaac".equals(ipv6AddressMode) || "dhcpv6-stateless".equals(ipv6AddressMode);
    }

    public String name() {
        return name;
    }

    public UUID networkId() {
        return networkId;
    }

    /** The network it is part of, as far as access rules and views need it. */
    Network network() {
        return network;
    }

    public String cidr() {
        return cidr;
    }

    public int ipVersion() {
        return ipVersion;
    }

    public Optional<String> gateway() {
        return Optional.ofNullable(gateway);
    }

    public boolean enableDhcp() {
        return enableDhcp;
    }

    public List<String> dnsServers() {
        return Json.read(dnsServers, new TypeReference<List<String>>() {});
    }

    public List<Route> hostRoutes() {
        return Json.read(hostRoutes, new TypeReference<List<Route>>() {});
    }

    public List<Pool> pools() {
        return Json.read(pools, new TypeReference<List<Pool>>() {});
    }

    public Optional<String> ipv6AddressMode() {
        return Optional.ofNullable(ipv6AddressMode);
    }

    public Optional<String> ipv6RaMode() {
        return Optional.ofNullable(ipv6RaMode);
    }

    /** From the first to the last address, both included. */
    public record Pool(String start, String end) {}

    public record Route(String destination, String nexthop) {}
}
