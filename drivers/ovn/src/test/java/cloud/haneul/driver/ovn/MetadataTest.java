package cloud.haneul.driver.ovn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Metadata as a guest asks for it at 169.254.169.254. */
class MetadataTest {
    private static final String URL = "http://169.254.169.254/openstack/latest/meta_data.json";

    @TempDir
    Path folder;

    private Cloud cloud;

    @BeforeEach
    void build() {
        cloud = new Cloud(folder);
    }

    @AfterEach
    void leaveNothing() {
        if (cloud != null) {
            cloud.close();
        }
    }

    @Test
    void theServiceIsToldWhichGuestOfWhichNetworkAsks() {
        Guest guest = cloud.guest(11, cloud.group());
        await().atMost(Cloud.PATIENCE).until(() -> guest.fetch(URL).equals(expected("10.8.0.11")));
    }

    @Test
    void aGuestCannotSaySomethingElseAboutItself() {
        Guest guest = cloud.guest(11, cloud.group());
        await().atMost(Cloud.PATIENCE).until(() -> !guest.fetch(URL).isEmpty());
        assertThat(guest.fetch(
                        "-H",
                        "X-Forwarded-For: 10.8.0.12",
                        "-H",
                        "x-forwarded-for: 10.8.0.13",
                        "-H",
                        "X-Haneul-Network: 00000000-0000-0000-0000-000000000000",
                        "-H",
                        "X-Haneul-Secret: guessed",
                        "-H",
                        "X-Haneul-Project: other",
                        "-H",
                        "Forwarded: for=10.8.0.12",
                        URL))
                .isEqualTo(expected("10.8.0.11"));
    }

    @Test
    void itGoesOnWhileTheControllerRestarts() {
        Guest guest = cloud.guest(11, cloud.group());
        await().atMost(Cloud.PATIENCE).until(() -> !guest.fetch(URL).isEmpty());
        long pid = cloud.haproxy().process().orElseThrow().pid();
        Optional<String> namespace = MetadataNamespace.identity(cloud.namespace());
        cloud.driver().close();
        assertThat(guest.fetch(URL)).isEqualTo(expected("10.8.0.11"));
        cloud.reopen();
        Guest second = cloud.guest(12, cloud.group());
        assertThat(second.fetch(URL)).isEqualTo(expected("10.8.0.12"));
        assertThat(cloud.haproxy().process().orElseThrow().pid()).isEqualTo(pid);
        assertThat(MetadataNamespace.identity(cloud.namespace())).isEqualTo(namespace);
    }

    @Test
    void aDeadProxyAndALostNamespaceAreMadeAgain() {
        Guest guest = cloud.guest(11, cloud.group());
        await().atMost(Cloud.PATIENCE).until(() -> !guest.fetch(URL).isEmpty());
        cloud.driver().close();
        cloud.haproxy().process().orElseThrow().destroy();
        await().atMost(Cloud.PATIENCE).until(() -> cloud.haproxy().process().isEmpty());
        Shell.must("ip", "netns", "del", cloud.namespace());
        assertThat(guest.fetch(URL)).isEmpty();
        cloud.reopen();
        await().atMost(Cloud.PATIENCE).until(() -> guest.fetch(URL).equals(expected("10.8.0.11")));
    }

    @Test
    void onlyTheControllersUserCanReadTheSecret() throws Exception {
        Guest guest = cloud.guest(11, cloud.group());
        await().atMost(Cloud.PATIENCE).until(() -> !guest.fetch(URL).isEmpty());
        try (var files = Files.walk(folder).filter(Files::isRegularFile)) {
            assertThat(files.filter(file -> holdsTheSecret(file))).isNotEmpty().allSatisfy(file -> assertThat(
                            PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------"));
        }
        assertThat(Shell.must("ovsdb-client", "dump", cloud.machine.northbound(), "OVN_Northbound"))
                .doesNotContain(Cloud.SECRET);
    }

    private static boolean holdsTheSecret(Path file) {
        try {
            return Files.readString(file).contains("s3cret");
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private String expected(String address) {
        return "/openstack/latest/meta_data.json {x-forwarded-for=[" + address + "], x-haneul-network=[" + cloud.network
                + "], x-haneul-secret=[" + Cloud.SECRET + "]}";
    }
}
