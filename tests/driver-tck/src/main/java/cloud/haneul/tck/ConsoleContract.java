package cloud.haneul.tck;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.haneul.spi.DriverException;
import cloud.haneul.spi.compute.ConsoleKind;
import cloud.haneul.spi.compute.PowerAction;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The console log, the screen and the serial line. */
public interface ConsoleContract extends HypervisorUnderTest {

    @Test
    default void theLogOfADomainThatNeverRanIsEmpty() {
        assertThat(log(defined(), 1 << 20)).isEmpty();
    }

    @Test
    default void theLogTellsOfTheBootAndGrowsWithTheNext() {
        UUID server = booted();
        int first = log(server, 1 << 20).length;
        assertThat(first).isPositive();
        power(server, PowerAction.RESET);
        awaitBoots(server, 2);
        assertThat(log(server, 1 << 20).length).isGreaterThan(first);
    }

    @Test
    default void onlyTheLogsEndIsGivenWhenItIsTooLong() {
        UUID server = booted();
        power(server, PowerAction.PAUSE);
        byte[] whole = log(server, 1 << 20);
        byte[] end = log(server, 10);
        assertThat(end).hasSize(10);
        assertThat(new String(whole, StandardCharsets.ISO_8859_1))
                .endsWith(new String(end, StandardCharsets.ISO_8859_1));
        assertThat(log(server, 0)).isEmpty();
    }

    @Test
    default void theLogOutlivesTheServersPowerAndTheController() {
        UUID server = booted();
        power(server, PowerAction.FORCE_OFF);
        assertThat(boots(server)).isEqualTo(1);
        reopen();
        assertThat(boots(server)).isEqualTo(1);
    }

    @Test
    default void theLogGoesWithItsDomain() {
        UUID server = booted();
        driver().undefine(server);
        Refusal.of(() -> log(server, 1 << 20), DriverException.Code.NOT_FOUND);
        driver().define(specification(server));
        assertThat(log(server, 1 << 20)).isEmpty();
    }

    @Test
    default void theScreenSpeaksRfb() {
        UUID server = running();
        for (int session = 0; session < 2; session++) {
            try (ConsoleSession screen = open(server, ConsoleKind.VNC)) {
                assertThat(new String(screen.read(12), StandardCharsets.ISO_8859_1))
                        .matches("RFB 003\\.00[378]\n");
            }
        }
    }

    @Test
    default void theScreenHasPixels() {
        UUID server = running();
        try (ConsoleSession console = open(server, ConsoleKind.VNC)) {
            RfbClient screen = RfbClient.on(console);
            assertThat(screen.width()).isBetween(64, 4096);
            assertThat(screen.height()).isBetween(64, 4096);
            assertThat(screen.picture()).hasSize(screen.width() * screen.height());
        }
    }

    @Test
    default void theSerialLineAnswers() {
        UUID server = booted();
        try (ConsoleSession line = open(server, ConsoleKind.SERIAL)) {
            // no return: a guest that then asks for a password would not repeat what is typed next
            line.type("tck");
            line.readUntil("tck");
        }
        try (ConsoleSession line = open(server, ConsoleKind.SERIAL)) {
            line.type("again");
            line.readUntil("again");
        }
    }

    @Test
    default void aConsoleIsThereAgainAfterTheControllersRestart() {
        UUID server = running();
        reopen();
        theScreenOf(server);
    }

    @Test
    default void aServerThatIsOffHasNoConsole() {
        UUID server = defined();
        for (ConsoleKind kind : ConsoleKind.values()) {
            Refusal.of(() -> driver().console(server, kind), DriverException.Code.CONFLICT);
        }
    }

    @Test
    default void consolesOfAnUnknownServerAreNotFound() {
        for (ConsoleKind kind : ConsoleKind.values()) {
            Refusal.of(() -> driver().console(UUID.randomUUID(), kind), DriverException.Code.NOT_FOUND);
        }
        Refusal.of(() -> log(UUID.randomUUID(), 100), DriverException.Code.NOT_FOUND);
    }

    private void theScreenOf(UUID server) {
        try (ConsoleSession screen = open(server, ConsoleKind.VNC)) {
            assertThat(new String(screen.read(4), StandardCharsets.ISO_8859_1)).isEqualTo("RFB ");
        }
    }

    private ConsoleSession open(UUID server, ConsoleKind kind) {
        return ConsoleSession.open(driver().console(server, kind), patience());
    }
}
