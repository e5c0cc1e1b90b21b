package cloud.haneul.network;

import cloud.haneul.network.PortRequest.Fixed;
import cloud.haneul.network.Subnet.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What somebody wants of a router, new or changed; empty is the default, or no change.
 *
 * @param gateway an inner empty takes the gateway away
 */
public record RouterRequest(
        Optional<String> projectId,
        Optional<String> name,
        Optional<String> description,
        Optional<Boolean> adminStateUp,
        Optional<Optional<Gateway>> gateway,
        Optional<List<Route>> routes) {

    /** A gateway to an external network; addresses and translation are for administrators. */
    public record Gateway(UUID networkId, Optional<Boolean> enableSnat, Optional<List<Fixed>> fixedIps) {
        public static Gateway to(UUID networkId) {
            return new Gateway(networkId, Optional.empty(), Optional.empty());
        }
    }

    public static RouterRequest of(String name, Optional<UUID> externalNetwork) {
        return new RouterRequest(
                Optional.empty(),
                Optional.of(name),
                Optional.empty(),
                Optional.empty(),
                externalNetwork.map(id -> Optional.of(Gateway.to(id))),
                Optional.empty());
    }

    /** Only the gateway: to a network, or none. */
    public static RouterRequest gateway(Optional<UUID> externalNetwork) {
        return new RouterRequest(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(externalNetwork.map(Gateway::to)),
                Optional.empty());
    }

    /** Attributes with rules of their own that this sets. */
    List<String> guarded() {
        List<String> names = new ArrayList<>();
        gateway.ifPresent(wanted -> {
            names.add("external_gateway_info");
            wanted.ifPresent(to -> {
                names.add("external_gateway_info:network_id");
                to.enableSnat().ifPresent(any -> names.add("external_gateway_info:enable_snat"));
                to.fixedIps().ifPresent(any -> names.add("external_gateway_info:external_fixed_ips"));
            });
        });
        return names;
    }
}
