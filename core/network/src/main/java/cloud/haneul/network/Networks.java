package cloud.haneul.network;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.Ids;
import cloud.haneul.kernel.access.Access;
import cloud.haneul.kernel.data.Batches;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.quota.Quotas;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Layer 2 networks. A project sees its own, the shared ones and the external ones. */
@Component
public class Networks {
    private static final Listing<Network> LISTING = Listing.of(Network.class)
            .text("name", "name", Network::name)
            .flag("admin_state_up", "adminStateUp")
            .flag("shared", "shared")
            .flag("router:external", "external")
            .flag("is_default", "isDefault")
            .flag("port_security_enabled", "portSecurityEnabled")
            .integer("mtu", "mtu")
            .special(
                    "provider:network_type", values -> new Listing.Clause("r.networkType in :nt", Map.of("nt", values)))
            .special(
                    "provider:physical_network",
                    values -> new Listing.Clause("r.physicalNetwork in :pn", Map.of("pn", values)))
            .integer("provider:segmentation_id", "segmentationId")
            .special(
                    "status",
                    values -> new Listing.Clause(
                            values.contains("ACTIVE")
                                    ? "r.adminStateUp = true"
                                    : values.contains("DOWN") ? "r.adminStateUp = false" : Listing.NOTHING,
                            Map.of()));

    private final Database database;
    private final Access access;
    private final Quotas quotas;
    private final Finder finder;
    private final Changes changes;
    private final NetworkBackEnd backEnd;
    private final Clock clock;

    @Inject
    Networks(
            Database database,
            Access access,
            Quotas quotas,
            Finder finder,
            Changes changes,
            NetworkBackEnd backEnd,
            Clock clock) {
        this.database = database;
        this.access = access;
        this.quotas = quotas;
        this.finder = finder;
        this.changes = changes;
        this.backEnd = backEnd;
        this.clock = clock;
    }

    public Network create(Caller caller, NetworkRequest asked) {
        return create(caller, List.of(asked)).get(0);
    }

    /** All or none. */
    public List<Network> create(Caller caller, List<NetworkRequest> asked) {
        try {
            return database.write(em -> {
                List<Network> made = new ArrayList<>();
                for (NetworkRequest one : asked) {
                    made.add(create(em, caller, one));
                }
                return made;
            });
        } catch (Database.DuplicateKey e) {
            throw Fault.conflict("Unable to create the network. The segment is in use: another network has it.")
                    .type(
                            asked.stream().anyMatch(a -> a.networkType().equals(Optional.of("vlan")))
                                    ? "VlanIdInUse"
                                    : "FlatNetworkInUse")
                    .cause(e);
        }
    }

    private Network create(EntityManager em, Caller caller, NetworkRequest asked) {
        String project = Owners.of(caller, asked.projectId());
        access.requireWith(caller, "create_network", asked.guarded(true), Map.of("project_id", project));
        Segment segment = backEnd.segment(asked);
        Network network =
                new Network(Ids.newId(), project, asked, segment, backEnd.mtu(segment, asked.mtu()), clock.instant());
        quotas.reserve(project, Map.of("network", 1L));
        em.persist(network);
        em.flush();
        changes.made(caller, "create_network", network, network.name());
        changes.wire(network);
        return network;
    }

    public List<Network> list(Caller caller, ListQuery query) {
        boolean all = access.allowed(
                caller, "get_network", Map.of("project_id", Owners.NOBODY, "shared", false, "router:external", false));
        return database.read(em -> {
            List<Network> rows = LISTING.page(
                    em,
                    "r.deleting = false"
                            + (all ? "" : " and (r.projectId = :own or r.shared = true or r.external = true)"),
                    all ? Map.of() : Map.of("own", Owners.own(caller)),
                    query);
            rows.removeIf(network -> !access.allowed(caller, "get_network", network.target()));
            return load(em, rows);
        });
    }

    public Network show(Caller caller, UUID id) {
        return database.read(
                em -> load(em, List.of(finder.network(em, caller, id))).get(0));
    }

    public Network update(Caller caller, UUID id, NetworkRequest asked) {
        return database.writeRetrying(em -> {
            Network network = finder.network(em, caller, id);
            access.requireWith(caller, "update_network", asked.guarded(false), network.target());
            if (asked.networkType().isPresent()
                    || asked.physicalNetwork().isPresent()
                    || asked.segmentationId().isPresent()) {
                throw Fault.badRequest(
                                "provider:network_type",
                                "Invalid input for operation: Plugin does not support updating the following provider network attributes.")
                        .type("InvalidInput");
            }
            asked.mtu()
                    .ifPresent(mtu -> backEnd.mtu(
                            new Segment(network.networkType(), network.physicalNetwork(), Optional.empty()),
                            Optional.of(mtu)));
            if (network.external()
                    && asked.external().equals(Optional.of(false))
                    && counts(
                                    em,
                                    id,
                                    "p.deviceOwner in :owners",
                                    Map.of("owners", Set.of(Port.ROUTER_GATEWAY, Port.FLOATING_IP)))
                            > 0) {
                throw Fault.conflict("External network " + id
                                + " cannot be updated to be made non-external, since it has existing gateway ports.")
                        .type("ExternalNetworkInUse");
            }
            if (network.shared()
                    && asked.shared().equals(Optional.of(false))
                    && counts(
                                    em,
                                    id,
                                    "p.projectId <> :owner and p.projectId <> ''",
                                    Map.of("owner", network.projectId()))
                            > 0) {
                throw Fault.conflict("Unable to reconfigure sharing settings for network " + id
                                + ". Multiple tenants are using it.")
                        .type("InvalidSharedSetting");
            }
            String name = network.name();
            network.change(asked, clock.instant());
            em.flush();
            if (!network.name().equals(name)) {
                changes.shown(em, "p.networkId = :id", id);
            }
            changes.made(caller, "update_network", network, network.name());
            changes.wire(network);
            return load(em, List.of(network)).get(0);
        });
    }

    /** @throws Fault CONFLICT while a port other than the cloud's own is on it */
    public void delete(Caller caller, UUID id) {
        database.writeRetrying(em -> {
            access.requireVisible(
                    caller,
                    "get_network",
                    "delete_network",
                    finder.network(em, caller, id).target(),
                    () -> Fault.notFound("Network", id));
            Network network = finder.lockNetwork(em, caller, id);
            if (counts(em, id, "p.deviceOwner <> :meta", Map.of("meta", Port.METADATA)) > 0) {
                throw Fault.conflict("Unable to complete operation on network " + id
                                + ". There are one or more ports still in use on the network.")
                        .type("NetworkInUse");
            }
            List<Subnet> subnets = Finder.subnets(em, id);
            Map<String, Long> bySubnetOwner = new HashMap<>();
            subnets.forEach(subnet -> bySubnetOwner.merge(subnet.projectId(), 1L, Long::sum));
            if (!subnets.isEmpty()) {
                em.createQuery("delete from Address a where a.subnetId in :ids")
                        .setParameter("ids", subnets.stream().map(Resource::id).toList())
                        .executeUpdate();
            }
            MetadataPorts.remove(em, id);
            subnets.forEach(em::remove);
            network.beginDeleting(clock.instant());
            quotas.release(network.projectId(), Map.of("network", 1L));
            bySubnetOwner.forEach((project, count) -> quotas.release(project, Map.of("subnet", count)));
            changes.made(caller, "delete_network", network, network.name());
            changes.wire(network);
            return null;
        });
    }

    /** Replaces the tags. */
    public Set<String> tag(Caller caller, UUID id, Set<String> tags) {
        return database.writeRetrying(em -> {
            Network network = finder.network(em, caller, id);
            access.require(caller, "update_network:tags", network.target());
            network.tag(tags);
            network.touch(clock.instant());
            changes.wire(network);
            return tags;
        });
    }

    private static long counts(EntityManager em, UUID network, String condition, Map<String, Object> parameters) {
        var query = em.createQuery(
                        "select count(p) from Port p where p.networkId = :n and p.deleting = false and " + condition,
                        Long.class)
                .setParameter("n", network);
        parameters.forEach(query::setParameter);
        return query.getSingleResult();
    }

    private static List<Network> load(EntityManager em, List<Network> networks) {
        if (networks.isEmpty()) {
            return networks;
        }
        Map<UUID, List<UUID>> subnets = new HashMap<>();
        List<UUID> ids = networks.stream().map(Resource::id).toList();
        for (Object[] row : Batches.read(ids, some -> em.createQuery(
                        "select s.networkId, s.id from Subnet s where s.networkId in :ids order by s.createdAt, s.id",
                        Object[].class)
                .setParameter("ids", some)
                .getResultList())) {
            subnets.computeIfAbsent((UUID) row[0], id -> new ArrayList<>()).add((UUID) row[1]);
        }
        networks.forEach(network -> network.subnets(subnets.getOrDefault(network.id(), List.of())));
        return networks;
    }
}
