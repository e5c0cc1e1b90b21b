package cloud.haneul.driver.ovn;

import static cloud.haneul.driver.ovn.Tables.DHCP;
import static cloud.haneul.driver.ovn.Tables.DNS;
import static cloud.haneul.driver.ovn.Tables.SWITCH;
import static cloud.haneul.driver.ovn.Tables.SWITCH_PORT;
import static cloud.haneul.driver.ovn.Values.set;

import cloud.haneul.driver.ovn.Plan.Part;
import cloud.haneul.spi.DriverException;
import cloud.haneul.spi.DriverException.Code;
import cloud.haneul.spi.network.NetworkSpec;
import cloud.haneul.spi.network.NetworkSpec.Metadata;
import cloud.haneul.spi.network.NetworkSpec.SubnetSpec;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A network: a logical switch; DHCP options for each subnet that has DHCP; a table of names; a port to the physical network for
 * flat and VLAN networks; and a local port on every chassis where the metadata service answers. What its guests' ports say about
 * the network (enabled, DHCP options) follows in the same transaction.
 */
final class NetworkPlan {
    static final String LOCALNET = "localnet";
    static final String METADATA = "metadata";
    static final String NAMES = "names";
    private static final int LARGEST_TUNNEL_KEY = (1 << 24) - 1;

    private final OvnSettings settings;
    private final NetworkSpec network;
    private final Plan plan;
    private final Map<UUID, Part> dhcp = new HashMap<>();

    private NetworkPlan(OvnSettings settings, NetworkSpec network) {
        this.settings = settings;
        this.network = network;
        this.plan = new Plan("ensure network", settings.installation(), network.id());
    }

    static Transaction of(OvnSettings settings, NetworkSpec network, Rows rows) {
        return new NetworkPlan(settings, network).toward(rows);
    }

    static String subnetPart(UUID subnet) {
        return "subnet:" + subnet;
    }

    private Transaction toward(Rows rows) {
        Part names = plan.want(DNS, NAMES, Map.of());
        network.subnets().stream()
                .filter(SubnetSpec::dhcp)
                .forEach(subnet -> dhcp.put(
                        subnet.id(),
                        plan.want(
                                DHCP,
                                subnetPart(subnet.id()),
                                Map.of(
                                        "cidr",
                                        set(Inet.cidr(subnet.cidr())),
                                        "options",
                                        DhcpOptions.of(settings, network, subnet)))));
        Part main = plan.want(
                SWITCH,
                "",
                Map.of(
                        "name",
                        set("haneul-" + network.id()),
                        "dns_records",
                        set(names),
                        "other_config",
                        configuration()),
                marks());
        physicalNetwork().ifPresent(physical -> plan.plug(localnet(physical), main));
        if (settings.metadata()) {
            network.metadata().ifPresent(metadata -> plan.plug(metadataPort(metadata), main));
        }
        Transaction transaction = plan.toward(rows);
        rows.first(SWITCH, network.id().toString()).ifPresent(row -> row.references("ports")
                .forEach(port -> rows.row(SWITCH_PORT, port).ifPresent(this::follow)));
        return transaction;
    }

    private Map<String, String> configuration() {
        Map<String, String> configuration = new TreeMap<>();
        configuration.put("mcast_snoop", "false");
        configuration.put("vlan-passthru", "false");
        if (network.type().equals("geneve")) {
            network.segmentationId()
                    .filter(key -> key > 0 && key <= LARGEST_TUNNEL_KEY)
                    .ifPresent(key -> configuration.put("requested-tnl-key", Integer.toString(key)));
        }
        return configuration;
    }

    private Map<String, String> marks() {
        Map<String, String> marks = new TreeMap<>();
        marks.put(Marks.NAME, network.name());
        marks.put(Marks.PROJECT, network.projectId());
        marks.put(Marks.MTU, Integer.toString(network.mtu()));
        marks.put(Marks.ENABLED, Boolean.toString(network.adminStateUp()));
        physicalNetwork().ifPresent(physical -> marks.put(Marks.PHYSICAL_NETWORK, physical));
        return marks;
    }

    private Optional<String> physicalNetwork() {
        return switch (network.type()) {
            case "geneve" -> Optional.empty();
            case "flat", "vlan" -> {
                String name = network.physicalNetwork().orElse("");
                if (!settings.physicalNetworks().contains(name)) {
                    throw DriverException.of(
                            Code.INVALID,
                            "There is no physical network named \"" + name + "\"; there are "
                                    + settings.physicalNetworks() + ".");
                }
                yield Optional.of(name);
            }
            default -> throw DriverException.of(Code.INVALID, "OVN has no networks of type " + network.type() + ".");
        };
    }

    private Part localnet(String physical) {
        Map<String, Object> columns = new TreeMap<>();
        columns.put("name", set("haneul-localnet-" + network.id()));
        columns.put("type", set("localnet"));
        columns.put("addresses", set("unknown"));
        columns.put("options", Map.of("network_name", physical));
        columns.put("tag", network.type().equals("vlan") ? set((long) vlan()) : set());
        return plan.want(SWITCH_PORT, LOCALNET, columns, partMarks());
    }

    private int vlan() {
        return network.segmentationId()
                .filter(tag -> tag > 0 && tag < 4095)
                .orElseThrow(
                        () -> DriverException.of(Code.INVALID, "A vlan network needs a VLAN id between 1 and 4094."));
    }

    private Part metadataPort(Metadata metadata) {
        String addresses =
                Inet.mac(metadata.mac()) + " " + Inet.ip(metadata.address()) + " " + DhcpOptions.METADATA_ADDRESS;
        return plan.want(
                SWITCH_PORT,
                METADATA,
                Map.of("name", set(metadata.port().toString()), "type", set("localport"), "addresses", set(addresses)),
                partMarks());
    }

    private Map<String, String> partMarks() {
        return Map.of(Marks.NETWORK, network.id().toString());
    }

    /** A guest's port: on while both it and the network are, and with the DHCP options its addresses have now. */
    private void follow(Row port) {
        boolean guest = Marks.part(port).isEmpty() && port.mark(Marks.ENABLED).isPresent();
        if (!guest) {
            return;
        }
        Map<String, Object> different = new TreeMap<>();
        Set<Object> enabled =
                set(network.adminStateUp() && port.mark(Marks.ENABLED).equals(Optional.of("true")));
        if (!port.atoms("enabled").equals(enabled)) {
            different.put("enabled", enabled);
        }
        followDhcp(port, "dhcpv4_options", Marks.SUBNET_V4, different);
        followDhcp(port, "dhcpv6_options", Marks.SUBNET_V6, different);
        if (!different.isEmpty()) {
            plan.transaction().update(port, different);
        }
    }

    private void followDhcp(Row port, String column, String mark, Map<String, Object> different) {
        Set<Object> wanted = port.mark(mark)
                .map(UUID::fromString)
                .map(dhcp::get)
                .map(part -> set(plan.reference(part)))
                .orElse(set());
        if (!port.atoms(column).equals(wanted)) {
            different.put(column, wanted);
        }
    }
}
