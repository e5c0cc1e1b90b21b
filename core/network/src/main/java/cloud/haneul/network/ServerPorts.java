package cloud.haneul.network;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.Ids;
import cloud.haneul.kernel.access.Access;
import cloud.haneul.kernel.data.Batches;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.spi.compute.VifAttachment;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What compute needs of networking: ports for servers, how to plug them, and what to show of them. */
@Component
public class ServerPorts {
    private final Database database;
    private final Access access;
    private final Finder finder;
    private final Ports ports;
    private final PortMaker maker;
    private final NetworkWiring wiring;
    private final NetworkBackEnd backEnd;
    private final Changes changes;
    private final Clock clock;

    @Inject
    ServerPorts(
            Database database,
            Access access,
            Finder finder,
            Ports ports,
            PortMaker maker,
            NetworkWiring wiring,
            NetworkBackEnd backEnd,
            Changes changes,
            Clock clock) {
        this.database = database;
        this.access = access;
        this.finder = finder;
        this.ports = ports;
        this.maker = maker;
        this.wiring = wiring;
        this.backEnd = backEnd;
        this.changes = changes;
        this.clock = clock;
    }

    /** One NIC a server is to have: a new port on a network, perhaps at an address, or a port that exists. */
    public record Wanted(Optional<UUID> network, Optional<UUID> port, Optional<String> fixedIp) {}

    /** A server's port as its views show it. */
    public record ServerPort(
            UUID id,
            UUID server,
            UUID network,
            String networkName,
            String mac,
            int mtu,
            List<FixedIp> fixedIps,
            String status,
            List<String> securityGroups) {
        public record FixedIp(UUID subnet, String ip, int version, Optional<String> floatingIp) {}
    }

    /**
     * Makes or adopts a server's ports, in the caller's open transaction; rows only.
     *
     * @param securityGroups by name or id; empty for the project's default group
     * @param auto take the one usable network of the project
     * @return the ports in the order of {@code wanted}
     */
    public List<UUID> attach(
            Caller caller,
            UUID server,
            String serverName,
            List<Wanted> wanted,
            boolean auto,
            List<String> securityGroups) {
        return database.write(em -> {
            List<Wanted> all = wanted.isEmpty() && auto ? usual(em, caller) : wanted;
            if (all.isEmpty()) {
                return List.of();
            }
            List<UUID> groups = groups(em, caller, securityGroups);
            List<UUID> result = new ArrayList<>();
            for (Wanted one : all) {
                result.add(
                        one.port().isPresent()
                                ? adopt(
                                        em,
                                        caller,
                                        server,
                                        serverName,
                                        one.port().get())
                                : make(em, caller, server, serverName, one, groups));
            }
            return result;
        });
    }

    private List<Wanted> usual(EntityManager em, Caller caller) {
        List<UUID> usable = em.createQuery(
                        "select n.id from Network n where n.deleting = false and n.external = false and n.adminStateUp = true"
                                + " and (n.projectId = :own or n.shared = true)"
                                + " and n.id in (select s.networkId from Subnet s) order by n.createdAt",
                        UUID.class)
                .setParameter("own", caller.project())
                .setMaxResults(2)
                .getResultList();
        if (usable.size() > 1) {
            throw Fault.conflict("Multiple possible networks found, use a Network ID to be more specific.")
                    .type("NetworkAmbiguous");
        }
        return usable.stream()
                .map(id -> new Wanted(Optional.of(id), Optional.empty(), Optional.empty()))
                .toList();
    }

    private List<UUID> groups(EntityManager em, Caller caller, List<String> wanted) {
        if (wanted.isEmpty()) {
            return List.of(maker.defaultGroup(em, caller.project()));
        }
        List<UUID> result = new ArrayList<>();
        for (String word : wanted) {
            if (word.equals(DefaultGroups.NAME)) {
                maker.defaultGroup(em, caller.project());
            }
            List<UUID> named = em.createQuery(
                            "select g.id from SecurityGroup g where g.deleting = false and g.projectId = :own and g.name = :name",
                            UUID.class)
                    .setParameter("own", caller.project())
                    .setParameter("name", word)
                    .setMaxResults(2)
                    .getResultList();
            if (named.size() > 1) {
                throw Fault.conflict("Multiple security groups found matching '" + word
                                + "'. Use an ID to be more specific.")
                        .type("NoUniqueMatch");
            }
            result.add(named.isEmpty() ? byId(em, caller, word) : named.get(0));
        }
        return result.stream().distinct().toList();
    }

    private UUID byId(EntityManager em, Caller caller, String word) {
        return Ids.parse(word).map(id -> finder.group(em, caller, id).id()).orElseThrow(() -> Fault.badRequest(
                        "security_groups",
                        "Security group " + word + " not found for project " + caller.project() + ".")
                .type("SecurityGroupNotFound"));
    }

    private UUID make(
            EntityManager em, Caller caller, UUID server, String serverName, Wanted wanted, List<UUID> groups) {
        UUID networkId =
                wanted.network().orElseThrow(() -> Fault.badRequest("networks", "A network or a port must be given."));
        Network network;
        try {
            network = finder.network(em, caller, networkId);
        } catch (Fault e) {
            throw Fault.badRequest("networks", "Network " + networkId + " could not be found.")
                    .type("NetworkNotFound")
                    .cause(e);
        }
        boolean own = caller.projectId().equals(Optional.of(network.projectId()));
        if (network.external() && !own && !network.shared() && !caller.isAdmin()) {
            throw Fault.forbidden("It is not allowed to create an interface on external network " + networkId)
                    .type("ExternalNetworkAttachForbidden");
        }
        if (Finder.subnets(em, networkId).isEmpty()) {
            throw Fault.badRequest(
                            "networks", "Network " + networkId + " requires a subnet in order to boot instances on.")
                    .type("NetworkRequiresSubnet");
        }
        PortRequest request = new PortRequest(
                Optional.empty(),
                Optional.of(networkId),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                // whoever may have a server may choose its address, as in nova; PortMaker checks that it fits
                PortMaker.one(Optional.empty(), wanted.fixedIp()),
                Optional.of(server.toString()),
                Optional.of(Port.COMPUTE),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(hostName(serverName)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        Map<String, Object> target = new HashMap<>(network.target());
        target.put("project_id", caller.project());
        target.put("network:tenant_id", network.projectId());
        access.require(caller, "create_port", target);
        Port port =
                maker.make(em, caller.project(), network, request, network.portSecurityEnabled() ? groups : List.of());
        port.madeForServer();
        return port.id();
    }

    private UUID adopt(EntityManager em, Caller caller, UUID server, String serverName, UUID id) {
        Port port;
        try {
            port = finder.port(em, caller, id);
        } catch (Fault e) {
            throw Fault.badRequest("networks", "Port id " + id + " could not be found.")
                    .type("PortNotFound")
                    .cause(e);
        }
        access.require(caller, "update_port", port.target());
        if (!port.deviceId().isEmpty()) {
            throw Fault.conflict("Port " + id + " is still in use.").type("PortInUse");
        }
        port.belongTo(server.toString(), Port.COMPUTE, clock.instant());
        changes.shown(port);
        if (port.dnsName().isEmpty()) {
            port.named(hostName(serverName));
        }
        changes.wire(port);
        return id;
    }

    /** A label that DHCP and DNS take; empty text when nothing of the name can be used. */
    private static String hostName(String name) {
        String label = name.toLowerCase(Locale.ROOT)
                .replaceAll("[ _.]", "-")
                .replaceAll("[^a-z0-9-]", "")
                .replaceAll("^-+", "");
        String cut = label.length() > 63 ? label.substring(0, 63) : label;
        return cut.replaceAll("-+$", "");
    }

    /** Prepares a port for a host and says how to plug it; not in a transaction. */
    public VifAttachment bind(UUID id, String networkHost) {
        database.writeRetrying(em -> {
            live(em, id).host(Optional.of(networkHost), clock.instant());
            return null;
        });
        wiring.wireNow(id);
        return attachment(id, networkHost);
    }

    /** How to plug a port that is bound to the host; not in a transaction. */
    public VifAttachment attachment(UUID id, String networkHost) {
        return backEnd.driver().attachment(id, networkHost);
    }

    /** Forgets the host; not in a transaction. */
    public void unbind(UUID id) {
        database.writeRetrying(em -> {
            Port port = em.find(Port.class, id);
            if (port != null && !port.isDeleting()) {
                port.host(Optional.empty(), clock.instant());
                changes.wire(port);
            }
            return null;
        });
    }

    /** Whether a NIC is plugged and works; cheap. */
    public boolean isActive(UUID id) {
        Optional<String> status = database.read(em -> Optional.ofNullable(em.find(Port.class, id))
                .filter(port -> !port.isDeleting())
                .map(Port::status));
        if (status.isEmpty() || status.get().equals("ACTIVE")) {
            return status.isPresent();
        }
        boolean up =
                backEnd.driver().observePort(id).filter(state -> state.up()).isPresent();
        if (up) {
            wiring.status(id, "ACTIVE");
        }
        return up;
    }

    /** Ends a server's ports, in the open transaction: made ones are deleted, adopted ones given back. */
    public void detach(UUID server) {
        database.run(em -> {
            for (Port port : of(em, Set.of(server))) {
                detach(em, port);
            }
        });
    }

    /** As {@link #detach(UUID)} for one of its ports; nothing when the server does not have it. */
    public void detach(UUID server, UUID id) {
        database.run(em -> of(em, Set.of(server)).stream()
                .filter(port -> port.id().equals(id))
                .forEach(port -> detach(em, port)));
    }

    private void detach(EntityManager em, Port port) {
        if (port.isMadeForServer()) {
            maker.end(em, port);
        } else {
            changes.shown(port);
            port.belongTo("", "", clock.instant());
            port.host(Optional.empty(), clock.instant());
            changes.wire(port);
        }
    }

    /** A server's ports, the oldest first. */
    public List<UUID> ids(UUID server) {
        return database.read(em -> em.createQuery(
                        "select p.id from Port p where p.deviceId = :id and p.deviceOwner like 'compute:%' and p.deleting = false"
                                + " order by p.createdAt, p.id",
                        UUID.class)
                .setParameter("id", server.toString())
                .getResultList());
    }

    /** The ports of servers, by server; a constant number of queries. */
    public Map<UUID, List<ServerPort>> of(Collection<UUID> servers) {
        if (servers.isEmpty()) {
            return Map.of();
        }
        return database.read(em -> ServerPortRows.of(em, servers));
    }

    private static List<Port> of(EntityManager em, Collection<UUID> servers) {
        List<String> ids = servers.stream().map(UUID::toString).toList();
        return Batches.read(ids, some -> em.createQuery(
                        "select p from Port p where p.deviceId in :ids and p.deviceOwner like 'compute:%' and p.deleting = false"
                                + " order by p.createdAt, p.id",
                        Port.class)
                .setParameter("ids", some)
                .getResultList());
    }

    /** Whose port has this address in a network: how the metadata service knows who asks. */
    public Optional<UUID> serverAt(UUID network, String ip) {
        String canonical = Ip.parse(ip).map(Ip::toString).orElse("");
        return database.read(em -> em.createQuery(
                        "select p.deviceId from Port p, Address a where p.networkId = :n and a.ip = :ip and p.id = a.portId"
                                + " and p.deleting = false and p.deviceOwner like 'compute:%'",
                        String.class)
                .setParameter("n", network)
                .setParameter("ip", canonical)
                .getResultStream()
                .findFirst()
                .flatMap(Ids::parse));
    }

    private static Port live(EntityManager em, UUID id) {
        Port port = em.find(Port.class, id);
        if (port == null || port.isDeleting()) {
            throw Fault.notFound("Port", id);
        }
        return port;
    }
}
