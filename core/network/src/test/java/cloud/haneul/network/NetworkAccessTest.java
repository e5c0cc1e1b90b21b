package cloud.haneul.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.Fault.Kind;
import cloud.haneul.kernel.data.Page;
import cloud.haneul.kernel.testing.TestCloud;
import cloud.haneul.network.FloatingIps.NewFloatingIp;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who sees what, and who may do what with it. */
@ExtendWith(TestCloud.class)
class NetworkAccessTest {
    private final TestCloud cloud;
    private final Networks networks;
    private final Subnets subnets;
    private final Ports ports;
    private final Routers routers;
    private final FloatingIps floatingIps;
    private final SecurityGroups groups;
    private final NetworkQuotas quotas;
    private final Topology topology;
    private final Caller admin = People.admin(People.project());
    private final Caller owner = People.member(People.project());
    private final Caller stranger = People.member(People.project());

    NetworkAccessTest(
            TestCloud cloud,
            Networks networks,
            Subnets subnets,
            Ports ports,
            Routers routers,
            FloatingIps floatingIps,
            SecurityGroups groups,
            NetworkQuotas quotas) {
        this.cloud = cloud;
        this.networks = networks;
        this.subnets = subnets;
        this.ports = ports;
        this.routers = routers;
        this.floatingIps = floatingIps;
        this.groups = groups;
        this.quotas = quotas;
        this.topology = new Topology(cloud);
    }

    private static void assertKind(Kind kind, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(Fault.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    @Test
    void whatBelongsToAnotherProjectIsNotThere() {
        Network network = topology.network(owner, "private");
        Subnet subnet = topology.subnet(owner, network.id(), "10.0.0.0/24");
        Port port = topology.port(owner, network.id());
        Router router = routers.create(owner, RouterRequest.of("r", Optional.empty()));
        Network outside = topology.shared(admin, false, true);
        topology.subnet(admin, outside.id(), "172.24.4.0/24");
        FloatingIp floating = floatingIps.create(owner, NewFloatingIp.of(outside.id()));
        UUID group = port.securityGroups().get(0);
        UUID rule = groups.show(owner, group).rules().get(0).id();

        assertKind(Kind.NOT_FOUND, () -> networks.show(stranger, network.id()));
        assertKind(Kind.NOT_FOUND, () -> networks.delete(stranger, network.id()));
        assertKind(Kind.NOT_FOUND, () -> networks.update(stranger, network.id(), NetworkRequest.named("mine")));
        assertKind(Kind.NOT_FOUND, () -> subnets.delete(stranger, subnet.id()));
        assertKind(Kind.NOT_FOUND, () -> topology.subnet(stranger, network.id(), "10.1.0.0/24"));
        assertKind(Kind.NOT_FOUND, () -> topology.port(stranger, network.id()));
        assertKind(Kind.NOT_FOUND, () -> ports.delete(stranger, port.id()));
        assertKind(Kind.NOT_FOUND, () -> routers.delete(stranger, router.id()));
        assertKind(Kind.NOT_FOUND, () -> routers.addSubnet(owner, UUID.randomUUID(), subnet.id()));
        assertKind(Kind.NOT_FOUND, () -> floatingIps.delete(stranger, floating.id()));
        assertKind(Kind.NOT_FOUND, () -> groups.delete(stranger, group));
        assertKind(Kind.NOT_FOUND, () -> groups.deleteRule(stranger, rule));
        assertThat(networks.list(stranger, ListQuery.where("name", "private"))).isEmpty();
        assertThat(ports.list(stranger, ListQuery.all())).isEmpty();
        assertThat(subnets.list(stranger, ListQuery.where("network_id", network.id())))
                .isEmpty();
        assertThat(floatingIps.list(stranger, ListQuery.all())).isEmpty();
        assertThat(networks.list(admin, ListQuery.where("project_id", owner.project())))
                .hasSize(1);
    }

    @Test
    void aPortCannotBeInAnotherProjectsGroup() {
        Network network = topology.network(owner, "n");
        UUID foreign = groups.list(stranger, ListQuery.all()).get(0).id();
        PortRequest request = PortRequest.of(network.id(), "", "", "", Optional.empty(), Optional.of(List.of(foreign)));
        assertKind(Kind.NOT_FOUND, () -> ports.create(owner, request));
    }

    @Test
    void sharedAndExternalNetworksAreSeenByAllAndChangedByTheirOwner() {
        Network shared = topology.shared(admin, true, false);
        topology.subnet(admin, shared.id(), "10.0.0.0/24");
        Network external = topology.shared(admin, false, true);
        assertThat(networks.list(stranger, ListQuery.all()))
                .extracting(Resource::id)
                .contains(shared.id(), external.id());
        assertKind(Kind.FORBIDDEN, () -> networks.delete(stranger, shared.id()));
        assertKind(Kind.FORBIDDEN, () -> topology.subnet(stranger, shared.id(), "10.1.0.0/24"));
        assertThat(topology.port(stranger, shared.id()).projectId()).isEqualTo(stranger.project());
        assertKind(Kind.FORBIDDEN, () -> topology.port(stranger, external.id()));
        // an address of one's choice on somebody else's network could be somebody else's
        assertKind(Kind.FORBIDDEN, () -> topology.portAt(stranger, shared.id(), "10.0.0.9"));
    }

    @Test
    void onlyAdministratorsShareNetworksAndMakeExternalOnes() {
        assertKind(Kind.FORBIDDEN, () -> topology.shared(owner, true, false));
        assertKind(Kind.FORBIDDEN, () -> topology.shared(owner, false, true));
        assertKind(Kind.FORBIDDEN, () -> topology.network(People.reader(owner.project()), "no"));
    }

    @Test
    void aRouterDoesNotJoinANetworkThatIsOnlySeen() {
        Network external = topology.shared(admin, false, true);
        Subnet subnet = topology.subnet(admin, external.id(), "172.24.4.0/24");
        Router router = routers.create(owner, RouterRequest.of("r", Optional.empty()));
        assertKind(Kind.FORBIDDEN, () -> routers.addSubnet(owner, router.id(), subnet.id()));
    }

    @Test
    void quotasHoldAndAreGivenBack() {
        quotas.update(admin, owner.project(), Map.of("network", 2L, "port", 1L));
        Network first = topology.network(owner, "1");
        topology.network(owner, "2");
        assertKind(Kind.OVER_QUOTA, () -> topology.network(owner, "3"));
        networks.delete(owner, first.id());
        Network third = topology.network(owner, "3");
        topology.port(owner, third.id());
        assertKind(Kind.OVER_QUOTA, () -> topology.port(owner, third.id()));
        assertThat(quotas.show(owner, owner.project()))
                .filteredOn(q -> q.resource().equals("network"))
                .singleElement()
                .satisfies(q -> assertThat(q.used()).isEqualTo(2));
        assertKind(Kind.FORBIDDEN, () -> quotas.update(owner, owner.project(), Map.of("network", 99L)));
    }

    @Test
    void pagesFollowOneAnotherWithoutGapOrRepetition() {
        for (int i = 0; i < 5; i++) {
            topology.network(owner, "page-" + i);
        }
        var sort = List.of(new Page.Sort("name", false));
        var own = Map.of("project_id", List.of(owner.project()));
        List<Network> first = networks.list(owner, new ListQuery(own, new Page(2, Optional.empty(), sort), false));
        List<Network> second = networks.list(
                owner,
                new ListQuery(own, new Page(9, Optional.of(first.get(1).id().toString()), sort), false));
        assertThat(first).extracting(Network::name).containsExactly("page-4", "page-3");
        assertThat(second).extracting(Network::name).containsExactly("page-2", "page-1", "page-0");
        List<Network> back = networks.list(
                owner,
                new ListQuery(own, new Page(1, Optional.of(second.get(0).id().toString()), sort), true));
        assertThat(back).extracting(Network::name).containsExactly("page-3");
        assertKind(Kind.BAD_REQUEST, () -> networks.list(owner, ListQuery.where("nonsense", "x")));
    }

    @Test
    void tagsAreFiltered() {
        Network network = topology.network(owner, "tagged");
        networks.tag(owner, network.id(), java.util.Set.of("red", "blue", "a_b%~u"));
        assertThat(networks.list(owner, ListQuery.where("tags", "red,blue")))
                .extracting(Resource::id)
                .contains(network.id());
        assertThat(networks.list(owner, ListQuery.where("tags", "red,green"))).isEmpty();
        assertThat(networks.list(owner, ListQuery.where("tags-any", "red,green")))
                .hasSize(1);
        assertThat(networks.list(owner, ListQuery.where("tags", "a_b%~u"))).hasSize(1);
        assertThat(networks.list(owner, ListQuery.where("tags", "r_d"))).isEmpty();
        assertThat(networks.show(owner, network.id()).tags()).containsExactlyInAnyOrder("red", "blue", "a_b%~u");
        assertThat(networks.list(owner, ListQuery.where("not-tags-any", "red")))
                .extracting(Resource::id)
                .doesNotContain(network.id());
    }

    @Test
    void portsAreFoundByTheirAddressSubnetAndGroup() {
        Network network = topology.network(owner, "found");
        Subnet subnet = topology.subnet(owner, network.id(), "10.0.0.0/24");
        Port port = topology.portAt(owner, network.id(), "10.0.0.42");
        topology.port(owner, network.id());
        assertThat(ports.list(owner, ListQuery.where("fixed_ips", "ip_address=10.0.0.42")))
                .extracting(Resource::id)
                .containsExactly(port.id());
        assertThat(ports.list(
                        owner,
                        new ListQuery(
                                Map.of(
                                        "fixed_ips",
                                        List.of("ip_address=10.0.0.42", "subnet_id=" + subnet.id()),
                                        "status",
                                        List.of("DOWN", "ACTIVE")),
                                Page.all(),
                                false)))
                .hasSize(1);
        assertThat(ports.list(owner, ListQuery.where("fixed_ips", "subnet_id=" + subnet.id())))
                .hasSize(3);
        assertThat(ports.list(
                        owner,
                        ListQuery.where("security_groups", port.securityGroups().get(0))))
                .hasSize(2);
        assertThat(ports.list(owner, ListQuery.where("name", "x' or '1'='1"))).isEmpty();
        assertThat(ports.list(owner, ListQuery.where("network_id", "nonsense"))).isEmpty();
    }

    @Test
    void aListTakesAConstantNumberOfQueries() {
        Network network = topology.network(owner, "many");
        topology.subnet(owner, network.id(), "10.0.0.0/24");
        for (int i = 0; i < 5; i++) {
            topology.port(owner, network.id());
        }
        long before = cloud.statements();
        ports.list(owner, ListQuery.all());
        // the wiring may look in between; a query a port would be more
        assertThat(cloud.statements() - before).isLessThan(5 + 10);
    }
}
