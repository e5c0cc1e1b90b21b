package cloud.haneul.network;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.Ids;
import cloud.haneul.kernel.access.Access;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.quota.Quotas;
import cloud.haneul.network.PortRequest.Fixed;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Addresses of external networks that projects hold and put before their ports. */
@Component
public class FloatingIps {
    private static final Listing<FloatingIp> LISTING = Listing.of(FloatingIp.class)
            .id("floating_network_id", "networkId")
            .text("floating_ip_address", "floatingIp", FloatingIp::floatingIp)
            .text("fixed_ip_address", "fixedIp", floating -> floating.fixedIp().orElse(""))
            .id("port_id", "fixedPortId")
            .id("router_id", "routerId")
            .text("status", "status", FloatingIp::status);

    private final Database database;
    private final Access access;
    private final Quotas quotas;
    private final Finder finder;
    private final PortMaker ports;
    private final Changes changes;
    private final Clock clock;

    @Inject
    FloatingIps(
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

    /**
     * A floating IP to be.
     *
     * @param address a certain one, for administrators
     */
    public record NewFloatingIp(
            Optional<String> projectId,
            UUID networkId,
            Optional<UUID> subnetId,
            Optional<String> address,
            Optional<UUID> portId,
            Optional<String> fixedIp,
            Optional<String> description) {
        public static NewFloatingIp of(UUID externalNetwork) {
            return new NewFloatingIp(
                    Optional.empty(),
                    externalNetwork,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }
    }

    public FloatingIp create(Caller caller, NewFloatingIp asked) {
        String project = Owners.of(caller, asked.projectId());
        access.requireWith(
                caller,
                "create_floatingip",
                asked.address().isPresent() ? List.of("floating_ip_address") : List.of(),
                Map.of("project_id", project));
        return database.writeRetrying(em -> {
            Network network = finder.network(em, caller, asked.networkId());
            if (!network.external()) {
                throw bad("Network " + network.id() + " is not a valid external network.");
            }
            UUID subnet = subnet(em, network, asked);
            quotas.reserve(project, Map.of("floatingip", 1L));
            UUID id = Ids.newId();
            PortRequest request = PortRequest.of(
                    network.id(),
                    "",
                    id.toString(),
                    Port.FLOATING_IP,
                    Optional.of(List.of(new Fixed(
                            asked.address().isPresent() && asked.subnetId().isEmpty()
                                    ? Optional.empty()
                                    : Optional.of(subnet),
                            asked.address()))),
                    Optional.empty());
            Port own = ports.make(em, "", network, request, List.of());
            FloatingIp floating = new FloatingIp(
                    id,
                    project,
                    asked.description(),
                    own,
                    own.addresses().get(0).ip(),
                    clock.instant());
            em.persist(floating);
            asked.portId().ifPresent(port -> associate(em, caller, floating, port, asked.fixedIp()));
            em.flush();
            changes.made(caller, "create_floatingip", floating, floating.floatingIp());
            return floating;
        });
    }

    /** The wanted subnet, or the one with most room to the eye: the first IPv4 one that is not full. */
    private static UUID subnet(EntityManager em, Network network, NewFloatingIp asked) {
        if (asked.subnetId().isPresent()) {
            return asked.subnetId().get();
        }
        return Finder.subnets(em, network.id()).stream()
                .filter(s -> s.ipVersion() == 4)
                .map(Resource::id)
                .findFirst()
                .orElseThrow(() -> bad("Network " + network.id() + " does not contain any IPv4 subnet"));
    }

    public List<FloatingIp> list(Caller caller, ListQuery query) {
        boolean all = access.allowed(caller, "get_floatingip", Map.of("project_id", Owners.NOBODY));
        return database.read(em -> {
            List<FloatingIp> rows = LISTING.page(
                    em,
                    all ? Listing.EVERYTHING : "r.projectId = :own",
                    all ? Map.of() : Map.of("own", Owners.own(caller)),
                    query);
            rows.removeIf(floating -> !access.allowed(caller, "get_floatingip", floating.target()));
            return rows;
        });
    }

    public FloatingIp show(Caller caller, UUID id) {
        return database.read(em -> finder.floatingIp(em, caller, id));
    }

    /** Puts it before a port of the project, at its only IPv4 address or the given one. */
    public FloatingIp associate(Caller caller, UUID id, UUID port, Optional<String> fixedIp) {
        return update(caller, id, Optional.empty(), Optional.of(Optional.of(port)), fixedIp);
    }

    public FloatingIp disassociate(Caller caller, UUID id) {
        return update(caller, id, Optional.empty(), Optional.of(Optional.empty()), Optional.empty());
    }

    /** @param port empty for no change, an inner empty takes it off its port */
    public FloatingIp update(
            Caller caller,
            UUID id,
            Optional<String> description,
            Optional<Optional<UUID>> port,
            Optional<String> fixedIp) {
        return database.writeRetrying(em -> {
            FloatingIp floating = finder.floatingIp(em, caller, id);
            access.require(caller, "update_floatingip", floating.target());
            description.ifPresent(floating::describe);
            port.ifPresent(wanted -> {
                leave(em, floating);
                wanted.ifPresent(to -> associate(em, caller, floating, to, fixedIp));
            });
            floating.touch(clock.instant());
            em.flush();
            changes.made(caller, "update_floatingip", floating, floating.floatingIp());
            return floating;
        });
    }

    public void delete(Caller caller, UUID id) {
        database.writeRetrying(em -> {
            FloatingIp floating = finder.floatingIp(em, caller, id);
            access.require(caller, "delete_floatingip", floating.target());
            Optional<UUID> router = floating.routerId();
            leave(em, floating);
            Port own = em.find(Port.class, floating.ownPortId());
            em.remove(floating);
            em.flush();
            // the address is free once the router translates it no more
            router.ifPresent(r -> own.belongTo(r.toString(), Port.FLOATING_IP, clock.instant()));
            ports.end(em, own);
            quotas.release(floating.projectId(), Map.of("floatingip", 1L));
            changes.made(caller, "delete_floatingip", floating, floating.floatingIp());
            return null;
        });
    }

    public Set<String> tag(Caller caller, UUID id, Set<String> tags) {
        return database.writeRetrying(em -> {
            FloatingIp floating = finder.floatingIp(em, caller, id);
            access.require(caller, "update_floatingip:tags", floating.target());
            floating.tag(tags);
            floating.touch(clock.instant());
            return tags;
        });
    }

    private void leave(EntityManager em, FloatingIp floating) {
        floating.routerId().ifPresent(router -> {
            floating.fixedPortId().map(id -> em.find(Port.class, id)).ifPresent(changes::shown);
            rewire(em, router);
            floating.disassociate(clock.instant());
            em.flush();
        });
    }

    private void rewire(EntityManager em, UUID id) {
        Router router = em.find(Router.class, id);
        em.refresh(router, LockModeType.PESSIMISTIC_WRITE);
        router.touch(clock.instant());
        changes.wire(router);
    }

    private void associate(
            EntityManager em, Caller caller, FloatingIp floating, UUID portId, Optional<String> fixedIp) {
        Port port = finder.port(em, caller, portId);
        if (!port.projectId().equals(floating.projectId()) && !caller.isAdmin()) {
            throw bad("Port " + portId + " is associated with a different tenant than Floating IP " + floating.id()
                    + " and therefore cannot be bound.");
        }
        Address address = address(port, fixedIp);
        if (taken(em, floating, portId, address.ip())) {
            throw Fault.conflict("Cannot associate floating IP " + floating.floatingIp() + " (" + floating.id()
                            + ") with port " + portId
                            + " using fixed IP " + address.ip()
                            + ", as that fixed IP already has a floating IP on external network "
                            + floating.networkId() + ".")
                    .type("FloatingIPPortAlreadyAssociated");
        }
        UUID router = router(em, floating, address).orElseThrow(() -> Fault.of(
                        Fault.Kind.NOT_FOUND,
                        "External network " + floating.networkId() + " is not reachable from subnet "
                                + address.subnetId() + ".  Therefore, cannot associate Port " + portId
                                + " with a Floating IP.")
                .type("ExternalGatewayForFloatingIPNotFound"));
        rewire(em, router);
        floating.associate(portId, address.ip(), router, clock.instant());
        changes.shown(port);
    }

    private static Address address(Port port, Optional<String> fixedIp) {
        List<Address> v4 =
                port.addresses().stream().filter(a -> a.ip().indexOf(':') < 0).toList();
        if (fixedIp.isPresent()) {
            return v4.stream()
                    .filter(a -> a.ip().equals(fixedIp.get()))
                    .findFirst()
                    .orElseThrow(() -> bad("Port " + port.id() + " does not have fixed ip " + fixedIp.get()));
        }
        if (v4.isEmpty()) {
            throw bad("Cannot add floating IP to port " + port.id() + " that has no fixed IPv4 addresses");
        }
        if (v4.size() > 1) {
            throw bad(
                    "Port " + port.id()
                            + " has multiple fixed IPv4 addresses.  Must provide a specific IPv4 address when assigning a floating IP");
        }
        return v4.get(0);
    }

    private static boolean taken(EntityManager em, FloatingIp floating, UUID port, String ip) {
        return em.createQuery(
                                "select count(f) from FloatingIp f where f.networkId = :n and f.fixedPortId = :p and f.fixedIp = :ip and f.id <> :id",
                                Long.class)
                        .setParameter("n", floating.networkId())
                        .setParameter("p", port)
                        .setParameter("ip", ip)
                        .setParameter("id", floating.id())
                        .getSingleResult()
                > 0;
    }

    /** The router that has an interface in the address's subnet and its gateway in the floating IP's network. */
    private static Optional<UUID> router(EntityManager em, FloatingIp floating, Address address) {
        List<UUID> joined = em.createQuery(
                        "select p.deviceId from Port p, Address a where a.subnetId = :s and p.id = a.portId and p.deviceOwner = :o"
                                + " and p.deleting = false",
                        String.class)
                .setParameter("s", address.subnetId())
                .setParameter("o", Port.ROUTER_INTERFACE)
                .getResultStream()
                .map(Ids::parse)
                .flatMap(Optional::stream)
                .toList();
        return Finder.byId(em, Router.class, joined).values().stream()
                .filter(r -> !r.isDeleting() && r.gatewayNetworkId().equals(Optional.of(floating.networkId())))
                .map(Resource::id)
                .findFirst();
    }

    private static Fault bad(String text) {
        return Fault.badRequest("floatingip", "Bad floatingip request: " + text).type("BadRequest");
    }
}
