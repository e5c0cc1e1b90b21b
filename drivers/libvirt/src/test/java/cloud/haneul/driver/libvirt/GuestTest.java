package cloud.haneul.driver.libvirt;

import static org.awaitility.Awaitility.await;

import cloud.haneul.spi.compute.ConfigDrive;
import cloud.haneul.spi.compute.DiskPlan;
import cloud.haneul.spi.compute.DomainSpec;
import cloud.haneul.spi.compute.Hypervisor;
import cloud.haneul.spi.compute.ImageSource;
import cloud.haneul.spi.compute.PowerAction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A guest that really boots, on each kind of machine, and finds its config drive. */
@ExtendWith(LibvirtHost.Extension.class)
class GuestTest {
    private final UUID server = UUID.randomUUID();
    private Hypervisor driver;

    @TempDir
    Path folder;

    @AfterEach
    void leaveTheHostEmpty() {
        if (driver != null) {
            driver.undefine(server);
            driver.removeDisks(server);
            driver.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pc", "q35"})
    void aGuestTakesItsNameFromTheConfigDrive(String machine) {
        ImageSource image = LibvirtHost.bootableImage();
        driver = LibvirtHost.get().open("tck", Map.of());
        // the guest's kernel knows no SATA
        Map<String, String> properties = machine.equals("q35")
                ? Map.of("hw_machine_type", machine, "hw_cdrom_bus", "scsi")
                : Map.of("hw_machine_type", machine);
        DiskPlan plan = new DiskPlan(server, 1, image, Optional.of(configDrive("from-config-drive")));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> driver.prepareDisks(plan).isDone());
        driver.define(new DomainSpec(server, "instance-guest", "guest", "p", 1, 128, List.of(), true, properties));
        driver.power(server, PowerAction.START, Duration.ZERO, UUID.randomUUID());
        await().atMost(Duration.ofMinutes(2))
                .until(() -> log().contains("id=" + server + " hostname=from-config-drive"));
    }

    @Test
    void aGuestBootsFromOtherDiskBuses() {
        ImageSource image = LibvirtHost.bootableImage();
        driver = LibvirtHost.get().open("tck", Map.of());
        DiskPlan plan = new DiskPlan(server, 0, image, Optional.empty());
        await().atMost(Duration.ofSeconds(60))
                .until(() -> driver.prepareDisks(plan).isDone());
        for (String bus : List.of("scsi", "ide")) {
            driver.define(new DomainSpec(
                    server,
                    "instance-guest",
                    bus,
                    "p",
                    1,
                    128,
                    List.of(),
                    false,
                    Map.of("hw_disk_bus", bus, "hw_video_model", "cirrus")));
            driver.power(server, PowerAction.START, Duration.ZERO, UUID.randomUUID());
            await(bus).atMost(Duration.ofMinutes(2)).until(() -> log().contains("guest login: "));
            driver.undefine(server);
        }
    }

    private String log() throws IOException {
        return new String(driver.consoleLog(server, 1 << 20).readAllBytes(), StandardCharsets.UTF_8);
    }

    private ConfigDrive configDrive(String name) {
        try {
            Path latest = Files.createDirectories(folder.resolve("drive/openstack/latest"));
            Files.writeString(
                    latest.resolve("meta_data.json"),
                    "{\"uuid\": \"" + server + "\", \"hostname\": \"" + name + "\", \"name\": \"" + name + "\"}");
            LibvirtHost.output(
                    folder,
                    "genisoimage",
                    "-quiet",
                    "-R",
                    "-V",
                    "config-2",
                    "-o",
                    folder.resolve("drive.iso").toString(),
                    folder.resolve("drive").toString());
            return new ConfigDrive(Files.readAllBytes(folder.resolve("drive.iso")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
