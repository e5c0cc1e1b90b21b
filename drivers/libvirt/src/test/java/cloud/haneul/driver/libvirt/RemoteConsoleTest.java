package cloud.haneul.driver.libvirt;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.haneul.spi.compute.ConsoleEndpoint;
import cloud.haneul.spi.compute.ConsoleKind;
import cloud.haneul.spi.compute.Hypervisor;
import cloud.haneul.spi.compute.ImageSource;
import cloud.haneul.spi.compute.VifAttachment;
import cloud.haneul.tck.ConsoleContract;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Consoles as they are for a host elsewhere: the screen on a TCP port, the serial line carried by libvirt. */
@ExtendWith(LibvirtHost.Extension.class)
class RemoteConsoleTest implements ConsoleContract {
    private static Hypervisor driver;

    @BeforeEach
    void open() {
        if (driver != null) {
            driver.close();
        }
        driver = LibvirtHost.get().open("tck", Map.of("consoles", "tcp"));
    }

    // not after each test: the contract's own tidying comes later than ours would
    @AfterAll
    static void close() {
        driver.close();
    }

    @Test
    void nothingButTheScreenListensOnTheHost() {
        UUID server = running();
        assertThat(driver.console(server, ConsoleKind.VNC))
                .isInstanceOfSatisfying(
                        ConsoleEndpoint.Tcp.class, tcp -> assertThat(tcp.host()).isEqualTo("127.0.0.1"));
        assertThat(driver.console(server, ConsoleKind.SERIAL)).isInstanceOf(ConsoleEndpoint.Stream.class);
    }

    @Override
    public Hypervisor driver() {
        return driver;
    }

    @Override
    public void reopen() {
        open();
    }

    @Override
    public Duration patience() {
        return Duration.ofSeconds(60);
    }

    @Override
    public Duration bootPatience() {
        return Duration.ofMinutes(2);
    }

    @Override
    public String bootMarker() {
        return "guest login: ";
    }

    @Override
    public ImageSource bootableImage() {
        return LibvirtHost.bootableImage();
    }

    @Override
    public Optional<VifAttachment> attachment(UUID port) {
        return Optional.empty();
    }
}
