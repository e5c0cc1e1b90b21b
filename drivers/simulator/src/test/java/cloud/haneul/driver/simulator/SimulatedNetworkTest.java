package cloud.haneul.driver.simulator;

import cloud.haneul.spi.compute.DiskPlan;
import cloud.haneul.spi.compute.DomainSpec;
import cloud.haneul.spi.compute.Hypervisor;
import cloud.haneul.spi.compute.PowerAction;
import cloud.haneul.spi.compute.VifAttachment;
import cloud.haneul.spi.network.NetworkDriver;
import cloud.haneul.tck.NetworkDriverContract;
import cloud.haneul.tck.TckContext;
import cloud.haneul.tck.TinyImage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** The simulated network keeps the contract of network drivers; NICs are plugged by running servers on a simulated host. */
@TestInstance(Lifecycle.PER_CLASS)
class SimulatedNetworkTest implements NetworkDriverContract {
    @TempDir
    static Path folder;

    private NetworkDriver driver;
    private Hypervisor host;

    @BeforeAll
    void open() {
        driver = openNetwork();
        host = TckContext.in(folder.resolve("host")).open(new SimulatedHypervisorFactory(), Map.of("host", "sim-0001"));
    }

    @AfterAll
    void close() {
        driver.close();
        host.close();
    }

    private NetworkDriver openNetwork() {
        return TckContext.in(folder.resolve("network")).open(new SimulatedNetworkFactory(), Map.of());
    }

    @Override
    public NetworkDriver driver() {
        return driver;
    }

    @Override
    public void reopen() {
        driver.close();
        driver = openNetwork();
    }

    @Override
    public String networkHost() {
        return "sim-0001";
    }

    @Override
    public Class<? extends VifAttachment> attachmentType() {
        return VifAttachment.Simulated.class;
    }

    @Override
    public int crowd() {
        return 16;
    }

    @Override
    public Optional<Plug> plug() {
        return Optional.of(new Plug() {
            @Override
            public void in(UUID port, String mac, VifAttachment attachment) {
                host.prepareDisks(new DiskPlan(port, 0, TinyImage.random(100), Optional.empty()));
                host.define(new DomainSpec(
                        port,
                        "instance-1",
                        "one",
                        "p",
                        1,
                        64,
                        List.of(new DomainSpec.Nic(port, mac, 0, attachment)),
                        false,
                        Map.of()));
                host.power(port, PowerAction.START, Duration.ZERO, UUID.randomUUID());
            }

            @Override
            public void out(UUID port, VifAttachment attachment) {
                host.power(port, PowerAction.FORCE_OFF, Duration.ZERO, UUID.randomUUID());
            }
        });
    }
}
