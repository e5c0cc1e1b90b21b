package cloud.haneul.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** This controller's name among several: kept in the home folder, so that after a crash it knows its own work again. */
@Component
public class Node {
    private final String name;

    Node() {
        Path file = Home.folder("run").resolve("node");
        try {
            if (!Files.exists(file)) {
                Files.writeString(
                        file, "controller-" + UUID.randomUUID().toString().substring(0, 8));
            }
            name = Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot keep this controller's name in " + file, e);
        }
    }

    public String name() {
        return name;
    }
}
