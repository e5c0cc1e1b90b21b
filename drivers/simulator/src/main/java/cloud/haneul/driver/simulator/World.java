package cloud.haneul.driver.simulator;

import cloud.haneul.spi.ConfigProperty;
import cloud.haneul.spi.DriverConfig;
import cloud.haneul.spi.DriverContext;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * What the simulated hosts and the simulated network of one installation have between them: the wires, so that a port comes up
 * when a server with its NIC runs, and the images already checked. Lives as long as the plugin is loaded. Hosts and networks
 * themselves are in it while a driver has them open; what was built in them is in their folders.
 */
final class World {
    static final ConfigProperty NAME = ConfigProperty.optional(
            "world",
            ConfigProperty.Kind.TEXT,
            "default",
            "Hosts and networks with the same word here are wired together.");

    private static final Map<String, World> WORLDS = new ConcurrentHashMap<>();

    private final Images images = new Images();
    private final Map<UUID, Plugged> plugged = new ConcurrentHashMap<>();
    private final Map<Path, Open<?>> open = new HashMap<>();

    /** A NIC in a port; tells whether it still runs when asked. */
    interface Plugged {
        Optional<String> runningOn();
    }

    private static final class Open<T> {
        private final T thing;
        private int users;

        Open(T thing) {
            this.thing = thing;
        }
    }

    static World of(DriverContext context, DriverConfig config) {
        String name = context.installation() + "/" + config.text("world").orElse("default");
        return WORLDS.computeIfAbsent(name, n -> new World());
    }

    Images images() {
        return images;
    }

    void plug(UUID port, Plugged nic) {
        plugged.put(port, nic);
    }

    void unplug(UUID port, Plugged nic) {
        plugged.remove(port, nic);
    }

    Optional<String> whereIsPlugged(UUID port) {
        return Optional.ofNullable(plugged.get(port)).flatMap(Plugged::runningOn);
    }

    /** The host kept in the folder: read from there by the first who opens it, shared with all who have it open meanwhile. */
    Host openHost(Path folder, Clock clock) {
        return enter(folder, f -> new Host(f.getFileName().toString(), f, this, clock));
    }

    /** Who opened a host closes it; with the last its wires come out. */
    void close(Host host) {
        if (leave(host.folder())) {
            host.close();
        }
    }

    Fabric openFabric(Path folder) {
        return enter(folder, Fabric::new);
    }

    void close(Fabric fabric) {
        leave(fabric.folder());
    }

    @SuppressWarnings("unchecked")
    private synchronized <T> T enter(Path folder, Function<Path, T> load) {
        Path key = folder.toAbsolutePath().normalize();
        Open<T> entry = (Open<T>) open.computeIfAbsent(key, f -> new Open<>(load.apply(f)));
        entry.users++;
        return entry.thing;
    }

    /** @return whether that was the last user */
    private synchronized boolean leave(Path folder) {
        Open<?> entry = open.get(folder);
        entry.users--;
        if (entry.users > 0) {
            return false;
        }
        open.remove(folder);
        return true;
    }
}
