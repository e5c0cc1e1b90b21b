package cloud.haneul.driver.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import cloud.haneul.spi.DriverException;
import cloud.haneul.spi.DriverException.Code;
import cloud.haneul.spi.Progress;
import cloud.haneul.spi.compute.DiskPlan;
import cloud.haneul.spi.compute.DomainSpec;
import cloud.haneul.spi.compute.Hypervisor;
import cloud.haneul.spi.compute.ImageSource;
import cloud.haneul.spi.compute.PowerAction;
import cloud.haneul.tck.TinyImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What several controllers, other installations and controllers that died leave on one host. */
@ExtendWith(LibvirtHost.Extension.class)
class SharedHostTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final LibvirtHost host = LibvirtHost.get();
    private Hypervisor driver;

    @BeforeEach
    void open() {
        driver = host.open("tck", Map.of());
    }

    @AfterEach
    void leaveTheHostEmpty() {
        driver.observeAll().forEach(domain -> driver.undefine(domain.server()));
        driver.serversWithDisks().forEach(driver::removeDisks);
        driver.close();
    }

    @Test
    void twoControllersThatFetchTheSameImageAtOnceBothSucceed() {
        Hypervisor other = host.open("tck", Map.of());
        TinyImage image = TinyImage.random(8 << 20);
        UUID mine = UUID.randomUUID();
        UUID theirs = UUID.randomUUID();
        Thread rival = new Thread(() -> prepare(other, theirs, image));
        rival.start();
        prepare(driver, mine, image);
        await().atMost(PATIENCE).until(() -> !rival.isAlive());
        assertThat(driver.serversWithDisks()).contains(mine, theirs);
        other.close();
    }

    @Test
    void aSlowImageIsAnsweredWithProgressAndGoesOnWithoutUs() {
        TinyImage image = TinyImage.random(2 << 20);
        CountDownLatch second = new CountDownLatch(1);
        ImageSource slow = new Halting(image, 1 << 20, second);
        DiskPlan plan = new DiskPlan(UUID.randomUUID(), 0, slow, Optional.empty());
        Progress progress = driver.prepareDisks(plan);
        assertThat(progress.isDone()).isFalse();
        assertThat(driver.prepareDisks(plan).percent()).isBetween(10, 60);
        second.countDown();
        await().atMost(PATIENCE).until(() -> driver.prepareDisks(plan).isDone());
        assertThat(image.opened()).isEqualTo(1);
    }

    @Test
    void anUploadThatItsControllerDidNotFinishIsNotUsedAndClearedWhenOld() throws IOException {
        TinyImage image = TinyImage.random(1 << 20);
        Path torn = host.pool().resolve("image-" + image.sha512() + ".deadbeef");
        Path tornOfAnother = host.pool().resolve("image-" + "0".repeat(128) + ".deadbeef");
        Path running = host.pool().resolve("image-" + "1".repeat(128) + ".deadbeef");
        driver.serversWithDisks();
        for (Path left : List.of(torn, tornOfAnother, running)) {
            Files.write(left, new byte[1000]);
        }
        Files.setLastModifiedTime(tornOfAnother, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
        host.virsh("pool-refresh", "haneul-tck");
        prepare(driver, UUID.randomUUID(), image);
        assertThat(image.opened()).isEqualTo(1);
        assertThat(tornOfAnother).doesNotExist();
        assertThat(running).exists();
    }

    @Test
    void anImageThatRefersToFilesOfTheHostIsRefusedAndNotKept() throws IOException {
        byte[] qcow2 = ByteBuffer.allocate(1 << 16)
                .putInt(0x514649fb)
                .putInt(3)
                .putLong(0x200)
                .array();
        UUID server = UUID.randomUUID();
        assertThatThrownBy(() -> prepare(driver, server, new Renamed(TinyImage.of(qcow2), "qcow2")))
                .isInstanceOfSatisfying(
                        DriverException.class, e -> assertThat(e.code()).isEqualTo(Code.INVALID));
        assertThat(driver.serversWithDisks()).doesNotContain(server);
        try (Stream<Path> files = Files.list(host.pool())) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .noneMatch(name ->
                            name.startsWith("image-" + TinyImage.of(qcow2).sha512()));
        }
    }

    @Test
    void aRawImageThatLooksLikeQcow2StaysRaw() {
        byte[] polyglot = ByteBuffer.allocate(1 << 16)
                .putInt(0x514649fb)
                .putInt(3)
                .putLong(0x200)
                .array();
        UUID server = UUID.randomUUID();
        prepare(driver, server, TinyImage.of(polyglot));
        String xml = host.virsh("vol-dumpxml", Names.root(server), "haneul-tck");
        assertThat(XmlView.of(xml).first("backingStore", "format").flatMap(format -> format.attribute("type")))
                .contains("raw");
    }

    @Test
    void aRootDiskSmallerThanItsImageIsRefused() {
        ImageSource big = new Renamed(TinyImage.random(1 << 20), "raw") {
            @Override
            public long virtualSize() {
                return 3L << 30;
            }
        };
        DiskPlan plan = new DiskPlan(UUID.randomUUID(), 2, big, Optional.empty());
        assertThatThrownBy(() -> driver.prepareDisks(plan))
                .isInstanceOf(DriverException.class)
                .hasMessageContaining("3 GiB");
    }

    @Test
    void aRootDiskIsNeverMadeAnewFromAnotherImage() {
        UUID server = UUID.randomUUID();
        prepare(driver, server, TinyImage.random(1 << 20));
        assertThatThrownBy(() -> prepare(driver, server, TinyImage.random(1 << 20)))
                .isInstanceOfSatisfying(
                        DriverException.class, e -> assertThat(e.code()).isEqualTo(Code.CONFLICT));
    }

    @Test
    void domainsOfOthersAreNeitherShownNorTouched() {
        UUID foreign = UUID.randomUUID();
        host.define("<domain type='qemu'><name>foreign-" + foreign + "</name><uuid>" + foreign
                + "</uuid><memory unit='MiB'>16</memory><os><type arch='x86_64'>hvm</type></os></domain>");
        try (Hypervisor other = host.open("other", Map.of("pool-path", host.folder() + "/other"))) {
            UUID theirs = UUID.randomUUID();
            other.define(specification(theirs, "instance-theirs"));
            assertThat(driver.observeAll()).isEmpty();
            for (UUID server : List.of(foreign, theirs)) {
                assertThat(driver.observe(server)).isEmpty();
                driver.undefine(server);
                assertThatThrownBy(() -> driver.power(server, PowerAction.START, Duration.ZERO, UUID.randomUUID()))
                        .isInstanceOfSatisfying(
                                DriverException.class, e -> assertThat(e.code()).isEqualTo(Code.NOT_FOUND));
                assertThatThrownBy(() -> driver.define(specification(server, "instance-mine")))
                        .isInstanceOfSatisfying(
                                DriverException.class, e -> assertThat(e.code()).isEqualTo(Code.CONFLICT));
            }
            assertThatThrownBy(() -> driver.define(specification(UUID.randomUUID(), "instance-theirs")))
                    .isInstanceOfSatisfying(
                            DriverException.class, e -> assertThat(e.code()).isEqualTo(Code.CONFLICT));
            assertThat(other.observeAll()).hasSize(1);
            other.undefine(theirs);
        } finally {
            host.virsh("undefine", foreign.toString());
        }
    }

    @Test
    void aPoolThatLiesElsewhereThanConfiguredIsNotUsed() {
        driver.serversWithDisks();
        try (Hypervisor elsewhere = host.open("tck", Map.of("pool-path", host.folder() + "/elsewhere"))) {
            assertThatThrownBy(elsewhere::serversWithDisks)
                    .isInstanceOfSatisfying(
                            DriverException.class, e -> assertThat(e.detail()).contains("pool-path"));
        }
    }

    private static DomainSpec specification(UUID server, String name) {
        return new DomainSpec(server, name, name, "p", 1, 32, List.of(), false, Map.of());
    }

    private static void prepare(Hypervisor driver, UUID server, ImageSource image) {
        DiskPlan plan = new DiskPlan(server, 0, image, Optional.empty());
        await().atMost(PATIENCE).until(() -> driver.prepareDisks(plan).isDone());
    }

    /** An image under another format's name. */
    private static class Renamed implements ImageSource {
        private final TinyImage image;
        private final String format;

        Renamed(TinyImage image, String format) {
            this.image = image;
            this.format = format;
        }

        @Override
        public UUID id() {
            return image.id();
        }

        @Override
        public String format() {
            return format;
        }

        @Override
        public String sha512() {
            return image.sha512();
        }

        @Override
        public long size() {
            return image.size();
        }

        @Override
        public long virtualSize() {
            return image.virtualSize();
        }

        @Override
        public InputStream open() {
            return image.open();
        }
    }

    /** An image whose stream stands still midway until it is told to go on. */
    private static final class Halting extends Renamed {
        private final long at;
        private final CountDownLatch goOn;

        Halting(TinyImage image, long at, CountDownLatch goOn) {
            super(image, "raw");
            this.at = at;
            this.goOn = goOn;
        }

        @Override
        public InputStream open() {
            InputStream whole = super.open();
            return new InputStream() {
                private long read;

                @Override
                public int read() throws IOException {
                    if (read++ == at) {
                        try {
                            goOn.await();
                        } catch (InterruptedException e) {
                            throw new IOException(e);
                        }
                    }
                    return whole.read();
                }
            };
        }
    }
}
