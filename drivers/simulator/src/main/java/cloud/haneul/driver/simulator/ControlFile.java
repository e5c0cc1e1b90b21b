package cloud.haneul.driver.simulator;

import cloud.haneul.spi.DriverException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;

/**
 * A properties file with which somebody outside makes things go wrong while the simulator runs. It is looked at on every call and
 * read when it changed; deleting it ends all faults. Write it beside and move it there, so that no half of it is read.
 *
 * <pre>
 * fail=power:BACKEND_ERROR:2,define.after:TIMEOUT    faults of all hosts (see Fault)
 * sim-0007.fail=*:UNREACHABLE:always                 of one host or, by the name "network", of the network
 * delay=PT5S                                         how long slow things take from now on
 * sim-0007.disk-gib=1                                room for disks
 * guest.UUID-OF-A-SERVER=crash                       what a guest does by itself, once: poweroff, reboot, crash
 * </pre>
 */
final class ControlFile {
    private static final Content NONE = new Content("", Map.of(), List.of(), new HashMap<>());

    private final Path file;
    private final String name;
    private volatile Content content = NONE;

    private record Content(String stamp, Map<String, String> values, List<Fault> faults, Map<UUID, String> guests) {}

    ControlFile(Path file, String name) {
        this.file = file;
        this.name = name;
    }

    List<Fault> faults() {
        return current().faults();
    }

    Optional<String> text(String key) {
        Map<String, String> values = current().values();
        return Optional.ofNullable(values.getOrDefault(name + "." + key, values.get(key)));
    }

    Map<UUID, String> takeGuests() {
        Content now = current();
        if (now.guests().isEmpty()) {
            return Map.of();
        }
        synchronized (this) {
            Map<UUID, String> taken = Map.copyOf(now.guests());
            now.guests().clear();
            return taken;
        }
    }

    private Content current() {
        // asking for existence first, since an exception per call is what would cost
        if (!file.toFile().exists()) {
            content = NONE;
            return content;
        }
        String stamp = stamp();
        if (!content.stamp().equals(stamp)) {
            synchronized (this) {
                if (!content.stamp().equals(stamp)) {
                    content = read(stamp);
                }
            }
        }
        return content;
    }

    private String stamp() {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.lastModifiedTime() + " " + attributes.size() + " " + attributes.fileKey();
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            throw broken(e);
        }
    }

    private Content read(String stamp) {
        Properties properties = new Properties();
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (NoSuchFileException e) {
            return NONE;
        } catch (IOException e) {
            throw broken(e);
        }
        Map<String, String> values = new HashMap<>();
        Map<UUID, String> guests = new HashMap<>();
        for (String key : properties.stringPropertyNames()) {
            if (key.startsWith("guest.")) {
                guests.put(UUID.fromString(key.substring("guest.".length())), properties.getProperty(key));
            } else {
                values.put(key, properties.getProperty(key));
            }
        }
        List<Fault> faults =
                Fault.parseAll(values.getOrDefault("fail", "") + "," + values.getOrDefault(name + ".fail", ""));
        return new Content(stamp, values, faults, guests);
    }

    private DriverException broken(IOException cause) {
        return new DriverException(
                DriverException.Code.INTERNAL,
                "The simulator's control file cannot be read.",
                file + ": " + cause,
                cause);
    }
}
