package cloud.haneul.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.testing.TestCloud;
import cloud.haneul.network.FloatingIps.NewFloatingIp;
import cloud.haneul.spi.network.RouterSpec;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Routers, gateways and floating IPs between networks. */
@Tag("postgresql")
@ExtendWith(TestCloud.class)
class TopologyTest {
    private final Networks networks;
    private final Subnets subnets;
    private final Ports ports;
    private final Routers routers;
    private final FloatingIps floatingIps;
    private final NetworkSpecs specs;
    private final Database database;
    private final Topology topology;
    private final Caller admin = People.admin(People.project());
    private final Caller caller = People.member(People.project());

    private Network outside;
    private Network inside;
    private Subnet subnet;

    TopologyTest(
            TestCloud cloud,
            Networks networks,
            Subnets subnets,
            Ports ports,
            Routers routers,
            FloatingIps floatingIps,
            NetworkSpecs specs,
            Database database) {
        this.networks = networks;
        this.subnets = subnets;
        this.ports = ports;
        this.routers = routers;
        this.floatingIps = floatingIps;
        this.specs = specs;
        this.database = database;
        this.topology = new Topology(cloud);
    }

    @BeforeEach
    void build() {
        outside = topology.shared(admin, false, true);
        topology.subnet(admin, outside.id(), "172.24.4.0/24");
        inside = topology.network(caller, "inside");
        subnet = topology.subnet(caller, inside.id(), "10.0.0.0/24");
    }

    private static void assertRefused(String type, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(Fault.class, e -> assertThat(e.type()).isEqualTo(type));
    }

    private RouterSpec spec(Router router) {
        return database.read(em ->
                specs.routers(em, List.of(em.find(Router.class, router.id()))).get(0));
    }

    @Test
    void aRouterJoinsASubnetAndTranslatesItToTheOutside() {
        Router router = topology.router(caller, outside.id(), subnet.id());
        RouterSpec spec = spec(router);
        assertThat(spec.interfaces()).singleElement().satisfies(i -> assertThat(i.addresses())
                .containsExactly("10.0.0.1/24"));
        assertThat(spec.gateway()).hasValueSatisfying(g -> {
            assertThat(g.nextHop()).contains("172.24.4.1");
            assertThat(g.snat()).isTrue();
            assertThat(g.snatCidrs()).containsExactly("10.0.0.0/24");
        });
        assertThat(routers.show(caller, router.id()).gatewayAddresses()).hasSize(1);
        await().until(() -> ports.list(caller, ListQuery.where("device_id", router.id())).stream()
                .allMatch(p -> p.status().equals("ACTIVE")));
    }

    @Test
    void aFloatingIpFindsItsRouterAndHoldsItThere() {
        Port port = topology.port(caller, inside.id());
        FloatingIp floating = floatingIps.create(caller, NewFloatingIp.of(outside.id()));
        assertRefused(
                "ExternalGatewayForFloatingIPNotFound",
                () -> floatingIps.associate(caller, floating.id(), port.id(), Optional.empty()));
        Router router = topology.router(caller, outside.id(), subnet.id());
        FloatingIp bound = floatingIps.associate(caller, floating.id(), port.id(), Optional.empty());
        assertThat(bound.routerId()).contains(router.id());
        assertThat(bound.fixedIp()).contains(port.addresses().get(0).ip());
        assertThat(spec(router).floatingIps())
                .extracting(RouterSpec.FloatingIp::floatingIp)
                .containsExactly(floating.floatingIp());

        assertRefused(
                "RouterInterfaceInUseByFloatingIP",
                () -> routers.removeInterface(caller, router.id(), Optional.empty(), Optional.of(subnet.id())));
        assertRefused(
                "RouterExternalGatewayInUseByFloatingIp",
                () -> routers.update(caller, router.id(), RouterRequest.gateway(Optional.empty())));
        FloatingIp second = floatingIps.create(caller, NewFloatingIp.of(outside.id()));
        assertRefused(
                "FloatingIPPortAlreadyAssociated",
                () -> floatingIps.associate(caller, second.id(), port.id(), Optional.empty()));

        ports.delete(caller, port.id());
        assertThat(floatingIps.show(caller, floating.id()).fixedPortId()).isEmpty();
        assertThat(spec(router).floatingIps()).isEmpty();
    }

    @Test
    void whatIsInUseIsNotDeleted() {
        Router router = topology.router(caller, outside.id(), subnet.id());
        assertRefused("RouterInUse", () -> routers.delete(caller, router.id()));
        assertRefused("NetworkInUse", () -> networks.delete(caller, inside.id()));
        assertRefused("NetworkInUse", () -> networks.delete(admin, outside.id()));
        assertRefused("SubnetInUse", () -> subnets.delete(caller, subnet.id()));
        Port own = ports.list(caller, ListQuery.where("device_id", router.id())).get(0);
        assertRefused("ServicePortInUse", () -> ports.delete(caller, own.id()));
    }

    @Test
    void everythingCanBeTakenDownAndNothingIsLeft() {
        Router router = topology.router(caller, outside.id(), subnet.id());
        Port port = topology.port(caller, inside.id());
        FloatingIp floating = floatingIps.create(
                caller,
                new NewFloatingIp(
                        Optional.empty(),
                        outside.id(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(port.id()),
                        Optional.empty(),
                        Optional.empty()));
        floatingIps.delete(caller, floating.id());
        ports.delete(caller, port.id());
        routers.removeInterface(caller, router.id(), Optional.empty(), Optional.of(subnet.id()));
        routers.delete(caller, router.id());
        networks.delete(caller, inside.id());
        networks.delete(admin, outside.id());
        await().until(() ->
                database.read(em -> em.createQuery("select count(p) from Port p where p.networkId in :ids", Long.class)
                                        .setParameter("ids", List.of(inside.id(), outside.id()))
                                        .getSingleResult()
                                == 0
                        && em.find(Network.class, inside.id()) == null
                        && em.find(Network.class, outside.id()) == null
                        && em.find(Router.class, router.id()) == null));
    }

    @Test
    void aRouterRefusesSubnetsThatOverlap() {
        Router router = topology.router(caller, outside.id(), subnet.id());
        Network other = topology.network(caller, "other");
        Subnet same = topology.subnet(caller, other.id(), "10.0.0.0/25");
        assertRefused("BadRequest", () -> routers.addSubnet(caller, router.id(), same.id()));
        assertRefused("BadRequest", () -> routers.addSubnet(caller, router.id(), subnet.id()));
    }

    @Test
    void onlyAnExternalNetworkIsAGateway() {
        assertRefused("BadRequest", () -> routers.create(caller, RouterRequest.of("no", Optional.of(inside.id()))));
        assertRefused("BadRequest", () -> floatingIps.create(caller, NewFloatingIp.of(inside.id())));
    }

    @Test
    void aNetworkWithDhcpHasAMetadataPort() {
        assertThat(ports.list(caller, ListQuery.where("network_id", inside.id())))
                .singleElement()
                .satisfies(p -> assertThat(p.deviceOwner()).isEqualTo(Port.METADATA));
        var network = database.<cloud.haneul.spi.network.NetworkSpec>read(em ->
                specs.networks(em, List.of(em.find(Network.class, inside.id()))).get(0));
        assertThat(network.metadata()).isPresent();
        assertThat(network.subnets().get(0).dhcpServer()).isEqualTo("10.0.0.1");
    }
}
