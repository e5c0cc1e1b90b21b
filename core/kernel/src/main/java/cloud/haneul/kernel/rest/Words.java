package cloud.haneul.kernel.rest;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The many spellings that clients of the API family use for truth and time. */
final class Words {
    private static final Pattern SECRET = Pattern.compile(
            "pass|secret|token|private|credential|^otp$|^totp$|passcode|user_?data|^key$|^blob$",
            Pattern.CASE_INSENSITIVE);

    private Words() {}

    static Optional<Boolean> truth(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true", "1", "on", "yes", "y", "t" -> Optional.of(true);
            case "false", "0", "off", "no", "n", "f" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    /** ISO 8601 with {@code Z}, an offset or none (which is UTC), with a blank for {@code T}, or a date alone. */
    static Optional<Instant> instant(String text) {
        String iso = text.strip().replace(' ', 'T');
        try {
            if (iso.length() == 10) {
                return instant(LocalDate.parse(iso) + "T00:00:00Z");
            }
            boolean zoned = iso.endsWith("Z") || iso.matches(".*T.*[+-]\\d\\d:?\\d\\d");
            String colons = iso.matches(".*[+-]\\d{4}") && iso.indexOf('T') > 0
                    ? iso.substring(0, iso.length() - 2) + ":" + iso.substring(iso.length() - 2)
                    : iso;
            OffsetDateTime time = zoned
                    ? OffsetDateTime.parse(colons)
                    : LocalDateTime.parse(iso).atOffset(ZoneOffset.UTC);
            // databases know fewer years than Java
            return time.getYear() < 1 || time.getYear() > 9999 ? Optional.empty() : Optional.of(time.toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Whether a field of this name holds what must not be quoted back or logged. */
    static boolean isSecret(String field) {
        return SECRET.matcher(field).find();
    }
}
