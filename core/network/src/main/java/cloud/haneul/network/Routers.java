package cloud.haneul.network;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.Ids;
import cloud.haneul.kernel.access.Access;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.quota.Quotas;
import cloud.haneul.network.PortRequest.Fixed;
import cloud.haneul.network.RouterRequest.Gateway;
import cloud.haneul.network.Subnet.Route;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Routers with their gateways, interfaces and routes. Whoever changes what hangs on a router holds its row. */
@Component
public class Routers {
    private static final int MAX_ROUTES = 30;
    private static final Listing<Router> LISTING =
            Listing.of(Router.class).text("name", "name", Router::name).flag("admin_state_up", "adminStateUp");

    private final Database database;
    private final Access access;
    private final Quotas quotas;
    private final Finder finder;
    private final PortMaker ports;
    private final Changes changes;
    private final Clock clock;

    @Inject
    Routers(
            Database database,
            Access access,
            Quotas quotas,
            Finder finder,
            PortMaker ports,
            Changes changes,
            Clock clock) {
        this.database = database;
        this.access = access;
        this.quotas = quotas;
        this.finder = finder;
        this.ports = ports;
        this.changes = changes;
        this.clock = clock;
    }

    /** What adding or removing an interface tells. */
    public record Interface(UUID router, String projectId, UUID port, UUID network, List<UUID> subnets) {}

    public Router create(Caller caller, RouterRequest asked) {
        String project = Owners.of(caller, asked.projectId());
        access.requireWith(caller, "create_router", asked.guarded(), Map.of("project_id", project));
        return database.writeRetrying(em -> {
            quotas.reserve(project, Map.of("router", 1L));
            Router router = new Router(Ids.newId(), project, asked, clock.instant());
            em.persist(router);
            em.flush();
            asked.gateway().ifPresent(wanted -> wanted.ifPresent(to -> setGateway(em, caller, router, to)));
            em.flush();
            changes.made(caller, "create_router", router, router.name());
            changes.wire(router);
            return load(em, List.of(router)).get(0);
        });
    }

    public List<Router> list(Caller caller, ListQuery query) {
        boolean all = access.allowed(caller, "get_router", Map.of("project_id", Owners.NOBODY));
        return database.read(em -> {
            List<Router> rows = LISTING.page(
                    em,
                    "r.deleting = false" + (all ? "" : " and r.projectId = :own"),
                    all ? Map.of() : Map.of("own", Owners.own(caller)),
                    query);
            rows.removeIf(router -> !access.allowed(caller, "get_router", router.target()));
            return load(em, rows);
        });
    }

    public Router show(Caller caller, UUID id) {
        return database.read(
                em -> load(em, List.of(finder.router(em, caller, id))).get(0));
    }

    public Router update(Caller caller, UUID id, RouterRequest asked) {
        return database.writeRetrying(em -> {
            access.requireWith(
                    caller,
                    "update_router",
                    asked.guarded(),
                    finder.router(em, caller, id).target());
            Router router = finder.lockRouter(em, caller, id);
            asked.gateway()
                    .ifPresent(wanted -> wanted.ifPresentOrElse(
                            to -> setGateway(em, caller, router, to), () -> removeGateway(em, router)));
            asked.routes().ifPresent(routes -> checkRoutes(em, router, routes));
            router.change(asked, clock.instant());
            em.flush();
            changes.made(caller, "update_router", router, router.name());
            changes.wire(router);
            return load(em, List.of(router)).get(0);
        });
    }

    /** @throws Fault CONFLICT while it has interfaces */
    public void delete(Caller caller, UUID id) {
        database.writeRetrying(em -> {
            access.require(
                    caller, "delete_router", finder.router(em, caller, id).target());
            Router router = finder.lockRouter(em, caller, id);
            if (!interfaces(em, id).isEmpty()) {
                throw Fault.conflict("Router " + id + " still has ports").type("RouterInUse");
            }
            removeGateway(em, router);
            router.beginDeleting(clock.instant());
            quotas.release(router.projectId(), Map.of("router", 1L));
            changes.made(caller, "delete_router", router, router.name());
            changes.wire(router);
            return null;
        });
    }

    /** Joins a subnet by its gateway address. */
    public Interface addSubnet(Caller caller, UUID routerId, UUID subnetId) {
        return database.writeRetrying(em -> {
            access.require(
                    caller,
                    "add_router_interface",
                    finder.router(em, caller, routerId).target());
            Router router = finder.lockRouter(em, caller, routerId);
            Subnet subnet = finder.subnet(em, caller, subnetId);
            String gateway =
                    subnet.gateway().orElseThrow(() -> bad("Subnet for router interface must have a gateway IP"));
            requireUsable(caller, subnet.network());
            checkOverlap(em, router, List.of(subnet));
            PortRequest request = PortRequest.of(
                    subnet.networkId(),
                    "",
                    router.id().toString(),
                    Port.ROUTER_INTERFACE,
                    Optional.of(List.of(new Fixed(Optional.of(subnet.id()), Optional.of(gateway)))),
                    Optional.empty());
            Port port = ports.make(em, router.projectId(), subnet.network(), request, List.of());
            return added(caller, router, port, List.of(subnet.id()));
        });
    }

    /** Joins by a port that belongs to nobody yet. */
    public Interface addPort(Caller caller, UUID routerId, UUID portId) {
        return database.writeRetrying(em -> {
            access.require(
                    caller,
                    "add_router_interface",
                    finder.router(em, caller, routerId).target());
            Router router = finder.lockRouter(em, caller, routerId);
            Port port = finder.port(em, caller, portId);
            if (!port.deviceId().isEmpty()) {
                throw Fault.conflict("Unable to complete operation on port " + portId + " for network "
                                + port.networkId() + ". Port already has an attached device " + port.deviceId() + ".")
                        .type("PortInUse");
            }
            if (port.addresses().isEmpty()) {
                throw bad("Router port must have at least one fixed IP");
            }
            requireUsable(caller, port.network());
            Map<UUID, Subnet> subnets = Finder.byId(
                    em,
                    Subnet.class,
                    port.addresses().stream().map(Address::subnetId).toList());
            if (subnets.values().stream().filter(s -> s.ipVersion() == 4).count() > 1) {
                throw bad("Cannot have multiple IPv4 subnets on router port");
            }
            checkOverlap(em, router, List.copyOf(subnets.values()));
            changes.shown(port);
            ports.regroup(em, port, List.of());
            port.belongTo(router.id().toString(), Port.ROUTER_INTERFACE, clock.instant());
            em.flush();
            changes.wire(port);
            return added(
                    caller,
                    router,
                    port,
                    port.addresses().stream().map(Address::subnetId).toList());
        });
    }

    private Interface added(Caller caller, Router router, Port port, List<UUID> subnets) {
        router.touch(clock.instant());
        changes.wire(router);
        changes.made(caller, "update_router", router, router.name());
        return new Interface(router.id(), router.projectId(), port.id(), port.networkId(), subnets);
    }

    /** @param portId or {@code subnetId}, or both when they fit */
    public Interface removeInterface(Caller caller, UUID routerId, Optional<UUID> portId, Optional<UUID> subnetId) {
        if (portId.isEmpty() && subnetId.isEmpty()) {
            throw bad("Either subnet_id or port_id must be specified");
        }
        return database.writeRetrying(em -> {
            access.require(
                    caller,
                    "remove_router_interface",
                    finder.router(em, caller, routerId).target());
            Router router = finder.lockRouter(em, caller, routerId);
            Port port = Finder.load(em, interfaces(em, routerId)).stream()
                    .filter(p -> portId.map(p.id()::equals).orElse(true))
                    .filter(p -> subnetId.map(s -> p.addresses().stream()
                                    .anyMatch(a -> a.subnetId().equals(s)))
                            .orElse(true))
                    .findFirst()
                    .orElseThrow(() -> noInterface(em, caller, routerId, portId, subnetId));
            List<UUID> subnets =
                    port.addresses().stream().map(Address::subnetId).toList();
            long floating = em.createQuery(
                            "select count(f) from FloatingIp f, Address a where f.routerId = :r and a.portId = f.fixedPortId"
                                    + " and a.ip = f.fixedIp and a.subnetId in :s",
                            Long.class)
                    .setParameter("r", routerId)
                    .setParameter("s", subnets)
                    .getSingleResult();
            if (floating > 0) {
                throw Fault.conflict("Router interface for subnet " + subnets.get(0) + " on router " + routerId
                                + " cannot be deleted, as it is required by one or more floating IPs.")
                        .type("RouterInterfaceInUseByFloatingIP");
            }
            ports.end(em, port);
            router.touch(clock.instant());
            changes.wire(router);
            changes.made(caller, "update_router", router, router.name());
            return new Interface(router.id(), router.projectId(), port.id(), port.networkId(), subnets);
        });
    }

    public Set<String> tag(Caller caller, UUID id, Set<String> tags) {
        return database.writeRetrying(em -> {
            Router router = finder.router(em, caller, id);
            access.require(caller, "update_router:tags", router.target());
            router.tag(tags);
            router.touch(clock.instant());
            changes.wire(router);
            return tags;
        });
    }

    private Fault noInterface(
            EntityManager em, Caller caller, UUID router, Optional<UUID> port, Optional<UUID> subnet) {
        // an id that is not there at all is another error than one that is not on this router
        port.ifPresent(id -> finder.port(em, caller, id));
        subnet.ifPresent(id -> finder.subnet(em, caller, id));
        return port.isPresent()
                ? Fault.of(
                                Fault.Kind.NOT_FOUND,
                                "Router " + router + " does not have an interface with id " + port.get())
                        .type("RouterInterfaceNotFound")
                : Fault.of(
                                Fault.Kind.NOT_FOUND,
                                "Router " + router + " has no interface on subnet " + subnet.orElseThrow())
                        .type("RouterInterfaceNotFoundForSubnet");
    }

    private void setGateway(EntityManager em, Caller caller, Router router, Gateway wanted) {
        Network network = finder.network(em, caller, wanted.networkId());
        if (!network.external()) {
            throw bad("Network " + network.id() + " is not an external network");
        }
        boolean snat = wanted.enableSnat().orElse(router.gatewayNetworkId().isEmpty() || router.enableSnat());
        if (router.gatewayNetworkId().equals(Optional.of(network.id()))
                && wanted.fixedIps().isEmpty()) {
            router.snat(snat);
            return;
        }
        if (!router.gatewayNetworkId().equals(Optional.of(network.id()))) {
            requireNoFloatingIps(em, router);
        }
        endGatewayPort(em, router);
        if (Finder.subnets(em, network.id()).isEmpty()) {
            throw bad("Cannot set an external gateway on network " + network.id() + ": it has no subnet");
        }
        PortRequest request = PortRequest.of(
                network.id(), "", router.id().toString(), Port.ROUTER_GATEWAY, wanted.fixedIps(), Optional.empty());
        // counted for nobody: it belongs to the cloud, as the external network does
        Port port = ports.make(em, "", network, request, List.of());
        router.gateway(port, snat);
    }

    private void removeGateway(EntityManager em, Router router) {
        requireNoFloatingIps(em, router);
        endGatewayPort(em, router);
        router.noGateway();
    }

    private void endGatewayPort(EntityManager em, Router router) {
        router.gatewayPortId().map(id -> em.find(Port.class, id)).ifPresent(port -> ports.end(em, port));
    }

    private static void requireNoFloatingIps(EntityManager em, Router router) {
        long floating = em.createQuery("select count(f) from FloatingIp f where f.routerId = :r", Long.class)
                .setParameter("r", router.id())
                .getSingleResult();
        if (floating > 0) {
            throw Fault.conflict("Gateway cannot be updated for router " + router.id()
                            + ", since a gateway to external network "
                            + router.gatewayNetworkId().map(Object::toString).orElse("")
                            + " is required by one or more floating IPs.")
                    .type("RouterExternalGatewayInUseByFloatingIp");
        }
    }

    /** A network one merely sees may not be joined to one's own: its owner decides. */
    private void requireUsable(Caller caller, Network network) {
        boolean own = caller.projectId().equals(Optional.of(network.projectId()));
        if (!own && !network.shared() && !caller.isAdmin()) {
            throw Fault.forbidden("rule:create_port is disallowed by policy").type("PolicyNotAuthorized");
        }
    }

    private static void checkOverlap(EntityManager em, Router router, List<Subnet> joining) {
        Set<UUID> joined = new HashSet<>();
        for (Port port : Finder.load(em, interfaces(em, router.id()))) {
            port.addresses().forEach(address -> joined.add(address.subnetId()));
        }
        router.gatewayNetworkId()
                .ifPresent(network -> Finder.subnets(em, network).forEach(s -> joined.add(s.id())));
        Map<UUID, Subnet> there = Finder.byId(em, Subnet.class, joined);
        for (Subnet subnet : joining) {
            if (joined.contains(subnet.id())) {
                throw bad("Router already has a port on subnet " + subnet.id());
            }
            for (Subnet other : there.values()) {
                if (Cidr.parse(subnet.cidr())
                        .orElseThrow()
                        .overlaps(Cidr.parse(other.cidr()).orElseThrow())) {
                    throw bad("Cidr " + subnet.cidr() + " of subnet " + subnet.id() + " overlaps with cidr "
                            + other.cidr() + " of subnet " + other.id());
                }
            }
        }
    }

    private static void checkRoutes(EntityManager em, Router router, List<Route> routes) {
        if (routes.size() > MAX_ROUTES) {
            throw Fault.badRequest(
                            "routes",
                            "Unable to complete operation for " + router.id()
                                    + ". The number of routes exceeds the maximum " + MAX_ROUTES + ".")
                    .type("RoutesExhausted");
        }
        Set<UUID> joined = new HashSet<>();
        Set<String> own = new HashSet<>();
        for (Port port : Finder.load(em, interfaces(em, router.id()))) {
            port.addresses().forEach(address -> {
                joined.add(address.subnetId());
                own.add(address.ip());
            });
        }
        router.gatewayNetworkId()
                .ifPresent(network -> Finder.subnets(em, network).forEach(s -> joined.add(s.id())));
        List<Cidr> reachable = Finder.byId(em, Subnet.class, joined).values().stream()
                .map(subnet -> Cidr.parse(subnet.cidr()).orElseThrow())
                .toList();
        for (Route route : routes) {
            Optional<Cidr> destination = Cidr.parse(route.destination());
            Optional<Ip> hop = Ip.parse(route.nexthop());
            if (destination.isEmpty()
                    || hop.isEmpty()
                    || destination.get().version() != hop.get().version()) {
                throw Fault.badRequest(
                                "routes",
                                "Invalid format for routes: " + route.destination() + " via " + route.nexthop())
                        .type("InvalidRoutes");
            }
            if (reachable.stream().noneMatch(cidr -> cidr.contains(hop.get()))) {
                throw Fault.badRequest("routes", "Invalid format for routes: the nexthop is not connected with router")
                        .type("InvalidRoutes");
            }
            if (own.contains(hop.get().toString())) {
                throw Fault.badRequest("routes", "Invalid format for routes: the nexthop is used by router")
                        .type("InvalidRoutes");
            }
        }
    }

    static List<Port> interfaces(EntityManager em, UUID router) {
        return em.createQuery(
                        "select p from Port p where p.deviceId = :r and p.deviceOwner = :o and p.deleting = false order by p.createdAt, p.id",
                        Port.class)
                .setParameter("r", router.toString())
                .setParameter("o", Port.ROUTER_INTERFACE)
                .getResultList();
    }

    /** Routers with a port on a network. */
    static List<Router> on(EntityManager em, UUID network) {
        List<UUID> ids = em.createQuery(
                        "select p.deviceId from Port p where p.networkId = :n and p.deviceOwner in :owners and p.deleting = false",
                        String.class)
                .setParameter("n", network)
                .setParameter("owners", List.of(Port.ROUTER_INTERFACE, Port.ROUTER_GATEWAY))
                .getResultStream()
                .map(Ids::parse)
                .flatMap(Optional::stream)
                .distinct()
                .toList();
        return Finder.byId(em, Router.class, ids).values().stream()
                .filter(r -> !r.isDeleting())
                .toList();
    }

    private static List<Router> load(EntityManager em, List<Router> routers) {
        Map<UUID, UUID> portOf = new HashMap<>();
        routers.forEach(router -> router.gatewayPortId().ifPresent(port -> portOf.put(router.id(), port)));
        Map<UUID, List<Address>> addresses = Finder.addresses(em, portOf.values());
        routers.forEach(router -> router.with(addresses.getOrDefault(portOf.get(router.id()), List.of())));
        return routers;
    }

    private static Fault bad(String text) {
        return Fault.badRequest("router", "Bad router request: " + text + ".").type("BadRequest");
    }
}
