package cloud.haneul.network;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.spi.compute.VifAttachment;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What compute needs of networking: ports for servers, how to plug them, and what to show of them. */
@Component
public class ServerPorts {

    /** One NIC a server is to have: a new port on a network, perhaps at an address, or a port that exists. */
    public record Wanted(Optional<UUID> network, Optional<UUID> port, Optional<String> fixedIp) {}

    /** A server's port as its views show it. */
    public record ServerPort(
            UUID id,
            UUID server,
            UUID network,
            String networkName,
            String mac,
            int mtu,
            List<FixedIp> fixedIps,
            String status,
            List<String> securityGroups) {
        public record FixedIp(UUID subnet, String ip, int version, Optional<String> floatingIp) {}
    }

    /**
     * Makes or adopts a server's ports, in the caller's open transaction; rows only.
     *
     * @param securityGroups by name or id; empty for the project's default group
     * @param auto take the one usable network of the project
     * @return the ports in the order of {@code wanted}
     */
    public List<UUID> attach(
            Caller caller, UUID server, String serverName, List<Wanted> wanted, boolean auto, List<String> securityGroups) {
        throw Fault.of(Fault.Kind.UNAVAILABLE, "Networking is not ready.");
    }

    /** Prepares a port for a host and says how to plug it; not in a transaction. */
    public VifAttachment bind(UUID port, String networkHost) {
        throw Fault.of(Fault.Kind.UNAVAILABLE, "Networking is not ready.");
    }

    /** Forgets the host; not in a transaction. */
    public void unbind(UUID port) {
        throw Fault.of(Fault.Kind.UNAVAILABLE, "Networking is not ready.");
    }

    /** Whether a NIC is plugged and works; cheap. */
    public boolean isActive(UUID port) {
        throw Fault.of(Fault.Kind.UNAVAILABLE, "Networking is not ready.");
    }

    /** Ends a server's ports, in the open transaction: made ones are deleted, adopted ones given back. */
    public void detach(UUID server) {
        throw Fault.of(Fault.Kind.UNAVAILABLE, "Networking is not ready.");
    }

    /** The ports of servers, by server; a constant number of queries. */
    public Map<UUID, List<ServerPort>> of(Collection<UUID> servers) {
        return Map.of();
    }

    /** Whose port has this address in a network: how the metadata service knows who asks. */
    public Optional<UUID> serverAt(UUID network, String ip) {
        return Optional.empty();
    }
}
