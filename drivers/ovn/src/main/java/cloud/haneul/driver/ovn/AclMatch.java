package cloud.haneul.driver.ovn;

import cloud.haneul.spi.DriverException;
import cloud.haneul.spi.DriverException.Code;
import cloud.haneul.spi.network.SecurityGroupSpec.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a security group rule matches, in OVN's expressions. */
final class AclMatch {
    private static final int ICMP = 1;
    private static final int ICMP_V6 = 58;
    private static final int LARGEST_PORT = 65_535;
    private static final Map<Integer, String> WITH_PORTS = Map.of(6, "tcp", 17, "udp", 132, "sctp");

    private AclMatch() {}

    static String of(String portGroup, Rule rule) {
        List<String> terms = new ArrayList<>();
        terms.add((rule.ingress() ? "outport == @" : "inport == @") + portGroup);
        terms.add(rule.ipv6() ? "ip6" : "ip4");
        String other = (rule.ipv6() ? "ip6" : "ip4") + (rule.ingress() ? ".src" : ".dst");
        rule.remotePrefix()
                .map(prefix -> family(rule, prefix))
                .filter(prefix -> !prefix.endsWith("/0"))
                .ifPresent(prefix -> terms.add(other + " == " + prefix));
        // OVN itself keeps an address set for each port group
        rule.remoteGroup()
                .ifPresent(group ->
                        terms.add(other + " == $" + SecurityGroupPlan.name(group) + (rule.ipv6() ? "_ip6" : "_ip4")));
        rule.protocol().ifPresent(protocol -> addProtocol(terms, rule, protocol));
        return String.join(" && ", terms);
    }

    private static String family(Rule rule, String prefix) {
        if (Inet.isV6(Inet.cidr(prefix)) != rule.ipv6()) {
            throw DriverException.of(
                    Code.INVALID, "A rule for " + (rule.ipv6() ? "IPv6" : "IPv4") + " cannot match " + prefix + ".");
        }
        return prefix;
    }

    private static void addProtocol(List<String> terms, Rule rule, int protocol) {
        if (protocol < 0 || protocol > 255) {
            throw DriverException.of(Code.INVALID, "There is no IP protocol " + protocol + ".");
        }
        if (protocol == ICMP_V6 || protocol == ICMP) {
            addIcmp(terms, rule);
        } else if (WITH_PORTS.containsKey(protocol)) {
            addPorts(terms, rule, WITH_PORTS.get(protocol));
        } else {
            terms.add("ip.proto == " + protocol);
        }
    }

    private static void addIcmp(List<String> terms, Rule rule) {
        String icmp = rule.ipv6() ? "icmp6" : "icmp4";
        terms.add(icmp);
        rule.portMin().ifPresent(type -> terms.add(icmp + ".type == " + octet(type)));
        rule.portMax().ifPresent(code -> terms.add(icmp + ".code == " + octet(code)));
    }

    private static int octet(int number) {
        if (number < 0 || number > 255) {
            throw DriverException.of(Code.INVALID, "ICMP types and codes are 0 to 255, not " + number + ".");
        }
        return number;
    }

    private static void addPorts(List<String> terms, Rule rule, String protocol) {
        terms.add(protocol);
        int low = rule.portMin().or(rule::portMax).orElse(0);
        int high = rule.portMax().or(rule::portMin).orElse(LARGEST_PORT);
        if (low < 0 || high > LARGEST_PORT || low > high) {
            throw DriverException.of(Code.INVALID, "There is no port range " + low + " to " + high + ".");
        }
        if (low == high) {
            terms.add(protocol + ".dst == " + low);
            return;
        }
        if (low > 0) {
            terms.add(protocol + ".dst >= " + low);
        }
        if (high < LARGEST_PORT) {
            terms.add(protocol + ".dst <= " + high);
        }
    }
}
