package cloud.haneul.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.testing.TestCloud;
import cloud.haneul.spi.compute.HostFacts;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("postgresql")
@ExtendWith(TestCloud.class)
class HostReconcilerTest {
    private final Database database;
    private final HostReconciler reconciler;
    private final Stage stage;

    HostReconcilerTest(TestCloud cloud, Database database, HostReconciler reconciler) {
        this.database = database;
        this.reconciler = reconciler;
        this.stage = new Stage(cloud);
    }

    @BeforeEach
    void threeHosts() {
        stage.faults("");
        stage.hosts("simulator:?hosts=3");
    }

    @Test
    void hostsThatAreAsBeforeAreNotedTogether() {
        reconciler.reconcile();
        Instant before = firstSeen();
        await().until(() -> Instant.now().isAfter(before.plusMillis(2)));
        reconciler.reconcile();
        assertThat(firstSeen()).isAfter(before);
        assertThat(hosts()).extracting(Host::seenAt).containsOnly(hosts().get(0).seenAt());
    }

    @Test
    void aHostThatDoesNotAnswerWasSeenWhenItLastDid() {
        reconciler.reconcile();
        Instant before = firstSeen();
        stage.faults("fail=facts:UNREACHABLE:always\n");
        reconciler.reconcile();
        assertThat(hosts()).allSatisfy(host -> assertThat(host.connection()).isEqualTo(Host.Connection.DOWN));
        assertThat(firstSeen()).isEqualTo(before);
        stage.faults("");
        reconciler.reconcile();
        assertThat(hosts()).allSatisfy(host -> assertThat(host.connection()).isEqualTo(Host.Connection.UP));
        assertThat(firstSeen()).isAfter(before);
    }

    @Test
    void whateverAHostTellsDifferentlyIsNoticed() {
        HostFacts told = new HostFacts("h", "chassis", "x86_64", "QEMU", 7_002_000, 4, 8192, 100, "EPYC", Set.of("A"));
        Host host = hosts().get(0);
        assertThat(host.answered(told, Instant.now())).isTrue();
        assertThat(host.isAsIn(told)).isTrue();
        assertThat(host.answered(told, Instant.now())).isFalse();
        for (HostFacts other : List.of(
                new HostFacts("h", "other", "x86_64", "QEMU", 7_002_000, 4, 8192, 100, "EPYC", Set.of("A")),
                new HostFacts("h", "chassis", "aarch64", "QEMU", 7_002_000, 4, 8192, 100, "EPYC", Set.of("A")),
                new HostFacts("h", "chassis", "x86_64", "fake", 7_002_000, 4, 8192, 100, "EPYC", Set.of("A")),
                new HostFacts("h", "chassis", "x86_64", "QEMU", 8_000_000, 4, 8192, 100, "EPYC", Set.of("A")),
                new HostFacts("h", "chassis", "x86_64", "QEMU", 7_002_000, 8, 8192, 100, "EPYC", Set.of("A")),
                new HostFacts("h", "chassis", "x86_64", "QEMU", 7_002_000, 4, 4096, 100, "EPYC", Set.of("A")),
                new HostFacts("h", "chassis", "x86_64", "QEMU", 7_002_000, 4, 8192, 200, "EPYC", Set.of("A")),
                new HostFacts("h", "chassis", "x86_64", "QEMU", 7_002_000, 4, 8192, 100, "Xeon", Set.of("A")),
                new HostFacts("h", "chassis", "x86_64", "QEMU", 7_002_000, 4, 8192, 100, "EPYC", Set.of("A", "B")))) {
            assertThat(host.isAsIn(other)).as(other.toString()).isFalse();
        }
        host.failed("gone");
        assertThat(host.isAsIn(told)).isFalse();
    }

    private List<Host> hosts() {
        return database.read(em -> em.createQuery("select h from Host h order by h.name", Host.class)
                .getResultList());
    }

    private Instant firstSeen() {
        return new TreeSet<>(hosts().stream()
                        .map(host -> host.seenAt().orElseThrow())
                        .toList())
                .first();
    }
}
