package cloud.haneul.network;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.access.Access;
import cloud.haneul.kernel.data.Batches;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Finds rows as a caller sees them: what is not there, is being deleted, or is not to be seen by him is a 404 alike. Also loads
 * what belongs to rows, a constant number of queries for any number of rows.
 */
@Component
class Finder {
    private final Access access;

    @Inject
    Finder(Access access) {
        this.access = access;
    }

    Network network(EntityManager em, Caller caller, UUID id) {
        Network network = em.find(Network.class, id);
        if (network == null || network.isDeleting() || !access.allowed(caller, "get_network", network.target())) {
            throw Fault.notFound("Network", id);
        }
        return network;
    }

    /** As {@link #network}, and nobody else changes it until the transaction ends. */
    Network lockNetwork(EntityManager em, Caller caller, UUID id) {
        network(em, caller, id);
        Network network = em.find(Network.class, id);
        em.refresh(network, LockModeType.PESSIMISTIC_WRITE);
        if (network.isDeleting()) {
            throw Fault.notFound("Network", id);
        }
        return network;
    }

    Subnet subnet(EntityManager em, Caller caller, UUID id) {
        Subnet subnet = em.find(Subnet.class, id);
        if (subnet != null) {
            subnet.of(em.find(Network.class, subnet.networkId()));
            if (access.allowed(caller, "get_subnet", target(subnet))) {
                return subnet;
            }
        }
        throw Fault.notFound("Subnet", id);
    }

    static Map<String, Object> target(Subnet subnet) {
        Network network = subnet.network();
        return Map.of(
                "project_id", subnet.projectId(),
                "network:tenant_id", network.projectId(),
                "shared", network.shared(),
                "router:external", network.external());
    }

    Port port(EntityManager em, Caller caller, UUID id) {
        Port port = em.find(Port.class, id);
        if (port != null && !port.isDeleting()) {
            load(em, List.of(port));
            if (access.allowed(caller, "get_port", port.target())) {
                return port;
            }
        }
        throw Fault.notFound("Port", id);
    }

    Router router(EntityManager em, Caller caller, UUID id) {
        Router router = em.find(Router.class, id);
        if (router == null || router.isDeleting() || !access.allowed(caller, "get_router", router.target())) {
            throw Fault.notFound("Router", id);
        }
        return router;
    }

    Router lockRouter(EntityManager em, Caller caller, UUID id) {
        Router router = router(em, caller, id);
        em.refresh(router, LockModeType.PESSIMISTIC_WRITE);
        if (router.isDeleting()) {
            throw Fault.notFound("Router", id);
        }
        return router;
    }

    FloatingIp floatingIp(EntityManager em, Caller caller, UUID id) {
        FloatingIp found = em.find(FloatingIp.class, id);
        if (found == null || !access.allowed(caller, "get_floatingip", found.target())) {
            throw Fault.of(Fault.Kind.NOT_FOUND, "Floating IP " + id + " could not be found")
                    .type("FloatingIPNotFound");
        }
        return found;
    }

    SecurityGroup group(EntityManager em, Caller caller, UUID id) {
        SecurityGroup group = em.find(SecurityGroup.class, id);
        if (group == null || group.isDeleting() || !access.allowed(caller, "get_security_group", group.target())) {
            throw Fault.of(Fault.Kind.NOT_FOUND, "Security group " + id + " does not exist")
                    .type("SecurityGroupNotFound");
        }
        return group;
    }

    /** Subnets of a network, oldest first. */
    static List<Subnet> subnets(EntityManager em, UUID network) {
        return em.createQuery("select s from Subnet s where s.networkId = :n order by s.createdAt, s.id", Subnet.class)
                .setParameter("n", network)
                .getResultList();
    }

    /** Gives ports their network, addresses and groups. */
    static List<Port> load(EntityManager em, List<Port> ports) {
        if (ports.isEmpty()) {
            return ports;
        }
        List<UUID> ids = ports.stream().map(Resource::id).toList();
        Map<UUID, Network> networks = byId(
                em,
                Network.class,
                ports.stream().map(Port::networkId).distinct().toList());
        Map<UUID, List<Address>> addresses = addresses(em, ids);
        Map<UUID, List<UUID>> groups = new HashMap<>();
        for (PortGroup link : Batches.read(
                ids, some -> em.createQuery("select g from PortGroup g where g.portId in :ids", PortGroup.class)
                        .setParameter("ids", some)
                        .getResultList())) {
            groups.computeIfAbsent(link.portId(), id -> new ArrayList<>()).add(link.groupId());
        }
        ports.forEach(port -> port.with(
                networks.get(port.networkId()),
                addresses.getOrDefault(port.id(), List.of()),
                groups.getOrDefault(port.id(), List.of())));
        return ports;
    }

    /** Addresses by port, each port's in its order. */
    static Map<UUID, List<Address>> addresses(EntityManager em, Collection<UUID> ports) {
        Map<UUID, List<Address>> addresses = new HashMap<>();
        for (Address address : Batches.read(ports, some -> em.createQuery(
                        "select a from Address a where a.portId in :ids order by a.position", Address.class)
                .setParameter("ids", some)
                .getResultList())) {
            addresses.computeIfAbsent(address.portId(), id -> new ArrayList<>()).add(address);
        }
        return addresses;
    }

    static <R extends Resource> Map<UUID, R> byId(EntityManager em, Class<R> type, Collection<UUID> ids) {
        Map<UUID, R> found = new HashMap<>();
        for (List<UUID> some : Batches.of(ids)) {
            em.createQuery("select r from " + type.getSimpleName() + " r where r.id in :ids", type)
                    .setParameter("ids", some)
                    .getResultList()
                    .forEach(row -> found.put(row.id(), row));
        }
        return found;
    }
}
