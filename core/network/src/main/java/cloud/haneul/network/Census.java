package cloud.haneul.network;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.spi.DriverException;
import cloud.haneul.spi.network.NetworkDriver;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares what the back end has with the rows: finds what it lost, and removes what it has for no row. The latter only after a
 * minute, so that nothing a slower controller is just about goes under its hands.
 */
@Component
class Census {
    private static final Logger LOG = LoggerFactory.getLogger(Census.class);
    private static final Duration GRACE = Duration.ofMinutes(1);

    private final Database database;
    private final Clock clock;
    private final Map<Kind, Map<UUID, Instant>> orphans = new EnumMap<>(Kind.class);

    @Inject
    Census(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** @return what should be in the back end and is not */
    Map<Kind, Set<UUID>> take(NetworkDriver driver) {
        // in this order: what was wired before the look must be in it; what is in it has had a row before
        Map<Kind, Set<UUID>> wired = rows("r.deleting = false and r.revision = r.wiredRevision");
        NetworkDriver.Inventory inventory = driver.inventory();
        Map<Kind, Set<UUID>> known = rows("1 = 1");
        Map<Kind, Set<UUID>> there = Map.of(
                Kind.NETWORK, inventory.networks(),
                Kind.GROUP, inventory.securityGroups(),
                Kind.PORT, inventory.ports(),
                Kind.ROUTER, inventory.routers());
        Map<Kind, Set<UUID>> lost = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            Set<UUID> missing = new HashSet<>(wired.get(kind));
            missing.removeAll(there.get(kind));
            lost.put(kind, missing);
            if (!missing.isEmpty()) {
                LOG.warn(
                        "The network back end has lost {} of kind {}; they are built again",
                        missing.size(),
                        kind.entity());
            }
        }
        for (Kind kind : List.of(Kind.ROUTER, Kind.PORT, Kind.NETWORK, Kind.GROUP)) {
            Set<UUID> foreign = new HashSet<>(there.get(kind));
            foreign.removeAll(known.get(kind));
            removeOld(driver, kind, foreign);
        }
        return lost;
    }

    private void removeOld(NetworkDriver driver, Kind kind, Set<UUID> foreign) {
        Map<UUID, Instant> since = orphans.computeIfAbsent(kind, k -> new HashMap<>());
        since.keySet().retainAll(foreign);
        Instant now = clock.instant();
        for (UUID id : foreign) {
            if (since.computeIfAbsent(id, unseen -> now).plus(GRACE).isAfter(now)) {
                continue;
            }
            try {
                switch (kind) {
                    case ROUTER -> driver.removeRouter(id);
                    case PORT -> driver.removePort(id);
                    case NETWORK -> driver.removeNetwork(id);
                    case GROUP -> driver.removeSecurityGroup(id);
                }
                LOG.info("Removed {} {} from the network back end: it belongs to nothing", kind.entity(), id);
            } catch (DriverException e) {
                LOG.warn(
                        "The orphan {} {} could not be removed; the next pass tries again: {}",
                        kind.entity(),
                        id,
                        e.getMessage());
            }
        }
    }

    private Map<Kind, Set<UUID>> rows(String condition) {
        return database.read(em -> {
            Map<Kind, Set<UUID>> ids = new EnumMap<>(Kind.class);
            for (Kind kind : Kind.values()) {
                // the cloud's own ports have no counterpart by themselves
                String own = kind == Kind.PORT && !condition.startsWith("1")
                        ? " and r.deviceOwner not like 'network:%'"
                        : "";
                ids.put(
                        kind,
                        new HashSet<>(em.createQuery(
                                        "select r.id from " + kind.entity() + " r where " + condition + own, UUID.class)
                                .getResultList()));
            }
            return ids;
        });
    }
}
