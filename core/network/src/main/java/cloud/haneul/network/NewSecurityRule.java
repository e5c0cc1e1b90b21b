package cloud.haneul.network;

import cloud.haneul.kernel.Fault;
import java.util.Optional;
import java.util.UUID;

/** A rule as it is asked for: checked and in canonical form. */
public record NewSecurityRule(
        UUID groupId,
        Optional<String> projectId,
        Optional<String> description,
        String direction,
        String etherType,
        Optional<String> protocol,
        Optional<Integer> portMin,
        Optional<Integer> portMax,
        Optional<String> remotePrefix,
        Optional<UUID> remoteGroup) {

    public NewSecurityRule {
        if (!direction.equals("ingress") && !direction.equals("egress")) {
            throw invalid(
                    "direction",
                    "Invalid input for direction. Reason: '" + direction + "' is not in ['ingress', 'egress'].");
        }
        etherType =
                etherType.equalsIgnoreCase("IPv6") ? "IPv6" : etherType.equalsIgnoreCase("IPv4") ? "IPv4" : etherType;
        if (!etherType.startsWith("IPv")) {
            throw invalid(
                            "ethertype",
                            "Security group rule for ethertype '" + etherType
                                    + "' not supported. Allowed values are ['IPv4', 'IPv6'].")
                    .type("SecurityGroupRuleInvalidEtherType");
        }
        boolean v6 = etherType.equals("IPv6");
        protocol = protocol.map(name -> Protocols.canonical(name, v6)).filter(name -> !name.isEmpty());
        checkPorts(protocol, v6, portMin, portMax);
        if (portMin.isPresent() && portMax.isEmpty() && !isIcmp(protocol)) {
            portMax = portMin;
        }
        if (remotePrefix.isPresent() && remoteGroup.isPresent()) {
            throw invalid("remote_group_id", "Only remote_ip_prefix or remote_group_id may be provided.")
                    .type("SecurityGroupMultipleRemoteEntites");
        }
        remotePrefix = remotePrefix.map(text -> prefix(text, v6));
    }

    private static String prefix(String text, boolean v6) {
        Cidr cidr = Cidr.parse(text)
                .orElseThrow(() -> invalid("remote_ip_prefix", "Invalid CIDR " + text + " given as IP prefix.")
                        .type("InvalidCIDR"));
        if ((cidr.version() == 6) != v6) {
            throw invalid(
                            "remote_ip_prefix",
                            "Conflicting value ethertype " + (v6 ? "IPv6" : "IPv4") + " for CIDR " + text)
                    .type("SecurityGroupRuleParameterConflict");
        }
        return cidr.toString();
    }

    private static boolean isIcmp(Optional<String> protocol) {
        return protocol.filter(name -> name.equals("icmp") || name.equals("ipv6-icmp"))
                .isPresent();
    }

    private static void checkPorts(
            Optional<String> protocol, boolean v6, Optional<Integer> min, Optional<Integer> max) {
        if (min.isEmpty() && max.isEmpty()) {
            return;
        }
        if (protocol.isEmpty()) {
            throw invalid("protocol", "Must also specify protocol if port range is given.")
                    .type("SecurityGroupProtocolRequiredWithPorts");
        }
        if (isIcmp(protocol)) {
            if (min.isEmpty()) {
                throw invalid(
                                "port_range_min",
                                "ICMP code (port-range-max) " + max.get()
                                        + " is provided but ICMP type (port-range-min) is missing.")
                        .type("SecurityGroupMissingIcmpType");
            }
            if (min.get() > 255
                    || max.filter(code -> code > 255).isPresent()
                    || min.get() < 0
                    || max.filter(code -> code < 0).isPresent()) {
                throw invalid("port_range_min", "Invalid value for ICMP type or code: it must be 0 to 255.")
                        .type("SecurityGroupInvalidIcmpValue");
            }
            return;
        }
        if (!Protocols.hasPorts(protocol.get())) {
            throw invalid(
                            "port_range_min",
                            "Invalid protocol " + protocol.get()
                                    + " for port range, only supported for TCP, UDP, UDPLITE, SCTP and DCCP.")
                    .type("SecurityGroupInvalidProtocolForPort");
        }
        int first = min.orElse(0);
        int last = max.orElse(first);
        if (min.isEmpty() || first > last || first < 1 || last > 65_535) {
            throw invalid(
                            "port_range_min",
                            "Invalid port range: port_range_min must be at least 1 and not over port_range_max, which is at most 65535.")
                    .type("SecurityGroupInvalidPortRange");
        }
    }

    /** All that makes this rule what it is. */
    String sameness() {
        return String.join(
                "|",
                direction,
                etherType,
                protocol.orElse("-"),
                portMin.map(Object::toString).orElse("-"),
                portMax.map(Object::toString).orElse("-"),
                remotePrefix.orElse("-"),
                remoteGroup.map(Object::toString).orElse("-"));
    }

    private static Fault invalid(String field, String text) {
        return Fault.badRequest(field, text);
    }
}
