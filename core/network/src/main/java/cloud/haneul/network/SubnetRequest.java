package cloud.haneul.network;

import cloud.haneul.network.Subnet.Pool;
import cloud.haneul.network.Subnet.Route;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What somebody wants of a subnet, new or changed; empty is the default, or no change.
 *
 * @param gateway an inner empty is "no gateway"
 */
public record SubnetRequest(
        Optional<String> projectId,
        Optional<UUID> networkId,
        Optional<String> name,
        Optional<String> description,
        Optional<String> cidr,
        Optional<Integer> ipVersion,
        Optional<Optional<String>> gateway,
        Optional<Boolean> enableDhcp,
        Optional<List<String>> dnsServers,
        Optional<List<Route>> hostRoutes,
        Optional<List<Pool>> pools,
        Optional<String> ipv6AddressMode,
        Optional<String> ipv6RaMode) {

    /** What a person usually says of a new subnet. */
    public static SubnetRequest of(
            UUID networkId, String name, String cidr, Optional<Optional<String>> gateway, List<String> dnsServers) {
        return new SubnetRequest(
                Optional.empty(),
                Optional.of(networkId),
                Optional.of(name),
                Optional.empty(),
                Optional.of(cidr),
                Optional.empty(),
                gateway,
                Optional.empty(),
                Optional.of(dnsServers),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
