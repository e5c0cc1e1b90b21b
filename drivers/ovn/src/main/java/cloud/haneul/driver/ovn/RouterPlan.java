package cloud.haneul.driver.ovn;

import static cloud.haneul.driver.ovn.Tables.GATEWAY_CHASSIS;
import static cloud.haneul.driver.ovn.Tables.NAT;
import static cloud.haneul.driver.ovn.Tables.ROUTE;
import static cloud.haneul.driver.ovn.Tables.ROUTER;
import static cloud.haneul.driver.ovn.Tables.ROUTER_PORT;
import static cloud.haneul.driver.ovn.Tables.SWITCH;
import static cloud.haneul.driver.ovn.Tables.SWITCH_PORT;
import static cloud.haneul.driver.ovn.Values.set;

import cloud.haneul.driver.ovn.Plan.Part;
import cloud.haneul.spi.DriverException;
import cloud.haneul.spi.DriverException.Code;
import cloud.haneul.spi.network.NetworkSpec.Route;
import cloud.haneul.spi.network.RouterSpec;
import cloud.haneul.spi.network.RouterSpec.FloatingIp;
import cloud.haneul.spi.network.RouterSpec.Gateway;
import cloud.haneul.spi.network.RouterSpec.Interface;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;

/**
 * A router: a logical router with a port for each interface and its peer on the network's switch; a gateway port that one of
 * some chassis serves at a time; its routes; and translation of addresses on the gateway's chassis.
 */
final class RouterPlan {
    private final OvnSettings settings;
    private final RouterSpec router;
    private final Rows rows;
    private final Function<Optional<String>, List<String>> gatewayChassis;
    private final Plan plan;
    private final Set<Object> ports = new LinkedHashSet<>();
    private final Set<Object> routes = new LinkedHashSet<>();
    private final Set<Object> translations = new LinkedHashSet<>();

    private RouterPlan(
            OvnSettings settings,
            RouterSpec router,
            Rows rows,
            Function<Optional<String>, List<String>> gatewayChassis) {
        this.settings = settings;
        this.router = router;
        this.rows = rows;
        this.gatewayChassis = gatewayChassis;
        this.plan = new Plan("ensure router", settings.installation(), router.id());
    }

    /** @param gatewayChassis chassis that can serve a gateway to the physical network, best first */
    static Transaction of(
            OvnSettings settings,
            RouterSpec router,
            Rows rows,
            Function<Optional<String>, List<String>> gatewayChassis) {
        return new RouterPlan(settings, router, rows, gatewayChassis).toward();
    }

    private Transaction toward() {
        router.interfaces().forEach(this::addInterface);
        router.gateway().ifPresent(this::addGateway);
        router.routes().forEach(this::addRoute);
        router.floatingIps().forEach(this::addFloatingIp);
        plan.want(
                ROUTER,
                "",
                Map.of(
                        "name",
                        set("haneul-" + router.id()),
                        "enabled",
                        set(router.adminStateUp()),
                        "options",
                        Map.of("always_learn_from_arp_request", "false", "dynamic_neigh_routers", "true"),
                        "ports",
                        ports,
                        "static_routes",
                        routes,
                        "nat",
                        translations),
                Map.of(Marks.NAME, router.name(), Marks.PROJECT, router.projectId()));
        return plan.toward(rows);
    }

    private void addInterface(Interface inside) {
        Row network = network(inside.network());
        Map<String, String> options = new TreeMap<>();
        if (router.gateway().isPresent()
                && network.mark(Marks.PHYSICAL_NETWORK).isPresent()
                && !settings.distributedFloatingIps()) {
            // else the router would answer on the wire from every chassis with the same MAC
            options.put("reside-on-redirect-chassis", "true");
        }
        ports.add(routerPort(inside.port(), inside.mac(), inside.addresses(), options, set()));
        peer(inside.port(), network, Map.of());
    }

    private void addGateway(Gateway gateway) {
        Row network = network(gateway.network());
        int mtu = mtu(network);
        Map<String, String> options = new TreeMap<>();
        if (router.interfaces().stream().anyMatch(inside -> mtu(network(inside.network())) > mtu)) {
            options.put("gateway_mtu", Integer.toString(mtu));
        }
        Set<Object> chassis = new LinkedHashSet<>();
        List<String> candidates = gatewayChassis.apply(network.mark(Marks.PHYSICAL_NETWORK));
        for (int i = 0; i < candidates.size(); i++) {
            String name = candidates.get(i);
            chassis.add(plan.want(
                    GATEWAY_CHASSIS,
                    "chassis:" + name,
                    Map.of(
                            "name", set(routerPortName(gateway.port()) + "_" + name),
                            "chassis_name", set(name),
                            "priority", set((long) candidates.size() - i))));
        }
        ports.add(routerPort(gateway.port(), gateway.mac(), gateway.addresses(), options, chassis));
        // the chassis that takes over tells the physical network so for all addresses the router has there
        peer(gateway.port(), network, Map.of("nat-addresses", "router", "exclude-lb-vips-from-garp", "true"));
        gateway.nextHop()
                .ifPresent(hop -> routes.add(plan.want(
                        ROUTE,
                        "route:default",
                        Map.of(
                                "ip_prefix", set(Inet.isV6(Inet.ip(hop)) ? "::/0" : "0.0.0.0/0"),
                                "nexthop", set(hop),
                                "output_port", set(routerPortName(gateway.port()))))));
        if (gateway.snat()) {
            gateway.snatCidrs().stream().filter(cidr -> !Inet.isV6(cidr)).forEach(cidr -> addSourceNat(gateway, cidr));
        }
    }

    private void addSourceNat(Gateway gateway, String cidr) {
        String outside = address(gateway.addresses().stream()
                .filter(address -> !Inet.isV6(address))
                .findFirst()
                .orElseThrow(
                        () -> DriverException.of(Code.INVALID, "Source NAT needs an IPv4 address of the gateway.")));
        translations.add(plan.want(
                NAT,
                "snat:" + cidr,
                Map.of("type", set("snat"), "external_ip", set(Inet.ip(outside)), "logical_ip", set(Inet.cidr(cidr)))));
    }

    private void addRoute(Route route) {
        routes.add(plan.want(
                ROUTE,
                "route:" + route.destination() + " " + route.nextHop(),
                Map.of("ip_prefix", set(Inet.cidr(route.destination())), "nexthop", set(Inet.ip(route.nextHop())))));
    }

    private void addFloatingIp(FloatingIp floating) {
        if (router.gateway().isEmpty()) {
            throw DriverException.of(
                    Code.INVALID,
                    "The router needs a gateway before it can have the floating IP " + floating.floatingIp() + ".");
        }
        Map<String, Object> columns = new TreeMap<>();
        columns.put("type", set("dnat_and_snat"));
        columns.put("external_ip", set(Inet.ip(floating.floatingIp())));
        columns.put("logical_ip", set(Inet.ip(floating.fixedIp())));
        boolean distributed = settings.distributedFloatingIps();
        columns.put("logical_port", distributed ? set(floating.fixedPort().toString()) : set());
        columns.put("external_mac", distributed ? set(Inet.mac(floating.floatingMac())) : set());
        translations.add(plan.want(NAT, "floating:" + floating.id(), columns));
    }

    // ---- ports

    private static String routerPortName(UUID port) {
        return "lrp-" + port;
    }

    private Part routerPort(
            UUID port, String mac, List<String> addresses, Map<String, String> options, Set<Object> chassis) {
        Set<Object> networks = new LinkedHashSet<>();
        addresses.forEach(address -> networks.add(Inet.cidr(address)));
        boolean v6 = addresses.stream().anyMatch(Inet::isV6);
        Map<String, Object> columns = new TreeMap<>();
        columns.put("name", set(routerPortName(port)));
        columns.put("mac", set(Inet.mac(mac)));
        columns.put("networks", networks);
        columns.put("options", options);
        columns.put("gateway_chassis", chassis);
        // guests take their address from DHCPv6 and learn the router from what it announces
        columns.put(
                "ipv6_ra_configs",
                v6 && chassis.isEmpty()
                        ? Map.of("address_mode", "dhcpv6_stateful", "send_periodic", "true")
                        : Map.of());
        return plan.want(ROUTER_PORT, "port:" + port, columns);
    }

    private void peer(UUID port, Row network, Map<String, String> more) {
        Map<String, String> options = new TreeMap<>(more);
        options.put("router-port", routerPortName(port));
        Part peer = plan.want(
                SWITCH_PORT,
                "peer:" + port,
                Map.of(
                        "name",
                        set(port.toString()),
                        "type",
                        set("router"),
                        "addresses",
                        set("router"),
                        "options",
                        options),
                Map.of(Marks.NETWORK, Marks.owner(network).orElseThrow().toString()));
        plan.plug(peer, network);
    }

    private Row network(UUID id) {
        return rows.first(SWITCH, id.toString())
                .orElseThrow(() -> DriverException.of(Code.NOT_FOUND, "The network " + id + " is not in OVN."));
    }

    private static int mtu(Row network) {
        return Integer.parseInt(network.mark(Marks.MTU).orElse("0"));
    }

    private static String address(String withPrefix) {
        int slash = withPrefix.indexOf('/');
        return slash < 0 ? withPrefix : withPrefix.substring(0, slash);
    }
}
