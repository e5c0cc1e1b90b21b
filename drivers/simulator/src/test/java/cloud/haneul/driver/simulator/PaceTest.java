package cloud.haneul.driver.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.haneul.spi.Progress;
import cloud.haneul.spi.compute.Hypervisor;
import cloud.haneul.spi.compute.PowerAction;
import cloud.haneul.spi.compute.PowerState;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long things take: as long as told by the clock, and next to nothing of the machine's time. */
class PaceTest {
    @TempDir
    Path folder;

    private final Hands hands = new Hands();

    @Test
    void disksTakeTheDelayAndSayHowFarTheyAre() {
        Hypervisor host = host();
        UUID server = UUID.randomUUID();
        assertThat(host.prepareDisks(Lab.disks(server)).percent()).isZero();
        hands.turn(Duration.ofSeconds(6));
        assertThat(host.prepareDisks(Lab.disks(server))).isEqualTo(Progress.inProgress(60, Duration.ofSeconds(1)));
        host.close();
        assertThat(host().prepareDisks(Lab.disks(server)).percent())
                .as("after a restart")
                .isEqualTo(60);
        hands.turn(Duration.ofSeconds(4));
        assertThat(host().prepareDisks(Lab.disks(server))).isEqualTo(Progress.DONE);
    }

    @Test
    void aGuestShutsDownAfterTheDelayWhetherOrNotSomebodyAsks() {
        Hypervisor host = host();
        UUID server = Lab.running(host);
        Duration grace = Duration.ofMinutes(1);
        assertThat(host.power(server, PowerAction.SHUT_DOWN, grace, UUID.randomUUID())
                        .isDone())
                .isFalse();
        hands.turn(Duration.ofSeconds(9));
        assertThat(host.observe(server).orElseThrow().power()).isEqualTo(PowerState.RUNNING);
        hands.turn(Duration.ofSeconds(1));
        assertThat(host.observe(server).orElseThrow().power()).isEqualTo(PowerState.SHUT_OFF);
    }

    @Test
    void aGuestThatIgnoresThePowerButtonIsForcedOffWhenItsGraceEnds() {
        Hypervisor host = host();
        UUID server = UUID.randomUUID();
        host.prepareDisks(Lab.disks(server));
        hands.turn(Duration.ofSeconds(10));
        host.define(Lab.domain(server, "sim_ignores_power_button", "true"));
        host.power(server, PowerAction.START, Duration.ZERO, UUID.randomUUID());
        UUID attempt = UUID.randomUUID();
        Duration grace = Duration.ofMinutes(1);
        host.power(server, PowerAction.SHUT_DOWN, grace, attempt);
        hands.turn(Duration.ofSeconds(59));
        assertThat(host.power(server, PowerAction.SHUT_DOWN, grace, attempt).isDone())
                .isFalse();
        hands.turn(Duration.ofSeconds(1));
        assertThat(host.power(server, PowerAction.SHUT_DOWN, grace, attempt)).isEqualTo(Progress.DONE);
    }

    @Test
    void tenThousandHostsOpenInSecondsAndFitInLittleMemory() {
        long before = used();
        long begun = System.nanoTime();
        List<Hypervisor> hosts = new ArrayList<>();
        for (int i = 1; i <= 10_000; i++) {
            hosts.add(new Lab(folder).host("index", String.valueOf(i)));
        }
        hosts.forEach(host -> assertThat(host.observeAll()).isEmpty());
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        long bytes = (used() - before) / hosts.size();
        System.out.println("10,000 hosts opened and observed in " + took + ", " + bytes + " bytes each");
        assertThat(took).isLessThan(Duration.ofSeconds(20));
        assertThat(bytes).isLessThan(10_000);
        assertThat(hosts.get(9_999).facts().hostName()).isEqualTo("sim-10000");
        assertThat(folder.resolve("sim-0001"))
                .as("an untouched host leaves nothing behind")
                .doesNotExist();
    }

    @Test
    void aServerIsCreatedInMilliseconds() {
        Hypervisor host = new Lab(folder).host();
        for (int i = 0; i < 200; i++) {
            Lab.running(host);
        }
        long begun = System.nanoTime();
        for (int i = 0; i < 300; i++) {
            Lab.running(host);
        }
        Duration each = Duration.ofNanos(System.nanoTime() - begun).dividedBy(300);
        System.out.println("create: " + each);
        assertThat(each).isLessThan(Duration.ofMillis(20));
    }

    private Hypervisor host() {
        return new Lab(folder, hands).host("delay", "PT10S");
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** A clock whose hands a test turns. */
    private static final class Hands extends Clock {
        private volatile Instant now = Instant.parse("2030-01-01T00:00:00Z");

        void turn(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
