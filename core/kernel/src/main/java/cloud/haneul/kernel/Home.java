package cloud.haneul.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The installation's data folder; setting {@code haneul.home}. */
public final class Home {
    public static final Setting<String> HOME = Setting.text(
            "haneul.home", "./data", "Folder of everything this installation keeps: database file, images, keys.");

    private Home() {}

    public static Path path() {
        return Path.of(HOME.get()).toAbsolutePath().normalize();
    }

    /** A folder below the home, made when absent. */
    public static Path folder(String name) {
        try {
            return Files.createDirectories(path().resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make the folder " + path().resolve(name), e);
        }
    }
}
