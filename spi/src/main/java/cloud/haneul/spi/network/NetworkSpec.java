package cloud.haneul.spi.network;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * @param segmentationId VLAN id or tunnel key where the type has one
 * @param mtu in bytes
 * @param adminStateUp when false no packet passes
 * @param metadata whether guests of this network reach the metadata service at 169.254.169.254
 */
public record NetworkSpec(
        UUID id,
        String name,
        String projectId,
        String type,
        Optional<String> physicalNetwork,
        Optional<Integer> segmentationId,
        int mtu,
        boolean adminStateUp,
        boolean external,
        List<SubnetSpec> subnets,
        Optional<Metadata> metadata) {
    public NetworkSpec {
        subnets = List.copyOf(subnets);
    }

    /**
     * A subnet; IPv4 or IPv6 by its CIDR.
     *
     * @param gateway the router's address in it
     * @param dhcpServer address the DHCP server answers from, when DHCP is on
     */
    public record SubnetSpec(
            UUID id,
            String cidr,
            Optional<String> gateway,
            boolean dhcp,
            List<String> dnsServers,
            List<Route> hostRoutes,
            String dhcpServer) {
        public SubnetSpec {
            dnsServers = List.copyOf(dnsServers);
            hostRoutes = List.copyOf(hostRoutes);
        }
    }

    public record Route(String destination, String nextHop) {}

    /**
     * Where metadata requests of this network's guests are to be sent. The driver adds the headers
     * {@code X-Forwarded-For} (the guest's address), {@code X-Haneul-Network} (the network's id) and {@code X-Haneul-Secret}.
     *
     * @param address the metadata port's own address in the network, from which 169.254.169.254 is served
     * @param mac the metadata port's MAC
     * @param endpoint host:port of the metadata service on the controller
     */
    public record Metadata(
            UUID port, String address, int prefixLength, String mac, String endpoint, cloud.haneul.spi.Secret secret) {}
}
