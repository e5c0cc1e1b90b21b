package cloud.haneul.driver.ovn;

import static cloud.haneul.driver.ovn.Tables.DHCP;
import static cloud.haneul.driver.ovn.Tables.DNS;
import static cloud.haneul.driver.ovn.Tables.PORT_GROUP;
import static cloud.haneul.driver.ovn.Tables.SWITCH;
import static cloud.haneul.driver.ovn.Tables.SWITCH_PORT;
import static cloud.haneul.driver.ovn.Values.set;

import cloud.haneul.driver.ovn.Plan.Part;
import cloud.haneul.spi.DriverException;
import cloud.haneul.spi.DriverException.Code;
import cloud.haneul.spi.network.PortSpec;
import cloud.haneul.spi.network.PortSpec.Address;
import cloud.haneul.spi.network.PortSpec.AllowedPair;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A guest's port: a port of its network's switch, named by its UUID because that is what hypervisors plug; member of the port
 * groups of its security groups and, with port security, of the one that drops the rest; and its name among the network's.
 */
final class PortPlan {
    static final String REQUESTED_CHASSIS = "requested-chassis";
    private static final Pattern HOST_NAME = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?");

    private final OvnSettings settings;
    private final PortSpec port;
    private final Row network;
    private final Optional<Row> before;
    private final Plan plan;

    private PortPlan(OvnSettings settings, PortSpec port, Rows rows) {
        this.settings = settings;
        this.port = port;
        this.network = rows.first(SWITCH, port.network().toString())
                .orElseThrow(
                        () -> DriverException.of(Code.NOT_FOUND, "The network " + port.network() + " is not in OVN."));
        this.before = main(rows, port.id());
        this.plan = new Plan("ensure port", settings.installation(), port.id());
    }

    static Transaction of(OvnSettings settings, PortSpec port, Rows rows) {
        return new PortPlan(settings, port, rows).toward(rows);
    }

    static Optional<Row> main(Rows rows, UUID port) {
        return rows.of(port.toString()).stream()
                .filter(row ->
                        row.table().equals(SWITCH_PORT) && Marks.part(row).isEmpty())
                .findFirst();
    }

    private Transaction toward(Rows rows) {
        String home = port.network().toString();
        before.flatMap(row -> row.mark(Marks.NETWORK))
                .filter(other -> !other.equals(home))
                .ifPresent(other -> {
                    throw DriverException.of(
                            Code.CONFLICT, "The port " + port.id() + " is already in the network " + other + ".");
                });
        Set<UUID> groups = groups();
        Optional<Row> dhcpV4 = dhcp(rows, false);
        Optional<Row> dhcpV6 = dhcp(rows, true);
        Part main = plan.want(SWITCH_PORT, "", columns(dhcpV4, dhcpV6), marks(groups));
        plan.plug(main, network);
        Transaction transaction = plan.toward(rows);
        join(rows, groups, plan.reference(main), transaction);
        leave(rows, groups, transaction);
        rows.first(DNS, home).ifPresent(names -> Names.change(names, recordsBefore(), records(), transaction));
        if (!transaction.isEmpty()) {
            // enabled and DHCP options were taken from it
            transaction.demand(network, Marks.COLUMN);
        }
        return transaction;
    }

    private Map<String, Object> columns(Optional<Row> dhcpV4, Optional<Row> dhcpV6) {
        Map<String, Object> columns = new TreeMap<>();
        columns.put("name", set(port.id().toString()));
        columns.put("addresses", addresses());
        columns.put("port_security", port.portSecurity() ? allowed() : set());
        columns.put(
                "enabled",
                set(port.adminStateUp() && network.mark(Marks.ENABLED).equals(Optional.of("true"))));
        columns.put("dhcpv4_options", dhcpV4.map(row -> set(row.uuid())).orElse(set()));
        columns.put("dhcpv6_options", dhcpV6.map(row -> set(row.uuid())).orElse(set()));
        Map<String, String> options = new TreeMap<>();
        port.host().ifPresent(host -> options.put(REQUESTED_CHASSIS, host));
        hostName().ifPresent(name -> options.put("hostname", DhcpOptions.quoted(name)));
        columns.put("options", options);
        return columns;
    }

    private Map<String, String> marks(Set<UUID> groups) {
        Map<String, String> marks = new TreeMap<>();
        marks.put(Marks.NETWORK, port.network().toString());
        marks.put(Marks.PROJECT, port.projectId());
        marks.put(Marks.ENABLED, Boolean.toString(port.adminStateUp()));
        marks.put(Marks.GROUPS, groups.stream().map(UUID::toString).collect(Collectors.joining(" ")));
        first(false)
                .ifPresent(
                        address -> marks.put(Marks.SUBNET_V4, address.subnet().toString()));
        first(true)
                .ifPresent(
                        address -> marks.put(Marks.SUBNET_V6, address.subnet().toString()));
        hostName().ifPresent(name -> marks.put(Marks.HOST_NAME, name));
        return marks;
    }

    // ---- addresses

    private String own() {
        StringBuilder own = new StringBuilder(Inet.mac(port.mac()));
        port.addresses().forEach(address -> own.append(' ').append(Inet.ip(address.ip())));
        return own.toString();
    }

    private Set<Object> addresses() {
        Set<Object> addresses = new LinkedHashSet<>();
        addresses.add(own());
        port.allowedPairs().stream()
                .map(pair -> Inet.mac(pair.mac()))
                .filter(mac -> !mac.equals(Inet.mac(port.mac())))
                .forEach(addresses::add);
        if (!port.portSecurity()) {
            // frames for MACs that nobody told us of may be for this guest
            addresses.add("unknown");
        }
        return addresses;
    }

    private Set<Object> allowed() {
        Set<Object> allowed = new LinkedHashSet<>();
        StringBuilder own = new StringBuilder(own());
        if (port.addresses().isEmpty()) {
            // a MAC alone would allow every address; this one is what a guest without an address has
            own.append(" 0.0.0.0");
        }
        for (AllowedPair pair : port.allowedPairs()) {
            if (Inet.mac(pair.mac()).equals(Inet.mac(port.mac()))) {
                own.append(' ').append(Inet.cidr(pair.ip()));
            } else {
                allowed.add(Inet.mac(pair.mac()) + " " + Inet.cidr(pair.ip()));
            }
        }
        allowed.add(own.toString());
        return allowed;
    }

    private Optional<Address> first(boolean v6) {
        return port.addresses().stream()
                .filter(address -> Inet.isV6(address.ip()) == v6)
                .findFirst();
    }

    private Optional<Row> dhcp(Rows rows, boolean v6) {
        return first(v6)
                .map(address -> NetworkPlan.subnetPart(address.subnet()))
                .flatMap(part -> rows.of(port.network().toString()).stream()
                        .filter(row ->
                                row.table().equals(DHCP) && Marks.part(row).equals(part))
                        .findFirst());
    }

    // ---- names

    private Optional<String> hostName() {
        // what is no name of a host stays unknown: it would go into the text of a logical flow
        return port.hostName().filter(name -> HOST_NAME.matcher(name).matches());
    }

    private Map<String, String> records() {
        return hostName()
                .map(name -> Names.records(
                        name.toLowerCase(Locale.ROOT),
                        settings.dnsDomain(),
                        port.addresses().stream().map(Address::ip).toList()))
                .orElse(Map.of());
    }

    private Map<String, String> recordsBefore() {
        return before.map(row -> Names.of(row, settings.dnsDomain())).orElse(Map.of());
    }

    // ---- groups

    private Set<UUID> groups() {
        Set<UUID> groups = new TreeSet<>();
        if (port.portSecurity()) {
            groups.addAll(port.securityGroups());
            groups.add(DropGroup.id(settings.installation()));
        }
        return groups;
    }

    private void join(Rows rows, Set<UUID> groups, Object reference, Transaction transaction) {
        UUID drop = DropGroup.id(settings.installation());
        for (UUID id : groups) {
            Optional<Row> group = rows.first(PORT_GROUP, id.toString());
            if (group.isEmpty() && id.equals(drop)) {
                DropGroup.create(settings.installation(), reference, transaction);
                continue;
            }
            Row row = group.orElseThrow(
                    () -> DriverException.of(Code.NOT_FOUND, "The security group " + id + " is not in OVN."));
            if (!(reference instanceof UUID known && row.refers("ports", known))) {
                transaction.demand(row);
                transaction.add(PORT_GROUP, row.uuid(), "ports", reference);
            }
        }
    }

    private void leave(Rows rows, Set<UUID> groups, Transaction transaction) {
        before.ifPresent(row -> {
            for (String id : row.mark(Marks.GROUPS).orElse("").split(" ")) {
                if (!id.isEmpty() && !groups.contains(UUID.fromString(id))) {
                    rows.first(PORT_GROUP, id)
                            .filter(group -> group.refers("ports", row.uuid()))
                            .ifPresent(group -> transaction.remove(PORT_GROUP, group.uuid(), "ports", row.uuid()));
                }
            }
        });
    }
}
