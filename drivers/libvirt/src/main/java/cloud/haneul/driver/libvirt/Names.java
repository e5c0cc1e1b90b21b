package cloud.haneul.driver.libvirt;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of the volumes in the pool, and back from them to servers. A pool is one flat folder. */
final class Names {
    private static final Pattern DISK =
            Pattern.compile("([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\\.(?:root|config)");

    private Names() {}

    static String root(UUID server) {
        return server + ".root";
    }

    static String configDrive(UUID server) {
        return server + ".config";
    }

    static String log(UUID server) {
        return server + ".log";
    }

    /** Short: names of sockets end at 107 bytes, the folder's included. */
    static String vncSocket(UUID server) {
        return server + ".vnc";
    }

    static String serialSocket(UUID server) {
        return server + ".tty";
    }

    static Optional<UUID> serverOfDisk(String volume) {
        Matcher matcher = DISK.matcher(volume);
        return matcher.matches() ? Optional.of(UUID.fromString(matcher.group(1))) : Optional.empty();
    }
}
