package cloud.haneul.driver.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.haneul.spi.compute.DiskPlan;
import cloud.haneul.spi.compute.DomainSpec;
import cloud.haneul.spi.compute.Hypervisor;
import cloud.haneul.spi.compute.PowerAction;
import cloud.haneul.tck.TinyImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What going through the driver costs: a start compared with libvirt's own tool starting the very same definition. */
@ExtendWith(LibvirtHost.Extension.class)
@EnabledIfSystemProperty(
        named = "haneul.bench",
        matches = "true",
        disabledReason = "a measurement, for a quiet machine: -Dhaneul.bench=true")
class StartTimeTest {
    private static final int ROUNDS = 10;

    private final LibvirtHost host = LibvirtHost.get();
    private final UUID server = UUID.randomUUID();
    private final Hypervisor driver = host.open("tck", Map.of());

    @TempDir
    Path folder;

    @AfterEach
    void leaveTheHostEmpty() {
        driver.undefine(server);
        driver.removeDisks(server);
        driver.close();
    }

    @Test
    void aStartTakesHardlyLongerThanLibvirtItself() throws IOException {
        DiskPlan plan = new DiskPlan(server, 0, TinyImage.random(1 << 20), Optional.empty());
        await().atMost(Duration.ofSeconds(60))
                .until(() -> driver.prepareDisks(plan).isDone());
        driver.define(new DomainSpec(server, "instance-start", "start", "p", 1, 128, List.of(), false, Map.of()));
        Path definition =
                Files.writeString(folder.resolve("domain.xml"), host.virsh("dumpxml", "--inactive", server.toString()));
        List<Long> ours = new ArrayList<>();
        List<Long> bare = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            ours.add(millis(() -> driver.power(server, PowerAction.START, Duration.ZERO, UUID.randomUUID())));
            driver.power(server, PowerAction.FORCE_OFF, Duration.ZERO, UUID.randomUUID());
            bare.add(millis(() -> host.virsh("create", definition.toString())));
            host.virsh("destroy", server.toString());
        }
        // the fastest of each: whatever else the machine does only ever adds
        long limit = Collections.min(bare) * 13 / 10;
        assertThat(Collections.min(ours)).as("%s ms against %s ms", ours, bare).isLessThan(limit);
    }

    private static long millis(Runnable work) {
        long begun = System.nanoTime();
        work.run();
        return (System.nanoTime() - begun) / 1_000_000;
    }
}
