package cloud.haneul.spi.network;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A stateful allow-list; what no rule of a port's groups allows is dropped. */
public record SecurityGroupSpec(UUID id, String name, String projectId, List<Rule> rules) {
    public SecurityGroupSpec {
        rules = List.copyOf(rules);
    }

    /**
     * @param ipv6 ether type
     * @param protocol IP protocol number; empty for any
     * @param portMin with TCP, UDP, SCTP the lowest destination port; with ICMP the type
     * @param portMax highest destination port; with ICMP the code
     * @param remotePrefix CIDR of the other side
     * @param remoteGroup group of the other side
     */
    public record Rule(
            UUID id,
            boolean ingress,
            boolean ipv6,
            Optional<Integer> protocol,
            Optional<Integer> portMin,
            Optional<Integer> portMax,
            Optional<String> remotePrefix,
            Optional<UUID> remoteGroup) {}
}
