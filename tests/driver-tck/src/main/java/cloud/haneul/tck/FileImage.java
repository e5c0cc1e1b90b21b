package cloud.haneul.tck;

import cloud.haneul.spi.compute.ImageSource;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/** An image from a file, for back ends whose guests really boot: {@code FileImage.of(Path.of("guest.qcow2"))}. */
public record FileImage(UUID id, Path path, String format, String sha512, long size, long virtualSize)
        implements ImageSource {
    private static final int QCOW2_MAGIC = 0x514649fb;

    /** Reads format and virtual size from the file's head: QCOW2, or raw for all else. */
    public static FileImage of(Path path) {
        try {
            long size = Files.size(path);
            String format = "raw";
            long virtualSize = size;
            try (DataInputStream in = new DataInputStream(Files.newInputStream(path))) {
                if (size > 32 && in.readInt() == QCOW2_MAGIC) {
                    format = "qcow2";
                    in.skipNBytes(20);
                    virtualSize = in.readLong();
                }
            }
            return new FileImage(UUID.randomUUID(), path, format, hash(path), size, virtualSize);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public InputStream open() {
        try {
            return Files.newInputStream(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hash(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-512");
            new DigestInputStream(in, digest).transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-512", e);
        }
    }
}
