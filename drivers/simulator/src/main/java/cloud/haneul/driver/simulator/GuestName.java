package cloud.haneul.driver.simulator;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The host name a config drive gives its guest. Files of an ISO 9660 image are stored in one piece, so {@code meta_data.json}
 * can be read without knowing where it lies.
 */
final class GuestName {
    private static final Pattern HOST_NAME = Pattern.compile("\"hostname\"\\s*:\\s*\"([A-Za-z0-9.-]{1,255})\"");

    private GuestName() {}

    static Optional<String> in(byte[] iso) {
        Matcher matcher = HOST_NAME.matcher(new String(iso, StandardCharsets.ISO_8859_1));
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
