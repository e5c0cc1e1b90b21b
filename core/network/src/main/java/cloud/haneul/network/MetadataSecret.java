package cloud.haneul.network;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Home;
import cloud.haneul.kernel.Ids;
import cloud.haneul.spi.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;

/**
 * What a network driver's metadata proxy proves itself with: made once, kept in {@code keys/metadata} of the home folder, mode
 * 600. Controllers of one cloud must share the file.
 */
@Component
public class MetadataSecret {
    private final String value;

    MetadataSecret() {
        Path file = Home.folder("keys").resolve("metadata");
        try {
            if (!Files.exists(file)) {
                make(file);
            }
            value = Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("The metadata secret " + file + " can be neither read nor made", e);
        }
    }

    /** Whether {@code text} is the secret; takes the same time whatever it is. */
    public boolean matches(String text) {
        return MessageDigest.isEqual(value.getBytes(StandardCharsets.UTF_8), text.getBytes(StandardCharsets.UTF_8));
    }

    Secret secret() {
        return new Secret(value);
    }

    private static void make(Path file) throws IOException {
        Path aside = Files.createTempFile(
                file.getParent(),
                "metadata",
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(aside, Ids.newSecret(32));
            // a link, unlike a move, lets the first of two controllers win
            Files.createLink(file, aside);
        } catch (FileAlreadyExistsException e) {
            // the other controller's is as good
            Files.deleteIfExists(aside);
            return;
        }
        Files.deleteIfExists(aside);
    }
}
