package cloud.haneul.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.Home;
import cloud.haneul.kernel.Ids;
import cloud.haneul.kernel.data.Page;
import cloud.haneul.kernel.testing.TestCloud;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("postgresql")
@ExtendWith(TestCloud.class)
class ImagesTest {
    private final Images images;
    private final Caller owner = person(Ids.newHexId());

    ImagesTest(Images images) {
        this.images = images;
    }

    private static Caller person(String project) {
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
                Set.of("member", "reader"),
                Ids.newRequestId(),
                Optional.empty(),
                Locale.ENGLISH,
                "127.0.0.1");
    }

    @Test
    void anUploadedImageHasItsHashesAndCanBeBooted() {
        byte[] disk = "abc".repeat(1000).getBytes(StandardCharsets.UTF_8);
        Image image = upload("raw", disk);
        assertThat(image.status()).isEqualTo("active");
        assertThat(image.size()).hasValue(3000);
        assertThat(image.virtualSize()).hasValue(3072);
        assertThat(image.sha512().orElse("")).hasSize(128);
        assertThat(images.forBoot(owner, image.id()).diskFormat()).isEqualTo("raw");
    }

    @Test
    void aQcow2ThatPointsAtAnotherFileIsRefusedAndNothingIsLeft() {
        assertRefused("qcow2", qcow2(header -> header.putLong(8, 512)), "backing file");
        assertRefused("qcow2", qcow2(header -> header.putLong(72, 4)), "data file");
        assertRefused("qcow2", qcow2(header -> header.putLong(72, 1L << 40)), "unknown incompatible");
    }

    @Test
    void aVmdkThatNamesOtherFilesIsRefused() {
        byte[] descriptor = "# Disk DescriptorFile\ncreateType=\"monolithicFlat\"\nRW 1 FLAT \"/etc/passwd\" 0\n"
                .getBytes(StandardCharsets.UTF_8);
        assertRefused("vmdk", descriptor, "other files");
    }

    @Test
    void dataThatIsNotWhatItIsDeclaredToBeIsRefused() {
        assertRefused("raw", qcow2(header -> {}), "declared raw");
        assertRefused("qcow2", new byte[4096], "declared qcow2");
        assertRefused("vhd", qcow2(header -> {}), "declared vhd");
    }

    @Test
    void aGoodQcow2IsTakenWithItsVirtualSize() {
        Image image = upload("qcow2", qcow2(header -> {}));
        assertThat(image.virtualSize()).hasValue(1L << 30);
    }

    @Test
    void anImageThatClaimsTooLargeADiskIsRefused() {
        assertRefused("qcow2", qcow2(header -> header.putLong(24, 1L << 50)), "claims a disk");
    }

    @Test
    void anUploadThatBreaksOffLeavesTheImageQueuedToBeTriedAgain() {
        UUID id = create("raw");
        InputStream broken = new InputStream() {
            private int left = 100;

            @Override
            public int read() throws IOException {
                if (left-- <= 0) {
                    throw new IOException("connection reset");
                }
                return 1;
            }
        };
        assertThatThrownBy(() -> images.upload(owner, id, broken, OptionalLong.empty()))
                .isInstanceOf(Fault.class);
        assertThat(images.show(owner, id).status()).isEqualTo("queued");
        assertThat(images.upload(owner, id, new ByteArrayInputStream(new byte[10]), OptionalLong.of(10))
                        .status())
                .isEqualTo("active");
    }

    @Test
    void fewerBytesThanAnnouncedAreNoImage() {
        UUID id = create("raw");
        assertThatThrownBy(() -> images.upload(owner, id, new ByteArrayInputStream(new byte[10]), OptionalLong.of(11)))
                .hasMessageContaining("10 of 11");
        assertThat(images.show(owner, id).status()).isEqualTo("queued");
        assertThat(Home.path().resolve("images/" + id)).doesNotExist();
    }

    @Test
    void othersSeePublicImagesAndNoPrivateOnes() {
        Caller stranger = person(Ids.newHexId());
        UUID hidden = create("raw");
        assertThatThrownBy(() -> images.show(stranger, hidden))
                .isInstanceOfSatisfying(Fault.class, f -> assertThat(f.kind()).isEqualTo(Fault.Kind.NOT_FOUND));
        assertThat(images.list(stranger, ImageFilter.none(), Page.all()))
                .extracting(Image::id)
                .doesNotContain(hidden);
        assertThatThrownBy(() -> images.update(owner, hidden, d -> d.visibleTo(Image.Visibility.PUBLIC)))
                .isInstanceOfSatisfying(Fault.class, f -> assertThat(f.kind()).isEqualTo(Fault.Kind.FORBIDDEN));
        Caller admin = Caller.inner("test").inProject(owner.project());
        images.update(admin, hidden, d -> d.visibleTo(Image.Visibility.PUBLIC));
        assertThat(images.show(stranger, hidden).id()).isEqualTo(hidden);
        assertThatThrownBy(() -> images.delete(stranger, hidden)).isInstanceOf(Fault.class);
    }

    @Test
    void tagsAndNamesAreFoundWhateverLettersTheyHave() {
        UUID id = create("raw");
        images.addTag(owner, id, "100%_\\\"x");
        ImageFilter tagged = new ImageFilter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Set.of("100%_\\\"x"),
                false);
        assertThat(images.list(owner, tagged, Page.all())).extracting(Image::id).containsExactly(id);
    }

    @Test
    void aProtectedImageCannotBeDeleted() {
        UUID id = create("raw");
        images.update(
                owner,
                id,
                d -> new ImageDraft(
                        d.name(),
                        d.visibility(),
                        d.diskFormat(),
                        d.containerFormat(),
                        0,
                        0,
                        true,
                        false,
                        Map.of(),
                        Set.of()));
        assertThatThrownBy(() -> images.delete(owner, id)).hasMessageContaining("protected");
    }

    @Test
    void aDeletedImageLeavesNoFile() {
        Image image = upload("raw", new byte[512]);
        assertThat(Files.exists(Home.path().resolve("images/" + image.id()))).isTrue();
        images.delete(owner, image.id());
        assertThat(Home.path().resolve("images/" + image.id())).doesNotExist();
    }

    private UUID create(String format) {
        return images.create(owner, Optional.empty(), ImageDraft.of("image", format))
                .id();
    }

    private Image upload(String format, byte[] data) {
        return images.upload(owner, create(format), new ByteArrayInputStream(data), OptionalLong.of(data.length));
    }

    private void assertRefused(String format, byte[] data, String why) {
        UUID id = create(format);
        assertThatThrownBy(() -> images.upload(owner, id, new ByteArrayInputStream(data), OptionalLong.of(data.length)))
                .isInstanceOfSatisfying(Fault.class, f -> {
                    assertThat(f.kind()).isEqualTo(Fault.Kind.BAD_REQUEST);
                    assertThat(f.getMessage()).contains(why);
                });
        assertThat(images.show(owner, id).status()).isEqualTo("queued");
        assertThat(Home.path().resolve("images/" + id)).doesNotExist();
        assertThat(Home.path().resolve("images/" + id + ".partial")).doesNotExist();
    }

    private static byte[] qcow2(java.util.function.Consumer<ByteBuffer> change) {
        ByteBuffer header = ByteBuffer.allocate(64 * 1024).order(ByteOrder.BIG_ENDIAN);
        header.putInt(0, 0x514649fb)
                .putInt(4, 3)
                .putInt(20, 16)
                .putLong(24, 1L << 30)
                .putInt(100, 104);
        change.accept(header);
        return header.array();
    }
}
