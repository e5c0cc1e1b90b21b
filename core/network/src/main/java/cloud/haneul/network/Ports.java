package cloud.haneul.network;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.access.Access;
import cloud.haneul.kernel.data.Database;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Ports as users handle them. A project sees its own and all of its networks. */
@Component
public class Ports {
    private static final Listing<Port> LISTING = Listing.of(Port.class)
            .text("name", "name", Port::name)
            .id("network_id", "networkId")
            .text("mac_address", "mac", Port::mac)
            .flag("admin_state_up", "adminStateUp")
            .flag("port_security_enabled", "portSecurityEnabled")
            .text("status", "status", Port::status)
            .text("device_id", "deviceId", Port::deviceId)
            .text("device_owner", "deviceOwner", Port::deviceOwner)
            .text("dns_name", "dnsName", Port::dnsName)
            .text("binding:host_id", "host", port -> port.host().orElse(""))
            .text("binding:vnic_type", "vnicType", Port::vnicType)
            .special("fixed_ips", Ports::byFixedIps)
            .special("security_groups", Ports::byGroups)
            .special("security_group_ids", Ports::byGroups);

    private final Database database;
    private final Access access;
    private final Finder finder;
    private final PortMaker maker;
    private final Changes changes;
    private final Clock clock;

    @Inject
    Ports(Database database, Access access, Finder finder, PortMaker maker, Changes changes, Clock clock) {
        this.database = database;
        this.access = access;
        this.finder = finder;
        this.maker = maker;
        this.changes = changes;
        this.clock = clock;
    }

    public Port create(Caller caller, PortRequest asked) {
        return create(caller, List.of(asked)).get(0);
    }

    /** All or none. */
    public List<Port> create(Caller caller, List<PortRequest> asked) {
        return database.writeRetrying(em -> {
            List<Port> made = new ArrayList<>();
            for (PortRequest one : asked) {
                made.add(create(em, caller, one));
            }
            return made;
        });
    }

    Port create(EntityManager em, Caller caller, PortRequest asked) {
        String project = Owners.of(caller, asked.projectId());
        UUID networkId = asked.networkId().orElseThrow(() -> Fault.badRequest("network_id", "network_id is required"));
        Network network = finder.network(em, caller, networkId);
        Map<String, Object> target = new HashMap<>(network.target());
        target.put("project_id", project);
        target.put("network:tenant_id", network.projectId());
        target.put("device_owner", asked.deviceOwner().orElse(""));
        access.requireWith(caller, "create_port", asked.guarded(true), target);
        List<UUID> groups = groups(em, caller, project, network, asked);
        Port port = maker.make(em, project, network, asked, groups);
        changes.made(caller, "create_port", port, port.name());
        return port;
    }

    private List<UUID> groups(EntityManager em, Caller caller, String project, Network network, PortRequest asked) {
        boolean secured = asked.portSecurityEnabled().orElse(network.portSecurityEnabled());
        List<UUID> wanted = asked.securityGroups().orElse(List.of());
        if (!secured) {
            if (!wanted.isEmpty()) {
                throw Fault.badRequest(
                                "security_groups",
                                "Port security must be enabled and port must have an IP address in order to use security groups.")
                        .type("PortSecurityAndIPRequiredForSecurityGroups");
            }
            return List.of();
        }
        if (asked.securityGroups().isEmpty()) {
            return asked.deviceOwner().orElse("").startsWith("network:")
                    ? List.of()
                    : List.of(maker.defaultGroup(em, project));
        }
        wanted.forEach(id -> finder.group(em, caller, id));
        return wanted.stream().distinct().toList();
    }

    public List<Port> list(Caller caller, ListQuery query) {
        boolean all = access.allowed(
                caller,
                "get_port",
                Map.of("project_id", Owners.NOBODY, "network:tenant_id", Owners.NOBODY, "device_owner", ""));
        return database.read(em -> {
            List<Port> rows = LISTING.page(
                    em,
                    "r.deleting = false"
                            + (all
                                    ? ""
                                    : " and (r.projectId = :own or r.networkId in (select n.id from Network n where n.projectId = :own))"),
                    all ? Map.of() : Map.of("own", Owners.own(caller)),
                    query);
            Finder.load(em, rows);
            rows.removeIf(port -> !access.allowed(caller, "get_port", port.target()));
            return rows;
        });
    }

    public Port show(Caller caller, UUID id) {
        return database.read(em -> finder.port(em, caller, id));
    }

    public Port update(Caller caller, UUID id, PortRequest asked) {
        return database.writeRetrying(em -> {
            Port port = finder.port(em, caller, id);
            Map<String, Object> target = new HashMap<>(port.target());
            asked.deviceOwner().ifPresent(owner -> target.put("device_owner", owner));
            access.requireWith(caller, "update_port", asked.guarded(false), target);
            if (asked.mac().filter(mac -> !mac.equals(port.mac())).isPresent()) {
                if (port.host().isPresent()) {
                    throw Fault.conflict("Unable to complete operation on port " + id
                                    + ", port is already bound, port type: ovs, old_mac " + port.mac() + ", new_mac "
                                    + asked.mac().get() + ".")
                            .type("PortBound");
                }
                maker.requireFreeMac(em, port.networkId(), asked.mac().get());
            }
            List<UUID> groups = changedGroups(em, caller, port, asked);
            List<Address> addresses = asked.fixedIps().isPresent()
                    ? maker.readdress(em, port, asked.fixedIps().get())
                    : port.addresses();
            changes.shown(port);
            port.change(asked, clock.instant());
            changes.shown(port);
            em.flush();
            port.with(port.network(), addresses, groups);
            maker.wireWithRouter(em, port);
            changes.made(caller, "update_port", port, port.name());
            return port;
        });
    }

    private List<UUID> changedGroups(EntityManager em, Caller caller, Port port, PortRequest asked) {
        boolean secured = asked.portSecurityEnabled().orElse(port.portSecurityEnabled());
        List<UUID> after = asked.securityGroups().orElse(port.securityGroups());
        if (!secured && !after.isEmpty()) {
            throw asked.securityGroups().isPresent()
                    ? Fault.badRequest(
                                    "security_groups",
                                    "Port security must be enabled and port must have an IP address in order to use security groups.")
                            .type("PortSecurityAndIPRequiredForSecurityGroups")
                    : Fault.conflict(
                                    "Port has security group associated. Cannot disable port security or IP address until security group is removed.")
                            .type("PortSecurityPortHasSecurityGroup");
        }
        if (asked.securityGroups().isPresent()) {
            after.stream()
                    .filter(id -> !port.securityGroups().contains(id))
                    .forEach(id -> finder.group(em, caller, id));
            maker.regroup(em, port, after);
        }
        return after.stream().distinct().toList();
    }

    /** @throws Fault CONFLICT for a port that belongs to a router, a floating IP or the metadata service */
    public void delete(Caller caller, UUID id) {
        database.writeRetrying(em -> {
            Port port = finder.port(em, caller, id);
            access.require(caller, "delete_port", port.target());
            if (Port.OWNED_BY_OTHERS.contains(port.deviceOwner())) {
                throw Fault.conflict("Port " + id + " cannot be deleted directly via the port API: has device owner "
                                + port.deviceOwner() + ".")
                        .type("ServicePortInUse");
            }
            maker.end(em, port);
            changes.made(caller, "delete_port", port, port.name());
            return null;
        });
    }

    public Set<String> tag(Caller caller, UUID id, Set<String> tags) {
        return database.writeRetrying(em -> {
            Port port = finder.port(em, caller, id);
            access.require(caller, "update_port:tags", port.target());
            port.tag(tags);
            port.touch(clock.instant());
            changes.wire(port);
            return tags;
        });
    }

    /** {@code fixed_ips=ip_address=10.0.0.5} and {@code fixed_ips=subnet_id=...}; each said once holds, several of a kind are alternatives. */
    private static Listing.Clause byFixedIps(List<String> values) {
        List<String> ips = new ArrayList<>();
        Set<UUID> subnets = new HashSet<>();
        for (String value : values) {
            int sign = value.indexOf('=');
            String key = sign < 0 ? "" : value.substring(0, sign);
            String rest = value.substring(sign + 1);
            switch (key) {
                case "ip_address" -> ips.add(Ip.parse(rest).map(Ip::toString).orElse(rest));
                case "subnet_id", "subnet" ->
                    cloud.haneul.kernel.Ids.parse(rest).ifPresent(subnets::add);
                default ->
                    throw Fault.badRequest(
                            "fixed_ips", "Invalid filter fixed_ips: ip_address=... or subnet_id=... is expected.");
            }
        }
        StringBuilder text = new StringBuilder("r.id in (select a.portId from Address a where");
        Map<String, Object> parameters = new HashMap<>();
        if (!ips.isEmpty()) {
            text.append(" a.ip in :fip");
            parameters.put("fip", ips);
        }
        if (!subnets.isEmpty()) {
            text.append(ips.isEmpty() ? "" : " and").append(" a.subnetId in :fsub");
            parameters.put("fsub", subnets);
        }
        boolean nonsense = ips.isEmpty() && subnets.isEmpty();
        return nonsense
                ? new Listing.Clause(Listing.NOTHING, Map.of())
                : new Listing.Clause(text.append(')').toString(), parameters);
    }

    private static Listing.Clause byGroups(List<String> values) {
        List<UUID> ids = values.stream()
                .map(cloud.haneul.kernel.Ids::parse)
                .flatMap(Optional::stream)
                .toList();
        return ids.isEmpty()
                ? new Listing.Clause(Listing.NOTHING, Map.of())
                : new Listing.Clause(
                        "r.id in (select g.portId from PortGroup g where g.groupId in :groups)", Map.of("groups", ids));
    }
}
