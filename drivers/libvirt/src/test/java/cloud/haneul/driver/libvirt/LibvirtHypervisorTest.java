package cloud.haneul.driver.libvirt;

import cloud.haneul.spi.compute.Hypervisor;
import cloud.haneul.spi.compute.ImageSource;
import cloud.haneul.spi.compute.VifAttachment;
import cloud.haneul.tck.HypervisorContract;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract on a real libvirtd with emulated guests, consoles by sockets in the pool's folder. */
@ExtendWith(LibvirtHost.Extension.class)
class LibvirtHypervisorTest implements HypervisorContract {
    private LibvirtHost host;
    private static Hypervisor driver;

    @BeforeEach
    void open() {
        if (driver != null) {
            driver.close();
        }
        host = LibvirtHost.get();
        driver = host.open("tck", Map.of());
    }

    // not after each test: the contract's own tidying comes later than ours would
    @AfterAll
    static void close() {
        driver.close();
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
    public Duration quiet() {
        return Duration.ofSeconds(2);
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
        return host.attachment();
    }
}
