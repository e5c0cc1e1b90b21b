package cloud.haneul.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.Ids;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.testing.TestCloud;
import cloud.haneul.network.ServerPorts.ServerPort;
import cloud.haneul.network.ServerPorts.Wanted;
import cloud.haneul.spi.compute.VifAttachment;
import cloud.haneul.spi.network.NetworkDriver;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("postgresql")
@ExtendWith(TestCloud.class)
class ServerPortsTest {
    private final ServerPorts serverPorts;
    private final Ports ports;
    private final SecurityGroups groups;
    private final NetworkQuotas quotas;
    private final NetworkDriver driver;
    private final Database database;
    private final Topology topology;
    private final Caller caller = People.member(People.project());
    private final UUID server = Ids.newId();

    ServerPortsTest(
            TestCloud cloud,
            ServerPorts serverPorts,
            Ports ports,
            SecurityGroups groups,
            NetworkQuotas quotas,
            NetworkBackEnd backEnd,
            Database database) {
        this.serverPorts = serverPorts;
        this.ports = ports;
        this.groups = groups;
        this.quotas = quotas;
        this.driver = backEnd.driver();
        this.database = database;
        this.topology = new Topology(cloud);
    }

    private Network network(String cidr) {
        Network network = topology.network(caller, "net");
        topology.subnet(caller, network.id(), cidr);
        return network;
    }

    private static Wanted on(UUID network) {
        return new Wanted(Optional.of(network), Optional.empty(), Optional.empty());
    }

    private ServerPort only() {
        return serverPorts.of(Set.of(server)).get(server).get(0);
    }

    @Test
    void aServerGetsAPortOnTheOneNetworkThereIs() {
        Network network = network("10.0.0.0/24");
        List<UUID> made = serverPorts.attach(caller, server, "My Server_1", List.of(), true, List.of());
        assertThat(made).hasSize(1);
        ServerPort port = only();
        assertThat(port.network()).isEqualTo(network.id());
        assertThat(port.networkName()).isEqualTo("net");
        assertThat(port.securityGroups()).containsExactly("default");
        assertThat(port.fixedIps()).singleElement().satisfies(ip -> assertThat(ip.version())
                .isEqualTo(4));
        assertThat(ports.show(caller, port.id()).dnsName()).isEqualTo("my-server-1");
        assertThat(serverPorts.serverAt(network.id(), port.fixedIps().get(0).ip()))
                .contains(server);
        assertThat(serverPorts.serverAt(network.id(), "10.0.0.250")).isEmpty();
    }

    @Test
    void severalNetworksAreAmbiguousAndNoneMeansNoPort() {
        assertThat(serverPorts.attach(caller, server, "s", List.of(), true, List.of()))
                .isEmpty();
        network("10.0.0.0/24");
        network("10.1.0.0/24");
        assertThatThrownBy(() -> serverPorts.attach(caller, server, "s", List.of(), true, List.of()))
                .isInstanceOfSatisfying(Fault.class, e -> assertThat(e.kind()).isEqualTo(Fault.Kind.CONFLICT));
    }

    @Test
    void aPortIsBoundInTheBackEndAtOnce() {
        Network network = network("10.0.0.0/24");
        UUID port = serverPorts
                .attach(caller, server, "s", List.of(on(network.id())), false, List.of())
                .get(0);
        VifAttachment attachment = serverPorts.bind(port, "host-1");
        assertThat(attachment).isInstanceOf(VifAttachment.Simulated.class);
        assertThat(driver.inventory().ports()).contains(port);
        assertThat(serverPorts.bind(port, "host-1")).isEqualTo(attachment);
        assertThat(serverPorts.isActive(port)).isFalse();
        serverPorts.unbind(port);
        assertThat(database.<Optional<String>>read(
                        em -> em.find(Port.class, port).host()))
                .isEmpty();
    }

    @Test
    void madePortsEndWithTheServerAndAdoptedOnesAreGivenBack() {
        Network network = network("10.0.0.0/24");
        Port own = topology.port(caller, network.id());
        serverPorts.attach(
                caller,
                server,
                "s",
                List.of(on(network.id()), new Wanted(Optional.empty(), Optional.of(own.id()), Optional.empty())),
                false,
                List.of());
        assertThat(serverPorts.of(Set.of(server)).get(server)).hasSize(2);
        assertThatThrownBy(() -> serverPorts.attach(
                        caller,
                        Ids.newId(),
                        "t",
                        List.of(new Wanted(Optional.empty(), Optional.of(own.id()), Optional.empty())),
                        false,
                        List.of()))
                .isInstanceOfSatisfying(Fault.class, e -> assertThat(e.type()).isEqualTo("PortInUse"));
        serverPorts.detach(server);
        assertThat(serverPorts.of(Set.of(server))).isEmpty();
        assertThat(ports.show(caller, own.id()).deviceId()).isEmpty();
        assertThat(quotas.show(caller, caller.project()))
                .filteredOn(q -> q.resource().equals("port"))
                .singleElement()
                .satisfies(q -> assertThat(q.used()).isEqualTo(1));
        await().until(() -> database.read(em -> em.createQuery(
                                "select count(p) from Port p where p.networkId = :n and p.deleting = true", Long.class)
                        .setParameter("n", network.id())
                        .getSingleResult())
                == 0);
    }

    @Test
    void aRolledBackServerLeavesNoPort() {
        Network network = network("10.0.0.0/24");
        assertThatThrownBy(() -> database.run(em -> {
                    serverPorts.attach(caller, server, "s", List.of(on(network.id())), false, List.of());
                    throw Fault.overQuota("no cores");
                }))
                .isInstanceOf(Fault.class);
        assertThat(serverPorts.of(Set.of(server))).isEmpty();
        assertThat(quotas.show(caller, caller.project()))
                .filteredOn(q -> q.resource().equals("port"))
                .singleElement()
                .satisfies(q -> assertThat(q.used()).isZero());
    }

    @Test
    void foreignNetworksPortsAndGroupsAreRefused() {
        Caller stranger = People.member(People.project());
        Network network = network("10.0.0.0/24");
        Port port = topology.port(caller, network.id());
        Map<String, Wanted> tries = Map.of(
                "network",
                on(network.id()),
                "port",
                new Wanted(Optional.empty(), Optional.of(port.id()), Optional.empty()));
        tries.values().forEach(wanted -> assertThatThrownBy(
                        () -> serverPorts.attach(stranger, server, "s", List.of(wanted), false, List.of()))
                .isInstanceOf(Fault.class));
        String group = groups.create(caller, Optional.empty(), "mine", Optional.empty())
                .id()
                .toString();
        Network own = topology.network(stranger, "own");
        topology.subnet(stranger, own.id(), "10.0.0.0/24");
        assertThatThrownBy(
                        () -> serverPorts.attach(stranger, server, "s", List.of(on(own.id())), false, List.of(group)))
                .isInstanceOf(Fault.class);
    }
}
