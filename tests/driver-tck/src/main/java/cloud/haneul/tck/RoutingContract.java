package cloud.haneul.tck;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.haneul.spi.DriverException;
import cloud.haneul.spi.network.NetworkSpec;
import cloud.haneul.spi.network.PortSpec;
import cloud.haneul.spi.network.RouterSpec;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Routers with legs, gateway, routes and floating IPs; and the whole picture built by many, and kept over restarts. */
public interface RoutingContract extends NetworkUnderTest {

    @Test
    default void aRouterFollowsItsSpecification() {
        UUID id = UUID.randomUUID();
        NetworkSpec inside = network(1);
        NetworkSpec beside = network(2);
        NetworkSpec outside = externalNetwork(200);
        RouterSpec.Interface leg = Topology.leg(inside.id(), 1);
        RouterSpec.Interface secondLeg = Topology.leg(beside.id(), 2);
        PortSpec guest = Topology.port(UUID.randomUUID(), inside, 1, 10, Set.of());
        driver().ensurePort(guest);
        RouterSpec.Gateway snat = gateway(outside, true);
        RouterSpec.Gateway plain = new RouterSpec.Gateway(
                snat.port(), snat.network(), snat.mac(), snat.addresses(), snat.nextHop(), false, List.of());
        RouterSpec.FloatingIp floating = floating(guest);
        NetworkSpec.Route route = new NetworkSpec.Route("203.0.113.0/24", "10.9.1.77");
        for (RouterSpec step : List.of(
                Topology.router(id),
                Topology.router(id, leg),
                Topology.router(id, leg, secondLeg),
                router(id, List.of(leg), Optional.of(snat), List.of(), List.of()),
                router(id, List.of(leg), Optional.of(snat), List.of(route), List.of(floating)),
                router(id, List.of(leg), Optional.of(plain), List.of(), List.of(floating)),
                router(id, List.of(leg), Optional.of(plain), List.of(), List.of()),
                router(id, List.of(leg), Optional.empty(), List.of(), List.of()),
                Topology.router(id))) {
            driver().ensureRouter(step);
            driver().ensureRouter(step);
            assertThat(driver().inventory().routers()).containsExactly(id);
        }
    }

    @Test
    default void aRouterCanBeSwitchedOff() {
        NetworkSpec inside = network(1);
        RouterSpec router = Topology.router(UUID.randomUUID(), Topology.leg(inside.id(), 1));
        driver().ensureRouter(router);
        driver().ensureRouter(new RouterSpec(
                router.id(),
                "off",
                router.projectId(),
                false,
                router.interfaces(),
                Optional.empty(),
                List.of(),
                List.of()));
        assertThat(driver().inventory().routers()).containsExactly(router.id());
    }

    @Test
    default void aRemovedRouterIsGoneAndRemovingItAgainSucceeds() {
        UUID id = builtTopology(1);
        driver().removeRouter(id);
        assertThat(driver().inventory().routers()).isEmpty();
        driver().removeRouter(id);
    }

    @Test
    default void aRouterWithALegInNoNetworkIsRefused() {
        RouterSpec router = Topology.router(UUID.randomUUID(), Topology.leg(UUID.randomUUID(), 1));
        Refusal.of(() -> driver().ensureRouter(router), DriverException.Code.NOT_FOUND);
        assertThat(driver().inventory().routers()).isEmpty();
    }

    @Test
    default void everythingRemovedInOrderLeavesNothing() {
        UUID router = builtTopology(1);
        driver().removeRouter(router);
        // leaving out the ports of legs, gateways and metadata, which a driver may or may not list
        Set<UUID> networks = driver().inventory().networks();
        driver().inventory().ports().forEach(driver()::removePort);
        networks.forEach(driver()::removeNetwork);
        driver().inventory().securityGroups().forEach(driver()::removeSecurityGroup);
        assertNothingIsLeft();
    }

    @Test
    default void everythingOutlivesTheController() {
        UUID router = builtTopology(1);
        var before = driver().inventory();
        reopen();
        assertThat(driver().inventory()).isEqualTo(before);
        assertThat(driver().inventory().routers()).containsExactly(router);
    }

    @Test
    default void manyThreadsBuildAndRemoveNetworksAtOnce() {
        Crowd.of(crowd(), member -> {
            for (int round = 0; round < 2; round++) {
                NetworkSpec network = network(member + 1);
                PortSpec port = Topology.port(UUID.randomUUID(), network, member + 1, 10, Set.of());
                driver().ensurePort(port);
                RouterSpec router = Topology.router(UUID.randomUUID(), Topology.leg(network.id(), member + 1));
                driver().ensureRouter(router);
                assertThat(driver().observePort(port.id())).isPresent();
                driver().removeRouter(router.id());
                driver().removePort(port.id());
                driver().removeNetwork(network.id());
            }
        });
        assertNothingIsLeft();
    }

    @Test
    default void manyThreadsPutPortsIntoOneNetworkAndGroup() {
        NetworkSpec network = network(1);
        UUID group = UUID.randomUUID();
        driver().ensureSecurityGroup(Topology.group(group));
        List<UUID> ports = java.util.stream.Stream.generate(UUID::randomUUID)
                .limit(crowd())
                .toList();
        Crowd.of(crowd(), member -> driver().ensurePort(
                        Topology.port(ports.get(member), network, 1, 10 + member, Set.of(group))));
        assertThat(driver().inventory().ports()).containsAll(ports);
        Crowd.of(crowd(), member -> driver().removePort(ports.get(member)));
        assertThat(driver().inventory().ports()).doesNotContainAnyElementsOf(ports);
    }

    /** Inside network, group, port, outside network, router with gateway and floating IP. */
    private UUID builtTopology(int number) {
        NetworkSpec inside = network(number);
        NetworkSpec outside = externalNetwork(200);
        UUID group = UUID.randomUUID();
        driver().ensureSecurityGroup(Topology.group(group, group));
        PortSpec guest = Topology.port(UUID.randomUUID(), inside, number, 10, Set.of(group));
        driver().ensurePort(guest);
        UUID id = UUID.randomUUID();
        driver().ensureRouter(router(
                id,
                List.of(Topology.leg(inside.id(), number)),
                Optional.of(gateway(outside, true)),
                List.of(),
                List.of(floating(guest))));
        return id;
    }

    private static RouterSpec router(
            UUID id,
            List<RouterSpec.Interface> legs,
            Optional<RouterSpec.Gateway> gateway,
            List<NetworkSpec.Route> routes,
            List<RouterSpec.FloatingIp> floatingIps) {
        return new RouterSpec(id, "router", Topology.PROJECT, true, legs, gateway, routes, floatingIps);
    }

    private static RouterSpec.Gateway gateway(NetworkSpec outside, boolean snat) {
        return new RouterSpec.Gateway(
                UUID.nameUUIDFromBytes(outside.id().toString().getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                outside.id(),
                Topology.mac(200, 20),
                List.of("10.9.200.20/24"),
                Optional.of("10.9.200.1"),
                snat,
                snat ? List.of("10.9.1.0/24") : List.of());
    }

    private static RouterSpec.FloatingIp floating(PortSpec guest) {
        return new RouterSpec.FloatingIp(
                UUID.randomUUID(), "10.9.200.50", guest.addresses().get(0).ip(), guest.id(), Topology.mac(200, 50));
    }
}
