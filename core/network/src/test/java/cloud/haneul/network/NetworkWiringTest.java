package cloud.haneul.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.Ids;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.testing.TestCloud;
import cloud.haneul.spi.network.NetworkDriver;
import cloud.haneul.spi.network.SecurityGroupSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("postgresql")
@ExtendWith(TestCloud.class)
class NetworkWiringTest {
    private final TestCloud cloud;
    private final Networks networks;
    private final Ports ports;
    private final NetworkWiring wiring;
    private final NetworkDriver driver;
    private final Database database;
    private final Topology topology;
    private final Caller caller = People.member(People.project());

    NetworkWiringTest(
            TestCloud cloud,
            Networks networks,
            Ports ports,
            NetworkWiring wiring,
            NetworkBackEnd backEnd,
            Database database) {
        this.cloud = cloud;
        this.networks = networks;
        this.ports = ports;
        this.wiring = wiring;
        this.driver = backEnd.driver();
        this.database = database;
        this.topology = new Topology(cloud);
    }

    private <W extends Wired> boolean wired(Class<W> type, UUID id) {
        return database.read(em -> em.find(type, id).isWired());
    }

    @Test
    void whatIsMadeIsSoonInTheBackEndAndStaysAsItIs() {
        Network network = topology.network(caller, "wired");
        topology.subnet(caller, network.id(), "10.0.0.0/24");
        Port port = topology.port(caller, network.id());
        await().until(() -> wired(Network.class, network.id()) && wired(Port.class, port.id()));
        assertThat(driver.inventory().networks()).contains(network.id());
        assertThat(driver.inventory().ports()).contains(port.id());
        assertThat(driver.inventory().securityGroups()).containsAll(port.securityGroups());
        long revision = networks.show(caller, network.id()).revision();
        wiring.reconcile();
        assertThat(networks.show(caller, network.id()).revision()).isEqualTo(revision);
    }

    @Test
    void whatIsDeletedIsGoneForTheUserAtOnceAndSoonFromTheBackEnd() {
        Network network = topology.network(caller, "short");
        topology.subnet(caller, network.id(), "10.0.0.0/24");
        Port port = topology.port(caller, network.id());
        await().until(() -> wired(Port.class, port.id()));
        ports.delete(caller, port.id());
        assertThatThrownBy(() -> ports.show(caller, port.id())).isInstanceOf(Fault.class);
        networks.delete(caller, network.id());
        assertThatThrownBy(() -> networks.show(caller, network.id())).isInstanceOf(Fault.class);
        await().until(() -> database.read(
                em -> em.find(Network.class, network.id()) == null && em.find(Port.class, port.id()) == null));
        assertThat(driver.inventory().networks()).doesNotContain(network.id());
        assertThat(driver.inventory().ports()).doesNotContain(port.id());
    }

    @Test
    void rowsThatACrashLeftBehindAreWiredByTheNextPass() {
        UUID id = Ids.newId();
        // as if the controller had died between the commit and the poke
        database.run(em -> em.persist(new Network(
                id,
                caller.project(),
                NetworkRequest.named("left"),
                new Segment("geneve", Optional.empty(), Optional.empty()),
                1400,
                cloud.clock().instant())));
        assertThat(driver.inventory().networks()).doesNotContain(id);
        wiring.reconcile();
        assertThat(driver.inventory().networks()).contains(id);
        assertThat(wired(Network.class, id)).isTrue();
        database.run(
                em -> em.find(Network.class, id).beginDeleting(cloud.clock().instant()));
        wiring.reconcile();
        assertThat(driver.inventory().networks()).doesNotContain(id);
        assertThat(database.<Network>read(em -> em.find(Network.class, id))).isNull();
    }

    @Test
    void whatTheBackEndLostIsBuiltAgain() {
        Network network = topology.network(caller, "lost");
        await().until(() -> wired(Network.class, network.id()));
        driver.removeNetwork(network.id());
        wiring.reconcile();
        assertThat(driver.inventory().networks()).contains(network.id());
    }

    @Test
    void whatBelongsToNothingIsRemovedAfterAMinuteAndNotBefore() {
        UUID orphan = Ids.newId();
        driver.ensureSecurityGroup(new SecurityGroupSpec(orphan, "orphan", "nobody", List.of()));
        wiring.reconcile();
        assertThat(driver.inventory().securityGroups()).contains(orphan);
        cloud.clock().forward(Duration.ofSeconds(61));
        wiring.reconcile();
        assertThat(driver.inventory().securityGroups()).doesNotContain(orphan);
    }

    @Test
    void aFailureIsKeptOnTheRowAndTriedAgain() throws IOException {
        Path control = cloud.home().resolve("drivers/simulator/control");
        Files.writeString(control, "network.fail=ensureNetwork:BACKEND_ERROR:1\n");
        Network network = topology.network(caller, "stubborn");
        await().until(() -> database.read(
                        em -> em.find(Network.class, network.id()).problem().isPresent())
                || wired(Network.class, network.id()));
        await().until(() -> wired(Network.class, network.id()));
        assertThat(database.<Optional<String>>read(
                        em -> em.find(Network.class, network.id()).problem()))
                .isEmpty();
    }

    @Test
    void anAddressIsNotGivenAgainBeforeTheBackEndIsClean() throws IOException {
        Network network = topology.network(caller, "careful");
        topology.subnet(caller, network.id(), "10.0.0.0/24");
        Port port = topology.portAt(caller, network.id(), "10.0.0.9");
        await().until(() -> wired(Port.class, port.id()));
        Path control = cloud.home().resolve("drivers/simulator/control");
        Files.writeString(control, "network.fail=removePort:UNREACHABLE:1\n");
        ports.delete(caller, port.id());
        assertThatThrownBy(() -> topology.portAt(caller, network.id(), "10.0.0.9"))
                .isInstanceOfSatisfying(Fault.class, e -> assertThat(e.type()).isEqualTo("IpAddressAlreadyAllocated"));
        await().ignoreException(Fault.class).until(() -> topology.portAt(caller, network.id(), "10.0.0.9") != null);
    }

    @Test
    void aThousandPortsAreWiredInSeconds() {
        Caller rich = People.admin(People.project());
        cloud.get(NetworkQuotas.class).update(rich, rich.project(), java.util.Map.of("port", -1L));
        Network network = topology.network(rich, "large");
        topology.subnet(rich, network.id(), "10.8.0.0/16");
        List<UUID> ids = IntStream.range(0, 1000)
                .mapToObj(i -> topology.port(rich, network.id()).id())
                .toList();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> driver.inventory().ports().containsAll(ids));
    }
}
