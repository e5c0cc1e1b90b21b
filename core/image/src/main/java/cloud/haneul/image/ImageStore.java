package cloud.haneul.image;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.Home;
import cloud.haneul.kernel.Setting;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;

/**
 * Image data as files of the folder {@code images}: written aside, inspected, forced to the disk and moved to its name, so that a
 * file with an image's name is always whole. Nothing is held in memory.
 */
@Component
class ImageStore {
    static final Setting<Long> MAX_BYTES =
            Setting.number("haneul.image.max-bytes", 1L << 40, "Largest size of an image's data in bytes.");
    static final Setting<Long> MAX_VIRTUAL_BYTES = Setting.number(
            "haneul.image.max-virtual-bytes", 4L << 40, "Largest disk, in bytes, that an image may claim to be.");
    private static final int BUFFER = 256 * 1024;
    private static final String PARTIAL = ".partial";

    private final Path folder = Home.folder("images");

    /**
     * Takes an image's data in.
     *
     * @throws Fault TOO_LARGE over the limit or when the disk is full, BAD_REQUEST when the data is not of the declared format or
     *     points outside itself; nothing is left then
     */
    ImageFile save(UUID id, String diskFormat, InputStream data) {
        Path partial = folder.resolve(id + PARTIAL);
        try {
            MessageDigest md5 = digest("MD5");
            MessageDigest sha512 = digest("SHA-512");
            long size = copy(data, partial, md5, sha512);
            long virtualSize = FormatInspector.inspect(partial, diskFormat);
            if (virtualSize > MAX_VIRTUAL_BYTES.get()) {
                throw Fault.badRequest(
                        "disk_format",
                        "Image rejected: it claims a disk of " + virtualSize + " bytes, more than the allowed "
                                + MAX_VIRTUAL_BYTES.get() + ".");
            }
            try (FileChannel channel = FileChannel.open(partial, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(partial, path(id), StandardCopyOption.ATOMIC_MOVE);
            return new ImageFile(
                    size,
                    virtualSize,
                    HexFormat.of().formatHex(md5.digest()),
                    HexFormat.of().formatHex(sha512.digest()));
        } catch (IOException e) {
            throw full(e)
                    ? Fault.of(Fault.Kind.TOO_LARGE, "Image storage media is full: the data could not be saved.")
                            .detail(e.toString())
                            .cause(e)
                    : Fault.badRequest("The upload broke off before its end.")
                            .detail(e.toString())
                            .cause(e);
        } finally {
            remove(partial);
        }
    }

    private static long copy(InputStream data, Path to, MessageDigest md5, MessageDigest sha512) throws IOException {
        long limit = MAX_BYTES.get();
        long size = 0;
        byte[] buffer = new byte[BUFFER];
        try (OutputStream out = Files.newOutputStream(to)) {
            for (int n = data.read(buffer); n >= 0; n = data.read(buffer)) {
                size += n;
                if (size > limit) {
                    throw Fault.of(Fault.Kind.TOO_LARGE, "The image is larger than the allowed " + limit + " bytes.");
                }
                md5.update(buffer, 0, n);
                sha512.update(buffer, 0, n);
                out.write(buffer, 0, n);
            }
        }
        return size;
    }

    InputStream open(UUID id) {
        try {
            return Files.newInputStream(path(id));
        } catch (IOException e) {
            throw new UncheckedIOException("The data of image " + id + " is missing", e);
        }
    }

    Path path(UUID id) {
        return folder.resolve(id.toString());
    }

    void remove(UUID id) {
        remove(path(id));
    }

    /** Removes what no image owns: half uploads and the data of deleted images, after a crash. */
    void sweep(Set<UUID> known) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (name.endsWith(PARTIAL)
                        || cloud.haneul.kernel.Ids.parse(name)
                                .map(id -> !known.contains(id))
                                .orElse(false)) {
                    remove(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The image folder " + folder + " cannot be read", e);
        }
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("The file " + file + " cannot be removed", e);
        }
    }

    private static boolean full(IOException e) {
        return e.getMessage() != null
                && (e.getMessage().contains("No space left") || e.getMessage().contains("quota exceeded"));
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has " + algorithm, e);
        }
    }
}
