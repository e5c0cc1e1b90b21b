package cloud.haneul.compute;

import static org.awaitility.Awaitility.await;

import cloud.haneul.image.Image;
import cloud.haneul.image.ImageDraft;
import cloud.haneul.image.Images;
import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Home;
import cloud.haneul.kernel.Ids;
import cloud.haneul.kernel.data.Page;
import cloud.haneul.kernel.testing.TestCloud;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/** What a test of compute needs to stand on: people, an image, a flavor, simulated hosts, and how to make those fail. */
final class Stage {
    private final TestCloud cloud;
    private final Servers servers;
    private UUID image;

    Stage(TestCloud cloud) {
        this.cloud = cloud;
        this.servers = cloud.get(Servers.class);
    }

    static Caller person(String project, String... roles) {
        return new Caller(
                "user-of-" + project,
                "somebody",
                "default",
                "Default",
                Optional.of(project),
                Optional.of(project),
                Optional.of("default"),
                Optional.of("Default"),
                Optional.empty(),
                Optional.empty(),
                false,
                Set.of(roles),
                Ids.newRequestId(),
                Optional.empty(),
                Locale.ENGLISH,
                "127.0.0.1");
    }

    static Caller member() {
        return person(Ids.newHexId(), "member", "reader");
    }

    static Caller admin() {
        return Caller.inner("test");
    }

    /** Adds hosts by a simulator URI and waits until they answer; those there before are removed. */
    void hosts(String uri) {
        Hosts hosts = cloud.get(Hosts.class);
        hosts.list(admin(), Page.all())
                .forEach(use -> hosts.remove(admin(), use.host().id()));
        List<Host> added = hosts.add(admin(), NewHost.of(uri));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> hosts.list(admin(), Page.all()).stream()
                                .filter(use -> use.host().connection() == Host.Connection.UP)
                                .count()
                        == added.size());
    }

    String flavor(int vcpus, long ramMib, long diskGib) {
        return cloud.get(Flavors.class)
                .create(admin(), NewFlavor.of("flavor-" + Ids.newHexId(), vcpus, ramMib, diskGib))
                .id();
    }

    UUID image() {
        if (image == null) {
            Images images = cloud.get(Images.class);
            Caller owner = admin().inProject(Ids.newHexId());
            byte[] disk = new byte[64 * 1024];
            image = images.create(
                            owner,
                            Optional.empty(),
                            ImageDraft.of("tiny", "raw").visibleTo(Image.Visibility.PUBLIC))
                    .id();
            images.upload(owner, image, new ByteArrayInputStream(disk), OptionalLong.of(disk.length));
        }
        return image;
    }

    NewServer server(String name, String flavor) {
        NewServer plain = NewServer.of(name, image(), flavor);
        return new NewServer(
                plain.name(),
                plain.hostName(),
                plain.description(),
                plain.image(),
                plain.flavor(),
                plain.keyName(),
                List.of(),
                false,
                List.of(),
                plain.metadata(),
                plain.tags(),
                plain.userData(),
                plain.adminPassword(),
                true,
                plain.zone(),
                plain.host(),
                plain.diskConfig(),
                "",
                "",
                1,
                1);
    }

    Server awaitStatus(Caller caller, UUID id, String status) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> servers.show(caller, id).status().equals(status)
                        && servers.show(caller, id).task().isEmpty());
        return servers.show(caller, id);
    }

    void awaitGone(Caller caller, UUID id) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> servers.list(caller, ServerFilter.none(), Page.all()).stream()
                        .noneMatch(s -> s.id().equals(id)));
    }

    /** Writes the simulator's control file: faults from now on; empty for none. */
    void faults(String lines) {
        Path file = Home.folder("drivers/simulator").resolve("control");
        try {
            Path aside = file.resolveSibling("control.new");
            Files.writeString(aside, lines);
            Files.move(aside, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
