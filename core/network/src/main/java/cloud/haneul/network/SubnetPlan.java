package cloud.haneul.network;

import cloud.haneul.kernel.Fault;
import cloud.haneul.network.Subnet.Pool;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a subnet's addresses will be used for, checked: prefix, gateway, pools. A pure function of the request. */
record SubnetPlan(Cidr cidr, Optional<Ip> gateway, List<Pool> pools) {
    private static final Set<String> MODES = Set.of("slaac", "dhcpv6-stateful", "dhcpv6-stateless");

    static SubnetPlan of(SubnetRequest asked) {
        String text = asked.cidr()
                .orElseThrow(() -> invalidInput("cidr", "a subnetpool must be specified in the absence of a cidr")
                        .type("BadRequest"));
        Cidr cidr = Cidr.parse(text)
                .filter(c -> text.indexOf('/') > 0)
                .orElseThrow(() -> Fault.badRequest(
                        "cidr", "Invalid input for cidr. Reason: '" + text + "' is not a valid IP subnet."));
        asked.ipVersion().filter(version -> version != cidr.version()).ifPresent(version -> {
            throw invalidInput("ip_version", "cidr '" + cidr + "' does not match the ip_version '" + version + "'");
        });
        checkModes(asked, cidr);
        checkUsable(asked, cidr);
        Optional<Ip> gateway =
                asked.gateway().isPresent() ? asked.gateway().get().map(SubnetPlan::ip) : Optional.of(cidr.firstHost());
        checkGateway(cidr, gateway, asked.gateway().isPresent());
        List<Pool> pools = asked.pools()
                .map(wanted -> checkedPools(cidr, gateway, wanted))
                .orElseGet(() -> usualPools(cidr, gateway));
        checkNames(asked, cidr);
        return new SubnetPlan(cidr, gateway, pools);
    }

    static SubnetPlan change(Subnet subnet, SubnetRequest asked) {
        Cidr cidr = Cidr.parse(subnet.cidr()).orElseThrow();
        Optional<Ip> gateway = asked.gateway().isPresent()
                ? asked.gateway().get().map(SubnetPlan::ip)
                : subnet.gateway().flatMap(Ip::parse);
        checkGateway(cidr, gateway, asked.gateway().isPresent());
        List<Pool> pools = asked.pools()
                .map(wanted -> checkedPools(cidr, gateway, wanted))
                .orElseGet(() -> {
                    if (asked.gateway().isPresent()) {
                        checkNotInPools(gateway, subnet.pools());
                    }
                    return subnet.pools();
                });
        checkNames(asked, cidr);
        return new SubnetPlan(cidr, gateway, pools);
    }

    private static void checkModes(SubnetRequest asked, Cidr cidr) {
        for (Optional<String> mode : List.of(asked.ipv6AddressMode(), asked.ipv6RaMode())) {
            mode.ifPresent(word -> {
                if (cidr.version() == 4) {
                    throw invalidInput("ipv6_address_mode", "ipv6_address_mode and ipv6_ra_mode are only for IPv6");
                }
                if (!MODES.contains(word)) {
                    throw Fault.badRequest(
                            "ipv6_address_mode",
                            "Invalid input for ipv6_address_mode. Reason: '" + word + "' is not in " + MODES + ".");
                }
                if (!asked.enableDhcp().orElse(true)) {
                    throw invalidInput(
                            "enable_dhcp",
                            "ipv6_ra_mode or ipv6_address_mode cannot be set when enable_dhcp is set to False");
                }
            });
        }
        if (asked.ipv6AddressMode().isPresent()
                && asked.ipv6RaMode().isPresent()
                && !asked.ipv6AddressMode().equals(asked.ipv6RaMode())) {
            throw invalidInput(
                    "ipv6_ra_mode",
                    "ipv6_ra_mode set to '" + asked.ipv6RaMode().get() + "' with ipv6_address_mode set to '"
                            + asked.ipv6AddressMode().get()
                            + "' is not valid. If both attributes are set, they must be the same value");
        }
        boolean selfAddressed = asked.ipv6AddressMode()
                .filter(m -> !m.equals("dhcpv6-stateful"))
                .isPresent();
        if (selfAddressed && cidr.prefix() != 64) {
            throw invalidInput(
                    "cidr",
                    "Invalid CIDR " + cidr
                            + " for IPv6 address mode. OpenStack uses the EUI-64 address format, which requires the prefix to be /64");
        }
    }

    private static void checkUsable(SubnetRequest asked, Cidr cidr) {
        Ip ip = cidr.network();
        boolean unusable = cidr.prefix() == 0
                || (ip.version() == 4 && (first(ip) == 127 || first(ip) >= 224 || first(ip) == 0))
                || (ip.version() == 6
                        && (ip.toString().startsWith("ff")
                                || ip.toString().startsWith("fe8")
                                || cidr.contains(Ip.parse("::1").orElseThrow())));
        if (unusable || Cidr.parse("169.254.169.254/32").orElseThrow().overlaps(cidr)) {
            throw invalidInput("cidr", "'" + cidr + "' cannot be the range of a subnet.");
        }
        if (asked.enableDhcp().orElse(true) && !cidr.hasReserved()) {
            throw invalidInput(
                    "cidr",
                    "Invalid CIDR " + cidr + ": Subnet with DHCP enabled needs a prefix that leaves host addresses.");
        }
    }

    private static int first(Ip ip) {
        return ip.value().shiftRight(24).intValue();
    }

    private static void checkGateway(Cidr cidr, Optional<Ip> gateway, boolean said) {
        gateway.ifPresent(ip -> {
            if (said && ip.version() != cidr.version()) {
                throw invalidInput(
                        "gateway_ip", "gateway_ip '" + ip + "' does not match the ip_version '" + cidr.version() + "'");
            }
            // an IPv6 gateway may be a link-local address
            if (!cidr.isHost(ip) && !(ip.version() == 6 && ip.toString().startsWith("fe80:"))) {
                throw invalidInput("gateway_ip", "Gateway IP " + ip + " is not valid on subnet " + cidr);
            }
        });
    }

    private static List<Pool> usualPools(Cidr cidr, Optional<Ip> gateway) {
        List<Pool> pools = new ArrayList<>();
        Ip first = cidr.firstHost();
        Ip last = cidr.lastHost();
        if (gateway.isPresent() && cidr.isHost(gateway.get())) {
            Ip middle = gateway.get();
            if (first.compareTo(middle) < 0) {
                pools.add(new Pool(first.toString(), middle.plus(-1).toString()));
            }
            first = middle.plus(1);
        }
        if (first.compareTo(last) <= 0) {
            pools.add(new Pool(first.toString(), last.toString()));
        }
        return pools;
    }

    private static List<Pool> checkedPools(Cidr cidr, Optional<Ip> gateway, List<Pool> wanted) {
        List<Pool> pools = new ArrayList<>();
        for (Pool pool : wanted) {
            Optional<Ip> start = Ip.parse(pool.start());
            Optional<Ip> end = Ip.parse(pool.end());
            if (start.isEmpty() || end.isEmpty() || start.get().compareTo(end.get()) > 0) {
                throw Fault.badRequest(
                                "allocation_pools",
                                "The allocation pool " + pool.start() + "-" + pool.end() + " is not valid.")
                        .type("InvalidAllocationPool");
            }
            if (!cidr.isHost(start.get()) || !cidr.isHost(end.get())) {
                throw Fault.badRequest(
                                "allocation_pools",
                                "The allocation pool " + pool.start() + "-" + pool.end()
                                        + " spans beyond the subnet cidr " + cidr + ".")
                        .type("OutOfBoundsAllocationPool");
            }
            for (Pool other : pools) {
                if (start.get().compareTo(Ip.parse(other.end()).orElseThrow()) <= 0
                        && Ip.parse(other.start()).orElseThrow().compareTo(end.get()) <= 0) {
                    throw Fault.conflict("Found overlapping allocation pools: " + other.start() + "-" + other.end()
                                    + ", " + pool.start() + "-" + pool.end() + " for subnet " + cidr + ".")
                            .type("OverlappingAllocationPools");
                }
            }
            pools.add(new Pool(start.get().toString(), end.get().toString()));
        }
        checkNotInPools(gateway, pools);
        return pools;
    }

    private static void checkNotInPools(Optional<Ip> gateway, List<Pool> pools) {
        for (Pool pool : pools) {
            if (gateway.isPresent()
                    && gateway.get().compareTo(Ip.parse(pool.start()).orElseThrow()) >= 0
                    && gateway.get().compareTo(Ip.parse(pool.end()).orElseThrow()) <= 0) {
                throw Fault.conflict("Gateway ip " + gateway.get() + " conflicts with allocation pool " + pool.start()
                                + "-" + pool.end() + ".")
                        .type("GatewayConflictWithAllocationPools");
            }
        }
    }

    private static void checkNames(SubnetRequest asked, Cidr cidr) {
        asked.dnsServers()
                .ifPresent(servers -> servers.forEach(server -> {
                    Ip ip = Ip.parse(server)
                            .orElseThrow(() -> Fault.badRequest(
                                    "dns_nameservers",
                                    "Invalid input for dns_nameservers. Reason: '" + server
                                            + "' is not a valid nameserver."));
                    if (ip.version() != cidr.version() && cidr.version() == 4) {
                        throw invalidInput(
                                "dns_nameservers", "dns_nameserver '" + server + "' does not match the ip_version '4'");
                    }
                }));
        if (asked.dnsServers().filter(servers -> servers.size() > 5).isPresent()) {
            throw Fault.badRequest(
                            "dns_nameservers",
                            "Unable to complete operation for subnet. The number of DNS nameservers exceeds the limit 5.")
                    .type("DNSNameServersExhausted");
        }
        asked.hostRoutes()
                .ifPresent(routes -> routes.forEach(route -> {
                    if (Cidr.parse(route.destination())
                                    .filter(c -> c.version() == cidr.version())
                                    .isEmpty()
                            || Ip.parse(route.nexthop())
                                    .filter(ip -> ip.version() == cidr.version())
                                    .isEmpty()) {
                        throw invalidInput(
                                "host_routes", "Invalid route: " + route.destination() + " via " + route.nexthop());
                    }
                }));
        if (asked.hostRoutes().filter(routes -> routes.size() > 20).isPresent()) {
            throw Fault.badRequest(
                            "host_routes",
                            "Unable to complete operation for subnet. The number of host routes exceeds the limit 20.")
                    .type("HostRoutesExhausted");
        }
    }

    private static Ip ip(String text) {
        return Ip.parse(text)
                .orElseThrow(() -> Fault.badRequest(
                        "gateway_ip",
                        "Invalid input for gateway_ip. Reason: '" + text + "' is not a valid IP address."));
    }

    private static Fault invalidInput(String field, String text) {
        return Fault.badRequest(field, "Invalid input for operation: " + text + ".")
                .type("InvalidInput");
    }
}
