package cloud.haneul.driver.simulator;

import cloud.haneul.spi.DriverException;
import cloud.haneul.spi.DriverException.Code;
import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What was built in the simulated network. Of each thing is kept what it is needed for later, the network it belongs to, and its
 * whole specification as text, for people and tests to read in the {@link Journal}s of the folder {@code network}.
 */
final class Fabric {
    private final Path folder;
    private final Map<Kind, Shelf> shelves = new EnumMap<>(Kind.class);

    enum Kind {
        NETWORK,
        SECURITY_GROUP,
        PORT,
        ROUTER;

        String words() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
        }
    }

    /** @param network the network a port is in; the thing's own id for all else */
    record Thing(UUID network, String specification) {}

    private record Shelf(Journal journal, Map<UUID, Thing> things) {}

    Fabric(Path folder) {
        this.folder = folder;
        for (Kind kind : Kind.values()) {
            Journal journal = new Journal(folder.resolve(kind.words().replace(' ', '-') + "s"));
            Map<UUID, Thing> things = new ConcurrentHashMap<>();
            journal.read()
                    .forEach((id, entry) -> things.put(
                            id,
                            new Thing(
                                    UUID.fromString(entry.values().get("network")),
                                    entry.values().get("specification"))));
            shelves.put(kind, new Shelf(journal, things));
        }
    }

    Path folder() {
        return folder;
    }

    synchronized void put(Kind kind, UUID id, Thing thing) {
        Shelf shelf = shelves.get(kind);
        if (!thing.equals(shelf.things().get(id))) {
            shelf.journal()
                    .set(id, Map.of("network", thing.network().toString(), "specification", thing.specification()));
            shelf.things().put(id, thing);
        }
    }

    synchronized void remove(Kind kind, UUID id) {
        Shelf shelf = shelves.get(kind);
        if (shelf.things().containsKey(id)) {
            shelf.journal().remove(id);
            shelf.things().remove(id);
        }
        if (kind == Kind.NETWORK) {
            // a switch takes its ports with it, as in the networks this one stands for
            Map<UUID, Thing> ports = shelves.get(Kind.PORT).things();
            for (UUID port : Set.copyOf(ports.keySet())) {
                if (ports.get(port).network().equals(id)) {
                    remove(Kind.PORT, port);
                }
            }
        }
    }

    Optional<Thing> find(Kind kind, UUID id) {
        return Optional.ofNullable(shelves.get(kind).things().get(id));
    }

    Set<UUID> ids(Kind kind) {
        return Set.copyOf(shelves.get(kind).things().keySet());
    }

    void mustHave(Kind kind, Collection<UUID> ids) {
        for (UUID id : ids) {
            if (find(kind, id).isEmpty()) {
                throw DriverException.of(Code.NOT_FOUND, "There is no " + kind.words() + " " + id + ".");
            }
        }
    }
}
