package cloud.haneul.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import cloud.haneul.acceptance.Rest.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A cloud on a machine that is not as it should be: a plugin is broken, the disk is full, and tokens do not last. */
class RoughWeatherIT {
    private static final Duration TOKEN_LIFETIME = Duration.ofSeconds(15);

    private static Cloud cloud;
    private static boolean smallDisk;

    @BeforeAll
    static void aBrokenPluginAndASmallDisk() throws IOException {
        Cloud.notBuilt().ifPresent(Assumptions::abort);
        cloud = Cloud.simulated("rough");
        Path plugins = cloud.home().resolve("plugins");
        copy(Cloud.dist().resolve("plugins"), plugins);
        Files.createDirectories(plugins.resolve("broken"));
        Files.writeString(plugins.resolve("broken/broken.jar"), "no jar at all");
        Files.createDirectories(plugins.resolve("empty"));
        Path images = Files.createDirectories(cloud.home().resolve("images"));
        smallDisk = Shell.run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", images.toString())
                .worked();
        cloud.set("HANEUL_PLUGINS_DIR", plugins.toString())
                .set("HANEUL_IDENTITY_TOKEN_LIFETIME", TOKEN_LIFETIME.toString())
                .start();
    }

    @AfterAll
    static void theDiskGoes() {
        if (cloud != null) {
            cloud.close();
        }
        if (smallDisk) {
            Shell.must("umount", cloud.home().resolve("images").toString());
        }
    }

    @Test
    void aBrokenPluginIsShownWithItsReasonAndTheCloudWorks() {
        Answer answer = cloud.as("admin").get("/haneul/v1/drivers");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text())
                .contains("broken")
                .contains("empty")
                .contains("META-INF/services")
                .contains("simulator");
    }

    @Test
    void anExpiredTokenIsRefused() {
        Rest admin = cloud.as("admin");
        assertThat(admin.get("/compute/v2.1/servers").status()).isEqualTo(200);

        await().atMost(TOKEN_LIFETIME.plusSeconds(10))
                .until(() -> admin.get("/compute/v2.1/servers").status() != 200);

        Answer answer = admin.get("/compute/v2.1/servers");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(cloud.as("admin").get("/compute/v2.1/servers").status()).isEqualTo(200);
    }

    @Test
    void aFullDiskRefusesAnImageAndKeepsTheOthers() {
        assumeThat(smallDisk)
                .as("a file system of 4 MiB could be mounted (needs root)")
                .isTrue();
        Rest admin = cloud.as("admin");
        String image = admin.post(
                        "/image/v2/images", Map.of("name", "big", "disk_format", "raw", "container_format", "bare"))
                .ok()
                .path("id")
                .asText();
        String path = "/image/v2/images/" + image;

        Answer answer = admin.upload(path + "/file", GuestImage.raw("big.raw", 8 << 20));

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.message()).contains("full");
        assertThat(admin.get(path).ok().path("status").asText()).isEqualTo("queued");
        assertThat(admin.upload(path + "/file", GuestImage.raw("fits.raw", 1 << 20))
                        .status())
                .isEqualTo(204);
        assertThat(admin.get(path).ok().path("status").asText()).isEqualTo("active");
        assertThat(admin.get("/image/v2/images?name=guest")
                        .ok()
                        .at("/images/0/status")
                        .asText())
                .isEqualTo("active");
    }

    private static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
