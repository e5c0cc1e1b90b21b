package cloud.haneul.network;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Ids;
import cloud.haneul.kernel.PublicAddress;
import cloud.haneul.kernel.Setting;
import cloud.haneul.spi.network.NetworkSpec;
import cloud.haneul.spi.network.PortSpec;
import cloud.haneul.spi.network.RouterSpec;
import cloud.haneul.spi.network.SecurityGroupSpec;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Rows as the driver's specifications; a constant number of queries for any number of them. */
@Component
class NetworkSpecs {
    static final Setting<String> METADATA_ENDPOINT = Setting.text(
            "haneul.metadata.endpoint",
            "",
            "host:port under which network hosts reach this cloud's metadata service; this machine's own port when empty.");

    private final MetadataSecret secret;

    @Inject
    NetworkSpecs(MetadataSecret secret) {
        this.secret = secret;
    }

    private static String endpoint() {
        String configured = METADATA_ENDPOINT.get();
        return configured.isEmpty() ? "127.0.0.1:" + PublicAddress.PORT.get() : configured;
    }

    List<NetworkSpec> networks(EntityManager em, List<Network> networks) {
        List<UUID> ids = ids(networks);
        Map<UUID, List<Subnet>> subnets = em.createQuery(
                        "select s from Subnet s where s.networkId in :ids order by s.createdAt, s.id", Subnet.class)
                .setParameter("ids", ids)
                .getResultStream()
                .collect(Collectors.groupingBy(Subnet::networkId));
        Map<UUID, Port> metadata = new HashMap<>();
        Finder.load(
                        em,
                        em.createQuery(
                                        "select p from Port p where p.networkId in :ids and p.deviceOwner = :o",
                                        Port.class)
                                .setParameter("ids", ids)
                                .setParameter("o", Port.METADATA)
                                .getResultList())
                .forEach(port -> metadata.put(port.networkId(), port));
        return networks.stream()
                .map(n ->
                        network(n, subnets.getOrDefault(n.id(), List.of()), Optional.ofNullable(metadata.get(n.id()))))
                .toList();
    }

    private NetworkSpec network(Network network, List<Subnet> subnets, Optional<Port> metadata) {
        return new NetworkSpec(
                network.id(),
                network.name(),
                network.projectId(),
                network.networkType(),
                network.physicalNetwork(),
                network.segmentationId(),
                network.mtu(),
                network.adminStateUp(),
                network.external(),
                subnets.stream().map(s -> subnet(s, metadata)).toList(),
                metadata.flatMap(port ->
                        port.addresses().stream().findFirst().map(address -> metadata(port, address, subnets))));
    }

    private NetworkSpec.Metadata metadata(Port port, Address address, List<Subnet> subnets) {
        int prefix = subnets.stream()
                .filter(s -> s.id().equals(address.subnetId()))
                .map(s -> Cidr.parse(s.cidr()).orElseThrow().prefix())
                .findFirst()
                .orElse(24);
        return new NetworkSpec.Metadata(port.id(), address.ip(), prefix, port.mac(), endpoint(), secret.secret());
    }

    private static NetworkSpec.SubnetSpec subnet(Subnet subnet, Optional<Port> metadata) {
        String dhcpServer = subnet.gateway()
                .or(() -> metadata.flatMap(port -> port.addresses().stream()
                        .filter(a -> a.subnetId().equals(subnet.id()))
                        .map(Address::ip)
                        .findFirst()))
                .orElseGet(() ->
                        Cidr.parse(subnet.cidr()).orElseThrow().firstHost().toString());
        return new NetworkSpec.SubnetSpec(
                subnet.id(),
                subnet.cidr(),
                subnet.gateway(),
                subnet.enableDhcp(),
                subnet.dnsServers(),
                routes(subnet.hostRoutes()),
                dhcpServer);
    }

    List<SecurityGroupSpec> groups(EntityManager em, List<SecurityGroup> groups) {
        Map<UUID, List<SecurityRule>> rules = SecurityGroups.rules(em, ids(groups));
        return groups.stream()
                .map(group -> new SecurityGroupSpec(
                        group.id(),
                        group.name(),
                        group.projectId(),
                        rules.getOrDefault(group.id(), List.of()).stream()
                                .map(NetworkSpecs::rule)
                                .toList()))
                .toList();
    }

    private static SecurityGroupSpec.Rule rule(SecurityRule rule) {
        return new SecurityGroupSpec.Rule(
                rule.id(),
                rule.direction().equals("ingress"),
                rule.etherType().equals("IPv6"),
                rule.protocol().map(Protocols::number),
                rule.portMin(),
                rule.portMax(),
                rule.remotePrefix(),
                rule.remoteGroup());
    }

    List<PortSpec> ports(EntityManager em, List<Port> ports) {
        return Finder.load(em, ports).stream()
                .map(port -> new PortSpec(
                        port.id(),
                        port.networkId(),
                        port.projectId(),
                        port.mac(),
                        port.addresses().stream()
                                .map(a -> new PortSpec.Address(a.subnetId(), a.ip()))
                                .toList(),
                        port.adminStateUp(),
                        port.portSecurityEnabled(),
                        new HashSet<>(port.securityGroups()),
                        port.allowedPairs().stream()
                                .map(pair -> new PortSpec.AllowedPair(
                                        pair.mac().isEmpty() ? port.mac() : pair.mac(), pair.ip()))
                                .toList(),
                        port.host(),
                        Optional.of(port.dnsName()).filter(name -> !name.isEmpty())))
                .toList();
    }

    List<RouterSpec> routers(EntityManager em, List<Router> routers) {
        List<UUID> ids = ids(routers);
        List<Port> ports = Finder.load(
                em,
                em.createQuery(
                                "select p from Port p where p.deviceId in :ids and p.deviceOwner in :owners and p.deleting = false"
                                        + " order by p.createdAt, p.id",
                                Port.class)
                        .setParameter("ids", ids.stream().map(UUID::toString).toList())
                        .setParameter("owners", List.of(Port.ROUTER_INTERFACE, Port.ROUTER_GATEWAY))
                        .getResultList());
        Map<UUID, List<Port>> byRouter = ports.stream().collect(Collectors.groupingBy(port -> Ids.parse(port.deviceId())
                .orElseThrow()));
        Set<UUID> subnetIds = new HashSet<>();
        ports.forEach(port -> port.addresses().forEach(a -> subnetIds.add(a.subnetId())));
        Map<UUID, Subnet> subnets = Finder.byId(em, Subnet.class, subnetIds);
        Map<UUID, List<RouterSpec.FloatingIp>> floating = floating(em, ids);
        return routers.stream()
                .map(router -> router(
                        router,
                        byRouter.getOrDefault(router.id(), List.of()),
                        subnets,
                        floating.getOrDefault(router.id(), List.of())))
                .toList();
    }

    private static RouterSpec router(
            Router router, List<Port> ports, Map<UUID, Subnet> subnets, List<RouterSpec.FloatingIp> floating) {
        List<RouterSpec.Interface> interfaces = new ArrayList<>();
        List<String> inside = new ArrayList<>();
        Optional<RouterSpec.Gateway> gateway = Optional.empty();
        for (Port port : ports) {
            if (port.deviceOwner().equals(Port.ROUTER_INTERFACE)) {
                interfaces.add(
                        new RouterSpec.Interface(port.id(), port.networkId(), port.mac(), withPrefix(port, subnets)));
                port.addresses().stream()
                        .map(a -> subnets.get(a.subnetId()))
                        .filter(s -> s.ipVersion() == 4)
                        .map(Subnet::cidr)
                        .forEach(inside::add);
            }
        }
        for (Port port : ports) {
            if (router.gatewayPortId().equals(Optional.of(port.id()))) {
                gateway = Optional.of(new RouterSpec.Gateway(
                        port.id(),
                        port.networkId(),
                        port.mac(),
                        withPrefix(port, subnets),
                        port.addresses().stream()
                                .map(a -> subnets.get(a.subnetId()).gateway())
                                .flatMap(Optional::stream)
                                .findFirst(),
                        router.enableSnat(),
                        inside));
            }
        }
        return new RouterSpec(
                router.id(),
                router.name(),
                router.projectId(),
                router.adminStateUp(),
                interfaces,
                gateway,
                routes(router.routes()),
                gateway.isPresent() ? floating : List.of());
    }

    private static Map<UUID, List<RouterSpec.FloatingIp>> floating(EntityManager em, List<UUID> routers) {
        Map<UUID, List<RouterSpec.FloatingIp>> result = new HashMap<>();
        for (Object[] row : em.createQuery(
                        "select f, p.mac from FloatingIp f, Port p where f.routerId in :ids and p.id = f.ownPortId order by f.createdAt, f.id",
                        Object[].class)
                .setParameter("ids", routers)
                .getResultList()) {
            FloatingIp f = (FloatingIp) row[0];
            result.computeIfAbsent(f.routerId().orElseThrow(), id -> new ArrayList<>())
                    .add(new RouterSpec.FloatingIp(
                            f.id(),
                            f.floatingIp(),
                            f.fixedIp().orElseThrow(),
                            f.fixedPortId().orElseThrow(),
                            (String) row[1]));
        }
        return result;
    }

    private static List<String> withPrefix(Port port, Map<UUID, Subnet> subnets) {
        return port.addresses().stream()
                .map(a -> a.ip() + "/"
                        + Cidr.parse(subnets.get(a.subnetId()).cidr())
                                .orElseThrow()
                                .prefix())
                .toList();
    }

    private static List<NetworkSpec.Route> routes(List<Subnet.Route> routes) {
        return routes.stream()
                .map(r -> new NetworkSpec.Route(r.destination(), r.nexthop()))
                .toList();
    }

    private static List<UUID> ids(Collection<? extends Resource> rows) {
        Function<Resource, UUID> id = Resource::id;
        return rows.stream().map(id).toList();
    }
}
