package cloud.haneul.network;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.Ids;
import cloud.haneul.kernel.access.Access;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.quota.Quotas;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Ranges of addresses of networks. Those of one network never overlap: whoever adds one holds the network's row. */
@Component
public class Subnets {
    private static final Listing<Subnet> LISTING = Listing.of(Subnet.class)
            .text("name", "name", Subnet::name)
            .id("network_id", "networkId")
            .text("cidr", "cidr", Subnet::cidr)
            .integer("ip_version", "ipVersion")
            .text("gateway_ip", "gateway", subnet -> subnet.gateway().orElse(""))
            .flag("enable_dhcp", "enableDhcp")
            .text("ipv6_address_mode", "ipv6AddressMode", subnet -> subnet.ipv6AddressMode()
                    .orElse(""))
            .text("ipv6_ra_mode", "ipv6RaMode", subnet -> subnet.ipv6RaMode().orElse(""))
            .special("shared", values -> ofNetwork("shared", values))
            .special("router:external", values -> ofNetwork("external", values))
            .special("subnetpool_id", values -> new Listing.Clause(Listing.NOTHING, Map.of()));

    private static Listing.Clause ofNetwork(String flag, List<String> values) {
        return new Listing.Clause(
                "r.networkId in (select n.id from Network n where n." + flag + " = :" + flag + ")",
                Map.of(flag, values.stream().anyMatch(v -> v.equalsIgnoreCase("true") || v.equals("1"))));
    }

    private final Database database;
    private final Access access;
    private final Quotas quotas;
    private final Finder finder;
    private final Changes changes;
    private final MetadataPorts metadataPorts;
    private final Clock clock;

    @Inject
    Subnets(
            Database database,
            Access access,
            Quotas quotas,
            Finder finder,
            Changes changes,
            MetadataPorts metadataPorts,
            Clock clock) {
        this.database = database;
        this.access = access;
        this.quotas = quotas;
        this.finder = finder;
        this.changes = changes;
        this.metadataPorts = metadataPorts;
        this.clock = clock;
    }

    public Subnet create(Caller caller, SubnetRequest asked) {
        return create(caller, List.of(asked)).get(0);
    }

    /** All or none. */
    public List<Subnet> create(Caller caller, List<SubnetRequest> asked) {
        return database.writeRetrying(em -> {
            List<Subnet> made = new ArrayList<>();
            for (SubnetRequest one : asked) {
                made.add(create(em, caller, one));
            }
            return made;
        });
    }

    private Subnet create(EntityManager em, Caller caller, SubnetRequest asked) {
        UUID networkId = asked.networkId().orElseThrow(() -> Fault.badRequest("network_id", "network_id is required"));
        String project = Owners.of(caller, asked.projectId());
        Network seen = finder.network(em, caller, networkId);
        access.require(caller, "create_subnet", Map.of("project_id", project, "network:tenant_id", seen.projectId()));
        SubnetPlan plan = SubnetPlan.of(asked);
        Network network = finder.lockNetwork(em, caller, networkId);
        for (Subnet other : Finder.subnets(em, networkId)) {
            if (Cidr.parse(other.cidr()).orElseThrow().overlaps(plan.cidr())) {
                throw Fault.badRequest(
                                "cidr",
                                "Invalid input for operation: Requested subnet with cidr: " + plan.cidr()
                                        + " for network: " + networkId + " overlaps with another subnet.")
                        .type("InvalidInput");
            }
        }
        quotas.reserve(project, Map.of("subnet", 1L));
        Subnet subnet = new Subnet(
                Ids.newId(), project, networkId, asked, plan.cidr(), plan.gateway(), plan.pools(), clock.instant());
        em.persist(subnet);
        em.flush();
        rewire(em, network);
        changes.made(caller, "create_subnet", subnet, subnet.name());
        return subnet.of(network);
    }

    public List<Subnet> list(Caller caller, ListQuery query) {
        boolean all = access.allowed(
                caller,
                "get_subnet",
                Map.of(
                        "project_id",
                        Owners.NOBODY,
                        "network:tenant_id",
                        Owners.NOBODY,
                        "shared",
                        false,
                        "router:external",
                        false));
        return database.read(em -> {
            List<Subnet> rows = LISTING.page(
                    em,
                    all
                            ? Listing.EVERYTHING
                            : "(r.projectId = :own or r.networkId in (select n.id from Network n"
                                    + " where n.projectId = :own or n.shared = true or n.external = true))",
                    all ? Map.of() : Map.of("own", Owners.own(caller)),
                    query);
            Map<UUID, Network> networks = Finder.byId(
                    em,
                    Network.class,
                    rows.stream().map(Subnet::networkId).distinct().toList());
            rows.forEach(subnet -> subnet.of(networks.get(subnet.networkId())));
            rows.removeIf(subnet -> !access.allowed(caller, "get_subnet", Finder.target(subnet)));
            return rows;
        });
    }

    public Subnet show(Caller caller, UUID id) {
        return database.read(em -> finder.subnet(em, caller, id));
    }

    public Subnet update(Caller caller, UUID id, SubnetRequest asked) {
        return database.writeRetrying(em -> {
            Subnet subnet = finder.subnet(em, caller, id);
            access.require(caller, "update_subnet", Finder.target(subnet));
            Network network = finder.lockNetwork(em, caller, subnet.networkId());
            SubnetPlan plan = SubnetPlan.change(subnet, asked);
            boolean gatewayMoves = !plan.gateway().map(Ip::toString).equals(subnet.gateway());
            if (gatewayMoves
                    && subnet.gateway().isPresent()
                    && routerHas(em, id, subnet.gateway().get())) {
                throw Fault.conflict("Current gateway ip " + subnet.gateway().get()
                                + " already in use by a router port. Unable to update.")
                        .type("GatewayIpInUse");
            }
            subnet.change(asked, plan.gateway(), plan.pools(), clock.instant());
            em.flush();
            rewire(em, network);
            changes.made(caller, "update_subnet", subnet, subnet.name());
            return subnet.of(network);
        });
    }

    /** @throws Fault CONFLICT while a port has an address of it */
    public void delete(Caller caller, UUID id) {
        database.writeRetrying(em -> {
            Subnet subnet = finder.subnet(em, caller, id);
            access.require(caller, "delete_subnet", Finder.target(subnet));
            Network network = finder.lockNetwork(em, caller, subnet.networkId());
            long used = em.createQuery(
                            "select count(a) from Address a, Port p where a.subnetId = :s and p.id = a.portId and p.deleting = false"
                                    + " and p.deviceOwner <> :meta",
                            Long.class)
                    .setParameter("s", id)
                    .setParameter("meta", Port.METADATA)
                    .getSingleResult();
            if (used > 0) {
                throw Fault.conflict("Unable to complete operation on subnet " + id
                                + ": One or more ports have an IP allocation from this subnet.")
                        .type("SubnetInUse");
            }
            em.createQuery("delete from Address a where a.subnetId = :s")
                    .setParameter("s", id)
                    .executeUpdate();
            em.remove(subnet);
            em.flush();
            quotas.release(subnet.projectId(), Map.of("subnet", 1L));
            rewire(em, network);
            changes.made(caller, "delete_subnet", subnet, subnet.name());
            return null;
        });
    }

    public Set<String> tag(Caller caller, UUID id, Set<String> tags) {
        return database.writeRetrying(em -> {
            Subnet subnet = finder.subnet(em, caller, id);
            access.require(caller, "update_subnet:tags", Finder.target(subnet));
            subnet.tag(tags);
            subnet.touch(clock.instant());
            return tags;
        });
    }

    private static boolean routerHas(EntityManager em, UUID subnet, String ip) {
        return em.createQuery(
                                "select count(a) from Address a, Port p where a.subnetId = :s and a.ip = :ip and p.id = a.portId"
                                        + " and p.deviceOwner = :owner and p.deleting = false",
                                Long.class)
                        .setParameter("s", subnet)
                        .setParameter("ip", ip)
                        .setParameter("owner", Port.ROUTER_INTERFACE)
                        .getSingleResult()
                > 0;
    }

    private void rewire(EntityManager em, Network network) {
        metadataPorts.follow(em, network);
        network.touch(clock.instant());
        changes.wire(network);
        // routers know their networks' prefixes and next hops
        List<Router> routers = Routers.on(em, network.id());
        routers.forEach(router -> {
            router.touch(clock.instant());
            changes.wire(router);
        });
    }
}
