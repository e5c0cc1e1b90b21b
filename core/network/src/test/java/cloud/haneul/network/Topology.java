package cloud.haneul.network;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.testing.TestCloud;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What tests build of networks, in few words. */
final class Topology {
    private final TestCloud cloud;

    Topology(TestCloud cloud) {
        this.cloud = cloud;
    }

    Network network(Caller caller, String name) {
        return cloud.get(Networks.class).create(caller, NetworkRequest.named(name));
    }

    Network shared(Caller admin, boolean shared, boolean external) {
        return cloud.get(Networks.class)
                .create(
                        admin,
                        NetworkRequest.of(
                                Optional.of("common"),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(shared),
                                Optional.of(external)));
    }

    Subnet subnet(Caller caller, UUID network, String cidr) {
        return cloud.get(Subnets.class)
                .create(caller, SubnetRequest.of(network, "", cidr, Optional.empty(), List.of()));
    }

    Port port(Caller caller, UUID network) {
        return cloud.get(Ports.class).create(caller, PortRequest.on(network, ""));
    }

    Port portAt(Caller caller, UUID network, String ip) {
        return cloud.get(Ports.class)
                .create(
                        caller,
                        PortRequest.of(
                                network,
                                "",
                                "",
                                "",
                                Optional.of(List.of(new PortRequest.Fixed(Optional.empty(), Optional.of(ip)))),
                                Optional.empty()));
    }

    /** A router with a gateway and a subnet. */
    Router router(Caller caller, UUID external, UUID subnet) {
        Router router = cloud.get(Routers.class).create(caller, RouterRequest.of("router", Optional.of(external)));
        cloud.get(Routers.class).addSubnet(caller, router.id(), subnet);
        return router;
    }
}
