package cloud.haneul.driver.simulator;

import cloud.haneul.spi.DriverException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A folder with one small properties file per thing, named by its id: what survives the controller's death, and what a test or
 * a person outside can read. A file is replaced as a whole, so it is the old or the new one whenever the process is killed; it
 * is not forced to the disk, since it need not survive the machine.
 */
final class Drawer {
    private static final String SUFFIX = ".properties";

    private final Path folder;

    Drawer(Path folder) {
        this.folder = folder;
    }

    Map<UUID, Properties> readAll() {
        Map<UUID, Properties> all = new HashMap<>();
        // a host on which nothing was built yet has no folder; ten thousand of those must open fast
        if (folder.toFile().isDirectory()) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : (Iterable<Path>) files::iterator) {
                    String name = file.getFileName().toString();
                    if (name.endsWith(SUFFIX)) {
                        all.put(UUID.fromString(name.substring(0, name.length() - SUFFIX.length())), read(file));
                    }
                }
            } catch (IOException e) {
                throw broken("read", e);
            }
        }
        return all;
    }

    void put(UUID id, Properties content) {
        try {
            StringWriter text = new StringWriter(512);
            content.store(text, null);
            Path fresh = folder.resolve(id + ".new");
            try {
                Files.writeString(fresh, text.toString());
            } catch (NoSuchFileException e) {
                Files.createDirectories(folder);
                Files.writeString(fresh, text.toString());
            }
            Files.move(fresh, file(id), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw broken("write", e);
        }
    }

    void remove(UUID id) {
        try {
            Files.deleteIfExists(file(id));
        } catch (IOException e) {
            throw broken("delete from", e);
        }
    }

    private Path file(UUID id) {
        return folder.resolve(id + SUFFIX);
    }

    private static Properties read(Path file) throws IOException {
        Properties content = new Properties();
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            content.load(reader);
        }
        return content;
    }

    private DriverException broken(String verb, IOException cause) {
        return new DriverException(
                DriverException.Code.BACKEND_ERROR,
                "The simulator's folder cannot be used.",
                "cannot " + verb + " " + folder + ": " + cause,
                cause);
    }
}
