package cloud.haneul.network;

import cloud.haneul.kernel.Fault;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** IP protocols by name and number. */
final class Protocols {
    private static final Map<String, Integer> NUMBERS = new TreeMap<>(Map.ofEntries(
            Map.entry("icmp", 1),
            Map.entry("igmp", 2),
            Map.entry("ipip", 4),
            Map.entry("tcp", 6),
            Map.entry("egp", 8),
            Map.entry("udp", 17),
            Map.entry("dccp", 33),
            Map.entry("ipv6-encap", 41),
            Map.entry("ipv6-route", 43),
            Map.entry("ipv6-frag", 44),
            Map.entry("rsvp", 46),
            Map.entry("gre", 47),
            Map.entry("esp", 50),
            Map.entry("ah", 51),
            Map.entry("ipv6-icmp", 58),
            Map.entry("ipv6-nonxt", 59),
            Map.entry("ipv6-opts", 60),
            Map.entry("ospf", 89),
            Map.entry("pgm", 113),
            Map.entry("vrrp", 112),
            Map.entry("sctp", 132),
            Map.entry("udplite", 136)));
    private static final Set<String> WITH_PORTS = Set.of("tcp", "udp", "udplite", "sctp", "dccp");

    private Protocols() {}

    /**
     * The name by which a protocol is kept: lower case, a well-known number as its name; empty for "any".
     *
     * @throws Fault BAD_REQUEST for what is no protocol
     */
    static String canonical(String text, boolean v6) {
        String name = text.strip().toLowerCase(Locale.ROOT);
        if (name.isEmpty() || name.equals("any") || name.equals("-1")) {
            return "";
        }
        if (name.equals("icmpv6") || (v6 && name.equals("icmp"))) {
            return "ipv6-icmp";
        }
        if (name.matches("\\d{1,3}") && Integer.parseInt(name) <= 255) {
            int number = Integer.parseInt(name);
            Optional<String> known = NUMBERS.entrySet().stream()
                    .filter(e -> e.getValue() == number)
                    .map(Map.Entry::getKey)
                    .findFirst();
            return known.map(k -> v6 && k.equals("icmp") ? "ipv6-icmp" : k).orElse(Integer.toString(number));
        }
        if (!NUMBERS.containsKey(name)) {
            throw Fault.badRequest(
                            "protocol",
                            "Security group rule protocol " + text + " not supported. Only protocol values "
                                    + NUMBERS.keySet() + " and integer representations [0 to 255] are supported.")
                    .type("SecurityGroupRuleInvalidProtocol");
        }
        return name;
    }

    static int number(String canonical) {
        return NUMBERS.containsKey(canonical) ? NUMBERS.get(canonical) : Integer.parseInt(canonical);
    }

    static boolean hasPorts(String canonical) {
        return WITH_PORTS.contains(canonical);
    }
}
