package cloud.haneul.driver.ovn;

import static cloud.haneul.driver.ovn.Tables.ACL;
import static cloud.haneul.driver.ovn.Tables.PORT_GROUP;
import static cloud.haneul.driver.ovn.Values.set;

import cloud.haneul.driver.ovn.Values.Named;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The port group of all ports with port security: what no security group allows is dropped, but asking for an address is
 * allowed. It is there while it has members; the last one takes it along.
 */
final class DropGroup {
    static final int ALLOW = 1002;
    static final int DROP = 1001;
    private static final String PART = "drop";

    private DropGroup() {}

    static UUID id(String installation) {
        return UUID.nameUUIDFromBytes(("haneul drop group of " + installation).getBytes(StandardCharsets.UTF_8));
    }

    static String name(String installation) {
        return "haneul_drop_" + installation.replaceAll("[^A-Za-z0-9]", "_");
    }

    static void create(String installation, Object firstMember, Transaction transaction) {
        String name = name(installation);
        Set<Object> acls = new LinkedHashSet<>();
        acls.add(acl(installation, "drop-in", "to-lport", DROP, "outport == @" + name + " && ip", "drop", transaction));
        acls.add(acl(
                installation, "drop-out", "from-lport", DROP, "inport == @" + name + " && ip", "drop", transaction));
        acls.add(acl(
                installation,
                "dhcp-v4",
                "from-lport",
                ALLOW,
                "inport == @" + name + " && ip4 && ip4.dst == 255.255.255.255 && udp.src == 68 && udp.dst == 67",
                "allow",
                transaction));
        acls.add(acl(
                installation,
                "dhcp-v6",
                "from-lport",
                ALLOW,
                "inport == @" + name + " && ip6 && ip6.dst == ff02::1:2 && udp.src == 546 && udp.dst == 547",
                "allow",
                transaction));
        transaction.insert(
                PORT_GROUP,
                transaction.name(),
                Map.of(
                        "name",
                        set(name),
                        "acls",
                        acls,
                        "ports",
                        set(firstMember),
                        Marks.COLUMN,
                        Marks.of(installation, id(installation), PART)));
    }

    /** When there are no members but the port, or none at all, the group goes. */
    static void leave(Rows rows, String installation, UUID port, Transaction transaction) {
        Set<?> leaving =
                PortPlan.main(rows, port).map(row -> Set.of(row.uuid())).orElse(Set.of());
        rows.first(PORT_GROUP, id(installation).toString())
                .filter(group -> leaving.containsAll(group.atoms("ports")))
                .ifPresent(group -> {
                    transaction.demand(group, "ports");
                    transaction.delete(group);
                });
    }

    private static Named acl(
            String installation,
            String part,
            String direction,
            int priority,
            String match,
            String action,
            Transaction transaction) {
        Named name = transaction.name();
        Map<String, Object> columns = new TreeMap<>();
        columns.put("direction", set(direction));
        columns.put("priority", set((long) priority));
        columns.put("match", set(match));
        columns.put("action", set(action));
        columns.put(Marks.COLUMN, Marks.of(installation, id(installation), part));
        transaction.insert(ACL, name, columns);
        return name;
    }
}
