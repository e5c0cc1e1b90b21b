package cloud.haneul.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts what must not stand in the database in clear, with a key that is not in the database: AES-256-GCM, key file
 * {@code keys/master} in the home folder, mode 600. Controllers that share a database must share the file.
 */
@Component
public class Vault {
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final SecretKey key;
    private final SecureRandom random = new SecureRandom();

    Vault() {
        key = new SecretKeySpec(keyBytes(Home.folder("keys").resolve("master")), "AES");
    }

    /** Text to be stored. */
    public String seal(String secret) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
            byte[] text = cipher.doFinal(secret.getBytes(StandardCharsets.UTF_8));
            byte[] both = new byte[NONCE + text.length];
            System.arraycopy(nonce, 0, both, 0, NONCE);
            System.arraycopy(text, 0, both, NONCE, text.length);
            return Base64.getEncoder().encodeToString(both);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has AES-GCM", e);
        }
    }

    /** @throws IllegalStateException when the text was sealed with another key or was changed */
    public String open(String sealed) {
        byte[] both = Base64.getDecoder().decode(sealed);
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, both, 0, NONCE));
            return new String(cipher.doFinal(both, NONCE, both.length - NONCE), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "A secret in the database was sealed with another key: is keys/master of the home folder the right one?",
                    e);
        }
    }

    private static byte[] keyBytes(Path file) {
        try {
            if (!Files.exists(file)) {
                byte[] fresh = new byte[32];
                new SecureRandom().nextBytes(fresh);
                // written aside and linked, so that a crash leaves no half key and the first of two controllers wins
                Path aside = Files.createTempFile(
                        file.getParent(),
                        "master",
                        ".new",
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Files.writeString(aside, Base64.getEncoder().encodeToString(fresh));
                try {
                    Files.createLink(file, aside);
                } catch (FileAlreadyExistsException e) {
                    // another controller's key is as good
                    Files.deleteIfExists(aside);
                    return Base64.getDecoder().decode(Files.readString(file).strip());
                }
                Files.deleteIfExists(aside);
            }
            return Base64.getDecoder().decode(Files.readString(file).strip());
        } catch (IOException e) {
            throw new UncheckedIOException("The master key " + file + " can be neither read nor made", e);
        }
    }
}
