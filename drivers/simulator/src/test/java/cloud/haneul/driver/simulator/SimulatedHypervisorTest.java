package cloud.haneul.driver.simulator;

import cloud.haneul.spi.compute.Hypervisor;
import cloud.haneul.spi.compute.VifAttachment;
import cloud.haneul.tck.HypervisorContract;
import cloud.haneul.tck.TckContext;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** The simulated host keeps the contract of hypervisors. */
@TestInstance(Lifecycle.PER_CLASS)
class SimulatedHypervisorTest implements HypervisorContract {
    @TempDir
    static Path folder;

    private Hypervisor driver;

    /** How long slow things take. */
    String delay() {
        return "PT0S";
    }

    @BeforeAll
    void openOnce() {
        driver = open();
    }

    @AfterAll
    void closeAtTheEnd() {
        driver.close();
    }

    private Hypervisor open() {
        return TckContext.in(folder).open(new SimulatedHypervisorFactory(), Map.of("index", "7", "delay", delay()));
    }

    @Override
    public Hypervisor driver() {
        return driver;
    }

    @Override
    public void reopen() {
        driver.close();
        driver = open();
    }

    @Override
    public Optional<VifAttachment> attachment(UUID port) {
        return Optional.of(new VifAttachment.Simulated("any"));
    }

    @Override
    public int crowd() {
        return 16;
    }
}
