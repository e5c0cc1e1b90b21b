package cloud.haneul.spi.network;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A router with everything on it. */
public record RouterSpec(
        UUID id,
        String name,
        String projectId,
        boolean adminStateUp,
        List<Interface> interfaces,
        Optional<Gateway> gateway,
        List<NetworkSpec.Route> routes,
        List<FloatingIp> floatingIps) {
    public RouterSpec {
        interfaces = List.copyOf(interfaces);
        routes = List.copyOf(routes);
        floatingIps = List.copyOf(floatingIps);
    }

    /** @param addresses with prefix length, such as {@code 10.0.0.1/24} */
    public record Interface(UUID port, UUID network, String mac, List<String> addresses) {
        public Interface {
            addresses = List.copyOf(addresses);
        }
    }

    /**
     * @param port the gateway port on the external network
     * @param addresses with prefix length; the first is what source NAT shows
     * @param nextHop the external subnet's gateway
     * @param snat whether inside addresses are translated
     * @param snatCidrs the inside networks that are
     */
    public record Gateway(
            UUID port,
            UUID network,
            String mac,
            List<String> addresses,
            Optional<String> nextHop,
            boolean snat,
            List<String> snatCidrs) {
        public Gateway {
            addresses = List.copyOf(addresses);
            snatCidrs = List.copyOf(snatCidrs);
        }
    }

    public record FloatingIp(UUID id, String floatingIp, String fixedIp, UUID fixedPort, String floatingMac) {}
}
