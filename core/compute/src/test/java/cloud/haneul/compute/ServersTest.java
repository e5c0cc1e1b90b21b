package cloud.haneul.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.Ids;
import cloud.haneul.kernel.data.Page;
import cloud.haneul.kernel.operation.Operation;
import cloud.haneul.kernel.operation.OperationEvent;
import cloud.haneul.kernel.operation.Operations;
import cloud.haneul.kernel.quota.Quotas;
import cloud.haneul.kernel.testing.TestCloud;
import cloud.haneul.placement.Placement;
import cloud.haneul.spi.compute.ConsoleKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("postgresql")
@ExtendWith(TestCloud.class)
class ServersTest {
    private final TestCloud cloud;
    private final Servers servers;
    private final Quotas quotas;
    private final Placement placement;
    private final Stage stage;
    private final Caller tenant = Stage.member();

    ServersTest(TestCloud cloud, Servers servers, Quotas quotas, Placement placement) {
        this.cloud = cloud;
        this.servers = servers;
        this.quotas = quotas;
        this.placement = placement;
        this.stage = new Stage(cloud);
    }

    @BeforeEach
    void noFaults() {
        stage.faults("");
        // what the last test left goes, so that hosts can
        servers.list(Stage.admin(), ServerFilter.all(), Page.all()).forEach(s -> servers.delete(Stage.admin(), s.id()));
        org.awaitility.Awaitility.await()
                .atMost(java.time.Duration.ofSeconds(60))
                .until(() -> servers.list(Stage.admin(), ServerFilter.all(), Page.all())
                        .isEmpty());
    }

    @Test
    void aServerBecomesActiveAndTakesItsRoom() {
        stage.hosts("simulator:?hosts=1&cpus=4");
        UUID id = create("web", stage.flavor(2, 512, 1));
        Server server = stage.awaitStatus(tenant, id, "ACTIVE");
        assertThat(server.launchedAt()).isPresent();
        assertThat(used("instances")).isEqualTo(1);
        assertThat(used("cores")).isEqualTo(2);
        assertThat(placement.allocations(id)).hasSize(3);
    }

    @Test
    void aDeletedServerLeavesNothing() {
        stage.hosts("simulator:?hosts=1");
        UUID id = create("gone", stage.flavor(1, 128, 1));
        Server server = stage.awaitStatus(tenant, id, "ACTIVE");
        UUID host = server.hostId().orElseThrow();
        servers.delete(tenant, id);
        stage.awaitGone(tenant, id);
        assertThat(used("instances")).isZero();
        assertThat(used("ram")).isZero();
        assertThat(placement.allocations(id)).isEmpty();
        assertThat(cloud.get(Hypervisors.class).of(host).observe(id)).isEmpty();
        assertThat(cloud.get(Hypervisors.class).of(host).serversWithDisks()).doesNotContain(id);
    }

    @Test
    void aServerCanBeDeletedWhileItIsBeingCreated() {
        stage.hosts("simulator:?hosts=1&delay=PT0.3S");
        UUID id = create("hasty", stage.flavor(1, 128, 1));
        servers.delete(tenant, id);
        stage.awaitGone(tenant, id);
        assertThat(used("instances")).isZero();
        assertThat(placement.allocations(id)).isEmpty();
    }

    @Test
    void itStopsStartsPausesAndReboots() {
        stage.hosts("simulator:?hosts=1");
        UUID id = create("busy", stage.flavor(1, 128, 1));
        stage.awaitStatus(tenant, id, "ACTIVE");
        servers.stop(tenant, id);
        stage.awaitStatus(tenant, id, "SHUTOFF");
        assertThatThrownBy(() -> servers.pause(tenant, id)).hasMessageContaining("vm_state stopped");
        servers.start(tenant, id);
        stage.awaitStatus(tenant, id, "ACTIVE");
        servers.pause(tenant, id);
        stage.awaitStatus(tenant, id, "PAUSED");
        servers.unpause(tenant, id);
        stage.awaitStatus(tenant, id, "ACTIVE");
        servers.reboot(tenant, id, true);
        stage.awaitStatus(tenant, id, "ACTIVE");
    }

    @Test
    void aHostThatFailsIsLeftAndAnotherTried() {
        stage.hosts("simulator:?hosts=2");
        Host broken =
                cloud.get(Hosts.class).list(Stage.admin(), Page.all()).get(0).host();
        stage.faults(broken.name() + ".fail=define:BACKEND_ERROR:always\n");
        String flavor = stage.flavor(1, 128, 1);
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            ids.add(create("lucky-" + i, flavor));
        }
        for (UUID id : ids) {
            Server server = stage.awaitStatus(tenant, id, "ACTIVE");
            assertThat(server.hostId()).isPresent().isNotEqualTo(Optional.of(broken.id()));
            assertThat(placement.allocations(id)).allMatch(a -> !a.providerId().equals(broken.id()));
        }
    }

    @Test
    void operatorsAreToldOnWhichHostEachStepWasDone() {
        stage.hosts("simulator:?hosts=1");
        String host = cloud.get(Hosts.class)
                .list(Stage.admin(), Page.all())
                .get(0)
                .host()
                .name();
        UUID id = create("told", stage.flavor(1, 128, 1));
        stage.awaitStatus(tenant, id, "ACTIVE");
        servers.stop(tenant, id);
        stage.awaitStatus(tenant, id, "SHUTOFF");

        Operations operations = cloud.get(Operations.class);
        List<UUID> done = operations.ofResource("server", id, 10).stream()
                .map(Operation::id)
                .toList();
        assertThat(done).hasSize(2);
        assertThat(operations.events(done))
                .filteredOn(event -> event.type() == OperationEvent.Type.STEP_DONE)
                .isNotEmpty()
                .allSatisfy(event -> assertThat(event.detail()).as(event.step()).isEqualTo(host));
    }

    @Test
    void whenNoHostCanTheServerSaysWhyHostByFilter() {
        stage.hosts("simulator:?hosts=3&memory-mib=1024");
        Hosts hosts = cloud.get(Hosts.class);
        hosts.setEnabled(
                Stage.admin(),
                hosts.list(Stage.admin(), Page.all()).get(0).host().id(),
                false,
                "repair");
        UUID id = create("huge", stage.flavor(1, 40_000, 1));
        Server server = stage.awaitStatus(tenant, id, "ERROR");
        assertThat(server.fault().orElseThrow().text())
                .contains(
                        "No valid host was found",
                        "3 hosts",
                        "1 disabled by an administrator",
                        "2 without enough memory");
        assertThat(server.fault().orElseThrow().detail()).contains("memory");
        assertThat(used("instances")).isEqualTo(1);
        servers.delete(tenant, id);
        stage.awaitGone(tenant, id);
        assertThat(used("instances")).isZero();
    }

    @Test
    void parallelCreationsNeverOverrunAQuota() throws Exception {
        stage.hosts("simulator:?hosts=4&cpus=64");
        quotas.limit(Optional.of(tenant.project()), Map.of("instances", 5L));
        String flavor = stage.flavor(1, 128, 1);
        stage.image();
        ExecutorService threads = Executors.newFixedThreadPool(10);
        List<Callable<Boolean>> calls = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            String name = "racer-" + i;
            calls.add(() -> {
                try {
                    create(name, flavor);
                    return true;
                } catch (Fault e) {
                    assertThat(e.kind()).isEqualTo(Fault.Kind.OVER_QUOTA);
                    return false;
                }
            });
        }
        int accepted = 0;
        for (Future<Boolean> call : threads.invokeAll(calls)) {
            accepted += call.get() ? 1 : 0;
        }
        threads.shutdown();
        assertThat(accepted).isEqualTo(5);
        assertThat(used("instances")).isEqualTo(5);
    }

    @Test
    void aForeignServerIsNotThere() {
        stage.hosts("simulator:?hosts=1");
        UUID id = create("mine", stage.flavor(1, 128, 1));
        Caller stranger = Stage.member();
        assertThatThrownBy(() -> servers.show(stranger, id))
                .isInstanceOfSatisfying(Fault.class, f -> assertThat(f.kind()).isEqualTo(Fault.Kind.NOT_FOUND));
        assertThatThrownBy(() -> servers.delete(stranger, id))
                .isInstanceOfSatisfying(Fault.class, f -> assertThat(f.kind()).isEqualTo(Fault.Kind.NOT_FOUND));
        assertThat(servers.list(stranger, ServerFilter.none(), Page.all())).isEmpty();
    }

    @Test
    void aReaderMayLookButNotTouch() {
        stage.hosts("simulator:?hosts=1");
        UUID id = create("look", stage.flavor(1, 128, 1));
        Caller reader = Stage.person(tenant.project(), "reader");
        assertThat(servers.show(reader, id).id()).isEqualTo(id);
        assertThatThrownBy(() -> servers.delete(reader, id))
                .isInstanceOfSatisfying(Fault.class, f -> assertThat(f.kind()).isEqualTo(Fault.Kind.FORBIDDEN));
    }

    @Test
    void pagesFollowTheMarkerInOrder() {
        stage.hosts("simulator:?hosts=1");
        String flavor = stage.flavor(1, 128, 1);
        List<UUID> made = List.of(create("a", flavor), create("b", flavor), create("c", flavor));
        Page byName = new Page(2, Optional.empty(), List.of(new Page.Sort("name", true)));
        List<Server> first = servers.list(tenant, ServerFilter.none(), byName);
        assertThat(first).extracting(Server::id).containsExactly(made.get(0), made.get(1));
        List<Server> second = servers.list(
                tenant,
                ServerFilter.none(),
                new Page(2, Optional.of(made.get(1).toString()), List.of(new Page.Sort("name", true))));
        assertThat(second).extracting(Server::id).containsExactly(made.get(2));
    }

    @Test
    void aConsoleTokenOpensOneSession() {
        stage.hosts("simulator:?hosts=1");
        UUID id = create("seen", stage.flavor(1, 128, 1));
        stage.awaitStatus(tenant, id, "ACTIVE");
        Consoles consoles = cloud.get(Consoles.class);
        String token = consoles.issue(tenant, id, ConsoleKind.VNC);
        assertThat(consoles.redeem(token).server()).isEqualTo(id);
        assertThatThrownBy(() -> consoles.redeem(token))
                .isInstanceOfSatisfying(Fault.class, f -> assertThat(f.kind()).isEqualTo(Fault.Kind.UNAUTHORIZED));
        String late = consoles.issue(tenant, id, ConsoleKind.VNC);
        cloud.clock().forward(java.time.Duration.ofMinutes(11));
        assertThatThrownBy(() -> consoles.redeem(late)).isInstanceOf(Fault.class);
    }

    @Test
    void aFlavorTooSmallForTheImageIsRefusedAndNothingIsMade() {
        Caller other = Stage.member();
        assertThatThrownBy(() -> servers.create(other, stage.server("x", "no-such-flavor")))
                .isInstanceOfSatisfying(Fault.class, f -> assertThat(f.field()).contains("flavorRef"));
        assertThatThrownBy(() -> servers.create(other, NewServer.of("x", Ids.newId(), stage.flavor(1, 128, 1))))
                .isInstanceOfSatisfying(Fault.class, f -> assertThat(f.field()).contains("imageRef"));
        assertThat(servers.list(other, ServerFilter.none(), Page.all())).isEmpty();
    }

    private UUID create(String name, String flavor) {
        return servers.create(tenant, stage.server(name, flavor)).get(0).id();
    }

    private long used(String resource) {
        return quotas.show(tenant.project(), List.of(resource)).get(0).used();
    }
}
