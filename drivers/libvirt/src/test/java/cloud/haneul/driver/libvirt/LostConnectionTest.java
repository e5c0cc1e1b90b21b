package cloud.haneul.driver.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import cloud.haneul.spi.DriverException;
import cloud.haneul.spi.DriverException.Code;
import cloud.haneul.spi.compute.DiskPlan;
import cloud.haneul.spi.compute.DomainSpec;
import cloud.haneul.spi.compute.Hypervisor;
import cloud.haneul.spi.compute.PowerAction;
import cloud.haneul.spi.compute.PowerState;
import cloud.haneul.tck.TinyImage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A libvirtd that restarts, dies, hangs or never was. */
@ExtendWith(LibvirtHost.Extension.class)
class LostConnectionTest {
    private final LibvirtHost host = LibvirtHost.get();
    private Hypervisor driver;

    @AfterEach
    void close() {
        if (driver != null) {
            driver.close();
        }
    }

    @Test
    void theNextCallFindsALibvirtdThatWasRestarted() throws InterruptedException {
        driver = host.open("tck", Map.of());
        driver.ping();
        host.kill();
        assertThatThrownBy(driver::ping).isInstanceOfSatisfying(DriverException.class, e -> assertThat(e.code())
                .isIn(Code.UNREACHABLE, Code.INTERRUPTED));
        host.up();
        await().atMost(Duration.ofSeconds(20)).ignoreExceptions().untilAsserted(driver::ping);
    }

    @Test
    void aGuestAndAShutdownThatWasAskedForOutliveLibvirtdsDeath() throws InterruptedException {
        driver = host.open("tck", Map.of());
        UUID server = UUID.randomUUID();
        DiskPlan plan = new DiskPlan(server, 0, TinyImage.random(1 << 20), Optional.empty());
        await().atMost(Duration.ofSeconds(60))
                .until(() -> driver.prepareDisks(plan).isDone());
        driver.define(new DomainSpec(server, "instance-lost", "lost", "p", 1, 32, List.of(), false, Map.of()));
        driver.power(server, PowerAction.START, Duration.ZERO, UUID.randomUUID());
        UUID attempt = UUID.randomUUID();
        Duration grace = Duration.ofSeconds(8);
        Instant asked = Instant.now();
        assertThat(driver.power(server, PowerAction.SHUT_DOWN, grace, attempt).isDone())
                .isFalse();
        host.kill();
        host.up();
        assertThat(driver.observe(server))
                .hasValueSatisfying(state -> assertThat(state.power()).isEqualTo(PowerState.RUNNING));
        await().atMost(Duration.ofSeconds(30)).until(() -> driver.power(server, PowerAction.SHUT_DOWN, grace, attempt)
                .isDone());
        assertThat(Duration.between(asked, Instant.now())).isGreaterThanOrEqualTo(grace);
        assertThat(driver.observe(server))
                .hasValueSatisfying(state -> assertThat(state.power()).isEqualTo(PowerState.SHUT_OFF));
        driver.undefine(server);
        driver.removeDisks(server);
    }

    @Test
    void aLibvirtdThatHangsCostsTheTimeoutAndNoMore() {
        driver = host.open("tck", Map.of("call-timeout", "PT2S"));
        driver.ping();
        long pid = host.pid();
        LibvirtHost.run(host.folder(), "kill", "-STOP", Long.toString(pid));
        try {
            Instant begun = Instant.now();
            assertThatThrownBy(driver::ping).isInstanceOfSatisfying(DriverException.class, e -> assertThat(e.code())
                    .isEqualTo(Code.TIMEOUT));
            assertThatThrownBy(driver::ping).isInstanceOfSatisfying(DriverException.class, e -> assertThat(e.code())
                    .isEqualTo(Code.UNREACHABLE));
            assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(10));
        } finally {
            LibvirtHost.run(host.folder(), "kill", "-CONT", Long.toString(pid));
        }
        await().atMost(Duration.ofSeconds(20)).ignoreExceptions().untilAsserted(driver::ping);
    }

    @Test
    void aHostThatIsNotThereIsUnreachableAndSaysWhatToCheck() {
        driver = host.open("tck", Map.of("uri", "qemu+unix:///system?socket=" + host.folder() + "/none"));
        assertThatThrownBy(driver::facts).isInstanceOfSatisfying(DriverException.class, e -> {
            assertThat(e.code()).isEqualTo(Code.UNREACHABLE);
            assertThat(e.detail()).contains("libvirtd runs there");
        });
    }
}
