package cloud.haneul.driver.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.haneul.spi.DriverException;
import cloud.haneul.spi.DriverException.Code;
import cloud.haneul.spi.compute.DomainState;
import cloud.haneul.spi.compute.Hypervisor;
import cloud.haneul.spi.compute.PowerAction;
import cloud.haneul.spi.compute.PowerState;
import cloud.haneul.spi.network.NetworkDriver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultsTest {
    @TempDir
    Path folder;

    @Test
    void aFaultStrikesAsOftenAsToldAndOnlyItsMethod() {
        Hypervisor host = host("fail", "ping:BUSY:2,observeAll:NO_CAPACITY");
        assertFails(host::ping, Code.BUSY);
        assertFails(host::ping, Code.BUSY);
        host.ping();
        host.facts();
        assertFails(host::observeAll, Code.NO_CAPACITY);
        assertThat(host.observeAll()).isEmpty();
    }

    @Test
    void anUnreachableHostFailsAllCallsUntilTheControlFileSaysOtherwise() throws IOException {
        Hypervisor host = host();
        host.ping();
        control("fail=*:UNREACHABLE:always");
        for (int i = 0; i < 3; i++) {
            assertFails(host::ping, Code.UNREACHABLE);
            assertFails(() -> host.observe(UUID.randomUUID()), Code.UNREACHABLE);
        }
        Files.delete(folder.resolve("control"));
        host.ping();
    }

    @Test
    void theControlFileMeetsOneHostByItsName() throws IOException {
        Hypervisor first = host("host", "sim-0001");
        Hypervisor second = host("host", "sim-0002");
        NetworkDriver network = new Lab(folder).network();
        control("sim-0002.fail=ping:BUSY:always\nnetwork.fail=inventory:BACKEND_ERROR:always");
        first.ping();
        assertFails(second::ping, Code.BUSY);
        assertFails(network::inventory, Code.BACKEND_ERROR);
        network.ping();
    }

    @Test
    void aControlFileElsewhereIsObeyedAsWell() throws IOException {
        Path elsewhere = folder.resolve("elsewhere");
        Hypervisor host = host("control", elsewhere.toString());
        Files.writeString(elsewhere, "fail=ping:TIMEOUT");
        assertFails(host::ping, Code.TIMEOUT);
        host.ping();
    }

    @Test
    void aFaultAfterTheWorkLeavesItDone() {
        Hypervisor host = host("fail", "power.after:TIMEOUT");
        UUID server = UUID.randomUUID();
        host.prepareDisks(Lab.disks(server));
        host.define(Lab.domain(server));
        assertFails(() -> host.power(server, PowerAction.START, Duration.ZERO, UUID.randomUUID()), Code.TIMEOUT);
        assertThat(host.observe(server)).contains(new DomainState(server, PowerState.RUNNING));
    }

    @Test
    void aFaultBeforeTheWorkLeavesItUndone() {
        Hypervisor host = host("fail", "prepareDisks:TIMEOUT");
        UUID server = UUID.randomUUID();
        assertFails(() -> host.prepareDisks(Lab.disks(server)), Code.TIMEOUT);
        assertThat(host.serversWithDisks()).isEmpty();
    }

    @Test
    void aCallCanBeLate() {
        Hypervisor host = host("fail", "ping:PT0.05S");
        long begun = System.nanoTime();
        host.ping();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofMillis(50));
    }

    @Test
    void aHangingCallEndsWhenItsCallerGivesUp() throws Exception {
        Hypervisor host = host("fail", "ping:hang");
        CompletableFuture<Throwable> outcome = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            try {
                host.ping();
                outcome.complete(null);
            } catch (DriverException e) {
                outcome.complete(e);
            }
        });
        caller.start();
        caller.interrupt();
        assertThat(outcome.get(10, TimeUnit.SECONDS))
                .isInstanceOfSatisfying(
                        DriverException.class, e -> assertThat(e.code()).isEqualTo(Code.INTERRUPTED));
    }

    @Test
    void faultsByChanceAreTheSameInEveryRun() {
        assertThat(strikes("host", "a"))
                .isEqualTo(strikes("host", "a"))
                .contains("x")
                .contains(".");
        assertThat(strikes("host", "a")).isNotEqualTo(strikes("host", "b"));
    }

    private String strikes(String... properties) {
        try (Hypervisor host = host(properties[0], properties[1], "fail", "ping:BUSY:30%", "seed", "7")) {
            StringBuilder strikes = new StringBuilder();
            for (int i = 0; i < 60; i++) {
                try {
                    host.ping();
                    strikes.append('.');
                } catch (DriverException e) {
                    strikes.append('x');
                }
            }
            return strikes.toString();
        }
    }

    @Test
    void aGuestCanCrashByItself() throws IOException {
        Hypervisor host = host();
        UUID server = Lab.running(host);
        control("guest." + server + "=crash");
        assertThat(host.observeAll()).containsExactly(new DomainState(server, PowerState.CRASHED));
        host.power(server, PowerAction.START, Duration.ZERO, UUID.randomUUID());
        // told once: the file is still there
        assertThat(host.observe(server)).contains(new DomainState(server, PowerState.RUNNING));
    }

    @Test
    void aFullDiskRefusesAServerAndTakesOneAgainWhenThereIsRoom() {
        Hypervisor host = host("disk-gib", "1");
        UUID first = UUID.randomUUID();
        UUID second = UUID.randomUUID();
        host.prepareDisks(Lab.disks(first));
        host.prepareDisks(Lab.disks(first));
        assertFails(() -> host.prepareDisks(Lab.disks(second)), Code.DISK_FULL);
        assertThat(host.serversWithDisks()).containsExactly(first);
        host.removeDisks(first);
        host.removeDisks(first);
        host.prepareDisks(Lab.disks(second));
        assertThat(host.serversWithDisks()).containsExactly(second);
    }

    @Test
    void whatIsInUseIsKnownToTheNextController() {
        Hypervisor host = host("disk-gib", "1");
        host.prepareDisks(Lab.disks(UUID.randomUUID()));
        host.close();
        Hypervisor next = host("disk-gib", "1");
        assertFails(() -> next.prepareDisks(Lab.disks(UUID.randomUUID())), Code.DISK_FULL);
    }

    @Test
    void theControlFileCanFillADisk() throws IOException {
        Hypervisor host = host();
        control("disk-gib=0");
        assertFails(() -> host.prepareDisks(Lab.disks(UUID.randomUUID())), Code.DISK_FULL);
    }

    @Test
    void configurationThatCanNeverWorkIsRefused() {
        for (String fault : new String[] {"power", "power:NONSENSE", "power:BUSY:often", "power:PTX"}) {
            assertFails(() -> host("fail", fault), Code.INVALID);
        }
        assertFails(() -> host("host", "../x"), Code.INVALID);
        assertFails(() -> host("cpus", "0"), Code.INVALID);
        assertFails(() -> host("delay", "soon"), Code.INVALID);
    }

    private Hypervisor host(String... properties) {
        return new Lab(folder).host(properties);
    }

    private void control(String text) throws IOException {
        Path fresh = folder.resolve("control.new");
        Files.writeString(fresh, text);
        Files.move(fresh, folder.resolve("control"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    private static void assertFails(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, Code code) {
        assertThatThrownBy(call).isInstanceOfSatisfying(DriverException.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }
}
