package cloud.haneul.spi.network;

import cloud.haneul.spi.Driver;
import cloud.haneul.spi.compute.VifAttachment;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A network controller: layer 2 networks with DHCP, routers with NAT, security groups. Level-triggered: the core says what
 * should be ({@code ensure...}) with the whole specification and the driver brings the back end there. The core calls
 * referenced things first: networks and security groups before ports, networks before routers.
 */
public interface NetworkDriver extends Driver {

    NetworkCapabilities capabilities();

    /** A network with all its subnets; DHCP options of ports follow a changed subnet by themselves. */
    void ensureNetwork(NetworkSpec network);

    void removeNetwork(UUID network);

    void ensureSecurityGroup(SecurityGroupSpec group);

    void removeSecurityGroup(UUID group);

    /** A port with its addresses, anti-spoofing and security groups. */
    void ensurePort(PortSpec port);

    void removePort(UUID port);

    /** A router with its interfaces, gateway, routes and floating IPs. */
    void ensureRouter(RouterSpec router);

    void removeRouter(UUID router);

    /**
     * How a NIC for {@code port} is to be plugged on a host; the driver prepares the port for that host.
     *
     * @param networkHost {@code HostFacts.networkHost} of the host
     */
    VifAttachment attachment(UUID port, String networkHost);

    /** The port as the back end sees it; empty when there is none. */
    Optional<PortState> observePort(UUID port);

    /** Ids of everything this installation has in the back end, so that orphans can be found. */
    Inventory inventory();

    /** @param networks also routers, ports, groups: ids as the core gave them */
    record Inventory(Set<UUID> networks, Set<UUID> ports, Set<UUID> routers, Set<UUID> securityGroups) {}
}
