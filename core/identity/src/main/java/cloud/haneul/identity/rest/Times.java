package cloud.haneul.identity.rest;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Times as keystone writes them: in UTC with six digits, with a Z or, here and there, without one. */
final class Times {
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);

    private Times() {}

    static String zulu(Instant time) {
        return plain(time) + "Z";
    }

    static String plain(Instant time) {
        return MICROS.format(time);
    }
}
