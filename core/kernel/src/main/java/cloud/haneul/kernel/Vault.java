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
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts what must not stand in the database in clear, with a key that is not in the database: AES-256-GCM, key file
 * {@code keys/master} in the home folder, mode 600, one key a line in base64. The first seals, each opens; {@link Resealing} lets
 * the others go out of use. Controllers that share a database must share the file.
 */
@Component
public class Vault {
    private static final int KEY = 32;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final List<SecretKey> keys;
    private final SecureRandom random = new SecureRandom();

    Vault() {
        this(Home.folder("keys").resolve("master"));
    }

    /** @throws IllegalStateException naming the line that is no key of 256 bits */
    Vault(Path file) {
        keys = keys(file);
    }

    /** Text to be stored. */
    public String seal(String secret) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, keys.get(0), new GCMParameterSpec(TAG_BITS, nonce));
            byte[] text = cipher.doFinal(secret.getBytes(StandardCharsets.UTF_8));
            byte[] both = new byte[NONCE + text.length];
            System.arraycopy(nonce, 0, both, 0, NONCE);
            System.arraycopy(text, 0, both, NONCE, text.length);
            return Base64.getEncoder().encodeToString(both);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has AES-GCM", e);
        }
    }

    /** @throws IllegalStateException when the text was sealed with none of the keys or was changed */
    public String open(String sealed) {
        return keys.stream()
                .flatMap(key -> open(sealed, key).stream())
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException(
                                "A secret in the database was sealed with another key: is keys/master of the home folder the right one?"));
    }

    /** Whether there are keys that only open. */
    boolean hasOlderKeys() {
        return keys.size() > 1;
    }

    /** Whether the first key sealed this. */
    boolean isCurrent(String sealed) {
        return open(sealed, keys.get(0)).isPresent();
    }

    private static Optional<String> open(String sealed, SecretKey key) {
        byte[] both = Base64.getDecoder().decode(sealed);
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, both, 0, NONCE));
            return Optional.of(new String(cipher.doFinal(both, NONCE, both.length - NONCE), StandardCharsets.UTF_8));
        } catch (AEADBadTagException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has AES-GCM", e);
        }
    }

    private static List<SecretKey> keys(Path file) {
        List<SecretKey> keys = new ArrayList<>();
        for (String line : text(file).strip().split("\\s*\\R\\s*")) {
            byte[] key;
            try {
                key = Base64.getDecoder().decode(line);
            } catch (IllegalArgumentException e) {
                throw new IllegalStateException(notAKey(file, keys.size()), e);
            }
            if (key.length != KEY) {
                throw new IllegalStateException(notAKey(file, keys.size()));
            }
            keys.add(new SecretKeySpec(key, "AES"));
        }
        return List.copyOf(keys);
    }

    private static String notAKey(Path file, int before) {
        return "Line " + (before + 1) + " of " + file + " is not a key of 256 bits in base64";
    }

    private static String text(Path file) {
        try {
            if (!Files.exists(file)) {
                byte[] fresh = new byte[KEY];
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
                    return Files.readString(file);
                }
                Files.deleteIfExists(aside);
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("The master key " + file + " can be neither read nor made", e);
        }
    }
}
