package cloud.haneul.driver.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.haneul.spi.compute.ConsoleKind;
import cloud.haneul.spi.compute.DomainState;
import cloud.haneul.spi.compute.Hypervisor;
import cloud.haneul.spi.compute.PowerAction;
import cloud.haneul.spi.compute.PowerState;
import cloud.haneul.tck.ConsoleSession;
import cloud.haneul.tck.RfbClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody sees who sits at a simulated guest, read from the pixels themselves. */
class GuestScreenTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    private Hypervisor host;
    private UUID server;

    @BeforeEach
    void startAServer() {
        host = new Lab(folder).host();
        server = UUID.randomUUID();
        host.prepareDisks(Lab.disksWithHostName(server, "web-1"));
        host.define(Lab.domain(server));
        power(PowerAction.START);
    }

    @Test
    void theScreenShowsTheHostNameOfTheConfigDriveAndALoginPrompt() {
        try (ConsoleSession console = open(ConsoleKind.VNC)) {
            RfbClient screen = RfbClient.on(console);
            assertThat(screen.name()).contains("web-1");
            String text = text(screen.picture());
            assertThat(text.lines().findFirst().orElseThrow()).contains("Haneul simulated guest: web-1");
            assertThat(text)
                    .contains("Linux version 6.1.0-simulated (haneul@sim-0001)")
                    .contains("\nweb-1 login:");
        }
    }

    @Test
    void keysAppearOnTheScreenAndOnTheSerialLineAlike() {
        try (ConsoleSession console = open(ConsoleKind.VNC);
                ConsoleSession line = open(ConsoleKind.SERIAL)) {
            RfbClient screen = RfbClient.on(console);
            for (char key : "ann".toCharArray()) {
                screen.press(key);
            }
            screen.press(0xff0d);
            line.readUntil("Welcome, ann.");
            line.type("echo\b\b\bxyz\r");
            line.readUntil("exyz\r\n$ ");
            assertThat(text(screen.picture())).contains("web-1 login: ann").contains("$ exyz\nexyz\n$");
        }
    }

    @Test
    void whoLooksAtTheScreenGoesOnLookingOverAReboot() {
        try (ConsoleSession console = open(ConsoleKind.VNC)) {
            RfbClient screen = RfbClient.on(console);
            power(PowerAction.RESET);
            assertThat(text(screen.picture()).split("web-1 login:", -1)).hasSize(3);
        }
    }

    @Test
    void aGuestCanBeShutDownFromInside() {
        try (ConsoleSession line = open(ConsoleKind.SERIAL)) {
            line.type("ann\npoweroff\n");
            line.readUntil("Power down");
        }
        await().atMost(PATIENCE).until(() -> host.observe(server).orElseThrow().power() == PowerState.SHUT_OFF);
        assertThat(log()).endsWith("reboot: Power down\n");
    }

    @Test
    void aGuestCanBeRebootedFromInside() {
        try (ConsoleSession line = open(ConsoleKind.SERIAL)) {
            line.type("ann\nreboot\n");
            line.readUntil("web-1 login: ");
        }
        assertThat(host.observe(server)).contains(new DomainState(server, PowerState.RUNNING));
        assertThat(log().split("web-1 login:", -1)).hasSize(3);
    }

    @Test
    void aPausedGuestHearsNothing() {
        try (ConsoleSession line = open(ConsoleKind.SERIAL)) {
            power(PowerAction.PAUSE);
            line.type("lost");
            power(PowerAction.RESUME);
            line.type("ann\n");
            line.readUntil("Welcome, ann.");
        }
        assertThat(log()).doesNotContain("lost");
    }

    @Test
    void aViewerWithTheOldestProtocolIsServedToo() {
        try (ConsoleSession console = open(ConsoleKind.VNC)) {
            console.read(12);
            console.type("RFB 003.003\n");
            assertThat(console.read(4)).containsExactly(0, 0, 0, 1);
            console.write(new byte[] {1});
            assertThat(console.read(4))
                    .containsExactly(Screen.WIDTH >> 8, Screen.WIDTH & 255, Screen.HEIGHT >> 8, Screen.HEIGHT & 255);
        }
    }

    private String log() {
        try (java.io.InputStream log = host.consoleLog(server, 1 << 20)) {
            return new String(log.readAllBytes(), StandardCharsets.UTF_8);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private ConsoleSession open(ConsoleKind kind) {
        return ConsoleSession.open(host.console(server, kind), PATIENCE);
    }

    private void power(PowerAction action) {
        host.power(server, action, Duration.ZERO, UUID.randomUUID());
    }

    /** Reads the text back from the picture, cell by cell. */
    private static String text(int[] picture) {
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < Screen.ROWS; row++) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < Tty.COLUMNS; column++) {
                line.append(character(picture, row, column));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private static char character(int[] picture, int row, int column) {
        int paper = picture[row * Screen.CELL_HEIGHT * Screen.WIDTH];
        for (char c = ' '; c <= '~'; c++) {
            if (matches(picture, row, column, paper, c)) {
                return c;
            }
        }
        return matches(picture, row, column, paper, Font.BLOCK) ? ' ' : '\uFFFD';
    }

    private static boolean matches(int[] picture, int row, int column, int paper, char c) {
        for (int y = 0; y < Screen.CELL_HEIGHT; y++) {
            for (int x = 0; x < Screen.CELL_WIDTH; x++) {
                int at = (row * Screen.CELL_HEIGHT + y) * Screen.WIDTH + Screen.MARGIN + column * Screen.CELL_WIDTH + x;
                if (Font.isInk(c, x / 2, y / 2) != (picture[at] != paper)) {
                    return false;
                }
            }
        }
        return true;
    }
}
