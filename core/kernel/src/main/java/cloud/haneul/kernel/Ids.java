package cloud.haneul.kernel;

import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Makes and reads the ids of the API family. */
public final class Ids {
    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{32}");
    private static final Pattern DASHED =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
    private static final SecureRandom RANDOM = new SecureRandom();

    private Ids() {}

    public static UUID newId() {
        return UUID.randomUUID();
    }

    /** A new id in the identity service's form: 32 hexadecimal digits, no dashes. */
    public static String newHexId() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    public static String newRequestId() {
        return "req-" + UUID.randomUUID();
    }

    /** Reads an id with or without dashes; empty when {@code text} is no UUID, which for a lookup means "not found". */
    public static Optional<UUID> parse(String text) {
        if (text == null) {
            return Optional.empty();
        }
        if (DASHED.matcher(text).matches()) {
            return Optional.of(UUID.fromString(text.toLowerCase(Locale.ROOT)));
        }
        if (HEX.matcher(text).matches()) {
            return Optional.of(UUID.fromString(text.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5")));
        }
        return Optional.empty();
    }

    /** An unguessable secret of {@code bytes} random bytes in unpadded base64url. */
    public static String newSecret(int bytes) {
        byte[] b = new byte[bytes];
        RANDOM.nextBytes(b);
        return java.util.Base64.getUrlEncoder().withoutPadding().encodeToString(b);
    }
}
