package cloud.haneul.driver.ovn;

import cloud.haneul.spi.network.NetworkSpec;
import cloud.haneul.spi.network.NetworkSpec.Metadata;
import cloud.haneul.spi.network.NetworkSpec.Route;
import cloud.haneul.spi.network.NetworkSpec.SubnetSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What OVN's own DHCP servers tell the guests of a subnet. */
final class DhcpOptions {
    static final String METADATA_ADDRESS = "169.254.169.254";
    private static final String LEASE_SECONDS = "43200";

    private DhcpOptions() {}

    static Map<String, String> of(OvnSettings settings, NetworkSpec network, SubnetSpec subnet) {
        return Inet.isV6(subnet.cidr()) ? v6(settings, subnet) : v4(settings, network, subnet);
    }

    private static Map<String, String> v4(OvnSettings settings, NetworkSpec network, SubnetSpec subnet) {
        Map<String, String> options = new TreeMap<>();
        options.put("server_id", server(network, subnet));
        options.put("server_mac", mac(subnet));
        options.put("lease_time", LEASE_SECONDS);
        options.put("mtu", Integer.toString(network.mtu()));
        subnet.gateway().ifPresent(gateway -> options.put("router", Inet.ip(gateway)));
        nameServers(settings, subnet, false).ifPresent(servers -> options.put("dns_server", servers));
        settings.dnsDomain().ifPresent(domain -> options.put("domain_name", quoted(domain)));
        routes(settings, network, subnet).ifPresent(routes -> options.put("classless_static_route", routes));
        return options;
    }

    /** A text as OVN wants it: the value goes into the text of a logical flow as it is. */
    static String quoted(String text) {
        return '"' + text + '"';
    }

    private static Map<String, String> v6(OvnSettings settings, SubnetSpec subnet) {
        Map<String, String> options = new TreeMap<>();
        options.put("server_id", mac(subnet));
        nameServers(settings, subnet, true).ifPresent(servers -> options.put("dns_server", servers));
        settings.dnsDomain().ifPresent(domain -> options.put("domain_search", quoted(domain)));
        return options;
    }

    private static String server(NetworkSpec network, SubnetSpec subnet) {
        if (!subnet.dhcpServer().isEmpty()) {
            return Inet.ip(subnet.dhcpServer());
        }
        return subnet.gateway()
                .or(() -> network.metadata()
                        .map(Metadata::address)
                        .filter(address -> Inet.contains(subnet.cidr(), address)))
                .map(Inet::ip)
                .orElse("1.0.0.1");
    }

    /** OVN answers in the name of a machine that is not there; its MAC must be nobody else's and always the same. */
    private static String mac(SubnetSpec subnet) {
        String digits = subnet.id().toString();
        return "fa:16:3f:" + digits.substring(0, 2) + ":" + digits.substring(2, 4) + ":" + digits.substring(4, 6);
    }

    private static Optional<String> nameServers(OvnSettings settings, SubnetSpec subnet, boolean v6) {
        List<String> servers = (subnet.dnsServers().isEmpty() ? settings.dnsServers() : subnet.dnsServers())
                .stream()
                        .map(Inet::ip)
                        .filter(server -> Inet.isV6(server) == v6)
                        .toList();
        return servers.isEmpty() ? Optional.empty() : Optional.of("{" + String.join(", ", servers) + "}");
    }

    /** A guest that is told routes ignores the router, so the default route is repeated among them. */
    private static Optional<String> routes(OvnSettings settings, NetworkSpec network, SubnetSpec subnet) {
        List<Route> routes = new ArrayList<>();
        if (settings.metadata()) {
            network.metadata().ifPresent(metadata -> routes.add(metadataRoute(subnet, metadata)));
        }
        routes.addAll(subnet.hostRoutes());
        if (routes.isEmpty()) {
            return Optional.empty();
        }
        subnet.gateway().ifPresent(gateway -> routes.add(new Route("0.0.0.0/0", gateway)));
        return Optional.of(routes.stream()
                .map(route -> Inet.cidr(route.destination()) + "," + Inet.ip(route.nextHop()))
                .collect(Collectors.joining(", ", "{", "}")));
    }

    private static Route metadataRoute(SubnetSpec subnet, Metadata metadata) {
        // from another subnet of the network the metadata port is on the same wire, but not a neighbour: 0.0.0.0 says
        // "on this link"
        String hop = Inet.contains(subnet.cidr(), metadata.address()) ? metadata.address() : "0.0.0.0";
        return new Route(METADATA_ADDRESS + "/32", hop);
    }
}
