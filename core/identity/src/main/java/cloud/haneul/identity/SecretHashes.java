package cloud.haneul.identity;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Ids;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Hashes the secrets of programs. One that the cloud made has 512 random bits, which nobody guesses, and is hashed quickly, as
 * programs log in often; one that a person chose is hashed as a password.
 */
@Component
class SecretHashes {
    private static final String QUICK = "sha256$";
    private static final int BYTES = 64;

    private final PasswordHashes passwords;

    @Inject
    SecretHashes(PasswordHashes passwords) {
        this.passwords = passwords;
    }

    String newSecret() {
        return Ids.newSecret(BYTES);
    }

    String ofMade(String secret) {
        return QUICK + sha256(secret);
    }

    String ofChosen(String secret) {
        return passwords.hash(secret);
    }

    /** Wrong for every secret when there is no hash, after as long a time as a person's would take. */
    boolean matches(String secret, Optional<String> hash) {
        if (hash.isEmpty()) {
            passwords.waste(secret);
            return false;
        }
        return hash.get().startsWith(QUICK)
                ? MessageDigest.isEqual(
                        (QUICK + sha256(secret)).getBytes(StandardCharsets.UTF_8),
                        hash.get().getBytes(StandardCharsets.UTF_8))
                : passwords.matches(secret, hash.get());
    }

    static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
