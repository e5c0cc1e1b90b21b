package cloud.haneul.driver.ovn;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** The tables of the northbound database we write, and the columns we copy. */
final class Tables {
    static final String NORTHBOUND = "OVN_Northbound";
    static final String SWITCH = "Logical_Switch";
    static final String SWITCH_PORT = "Logical_Switch_Port";
    static final String DHCP = "DHCP_Options";
    static final String DNS = "DNS";
    static final String PORT_GROUP = "Port_Group";
    static final String ACL = "ACL";
    static final String ROUTER = "Logical_Router";
    static final String ROUTER_PORT = "Logical_Router_Port";
    static final String ROUTE = "Logical_Router_Static_Route";
    static final String NAT = "NAT";
    static final String GATEWAY_CHASSIS = "Gateway_Chassis";

    /** Rows of these tables stay until they are deleted; all others go when nothing refers to them any more. */
    static final Set<String> ROOTS = Set.of(SWITCH, DHCP, DNS, PORT_GROUP, ROUTER);

    /** Of these, nothing but what we look for first keeps two controllers from making the same row twice. */
    static final Set<String> WITHOUT_UNIQUE_NAME = Set.of(SWITCH, DHCP, DNS, ROUTER);

    static final Map<String, List<String>> COPIED = Map.ofEntries(
            Map.entry(SWITCH, List.of("name", "ports", "dns_records", "other_config", Marks.COLUMN)),
            Map.entry(
                    SWITCH_PORT,
                    List.of(
                            "name",
                            "type",
                            "options",
                            "tag",
                            "addresses",
                            "port_security",
                            "up",
                            "enabled",
                            "dhcpv4_options",
                            "dhcpv6_options",
                            Marks.COLUMN)),
            Map.entry(DHCP, List.of("cidr", "options", Marks.COLUMN)),
            Map.entry(DNS, List.of("records", Marks.COLUMN)),
            Map.entry(PORT_GROUP, List.of("name", "ports", "acls", Marks.COLUMN)),
            Map.entry(ACL, List.of("direction", "priority", "match", "action", Marks.COLUMN)),
            Map.entry(ROUTER, List.of("name", "ports", "static_routes", "nat", "enabled", "options", Marks.COLUMN)),
            Map.entry(
                    ROUTER_PORT,
                    List.of("name", "mac", "networks", "gateway_chassis", "options", "ipv6_ra_configs", Marks.COLUMN)),
            Map.entry(ROUTE, List.of("ip_prefix", "nexthop", "output_port", Marks.COLUMN)),
            Map.entry(NAT, List.of("type", "external_ip", "logical_ip", "external_mac", "logical_port", Marks.COLUMN)),
            Map.entry(GATEWAY_CHASSIS, List.of("name", "chassis_name", "priority", Marks.COLUMN)));

    private Tables() {}
}
