package cloud.haneul.network;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.data.Database;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The wiring's notes on rows. That the back end has a revision is noted only when the row still has it and nobody else noted
 * anything since it was read; else it is unknown which of two writers the back end heard last, and the row counts as not wired.
 */
@Component
class Marks {
    private static final int MAX_BACKOFF_EXPONENT = 8;

    private final Database database;
    private final Clock clock;

    @Inject
    Marks(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * How one attempt ended.
     *
     * @param revision the row's when its specification was made
     * @param seen the wired revision then
     * @param problem empty when it went well
     */
    record Attempt(UUID id, long revision, long seen, int attempts, Optional<RuntimeException> problem) {

        /** When to try again after this failure. */
        Duration backoff() {
            return Duration.ofSeconds(1L << Math.min(attempts, MAX_BACKOFF_EXPONENT));
        }
    }

    /** @return those that have to be wired again at once because they changed meanwhile */
    List<UUID> built(Kind kind, Collection<Attempt> attempts) {
        return database.writeRetrying(em -> {
            List<UUID> again = new ArrayList<>();
            List<UUID> done = new ArrayList<>();
            for (Attempt attempt : attempts) {
                if (attempt.problem().isPresent()) {
                    failed(em, kind, attempt);
                } else if (wired(em, kind, attempt)) {
                    done.add(attempt.id());
                } else {
                    again.add(attempt.id());
                }
            }
            follow(em, kind, done);
            return again;
        });
    }

    private static boolean wired(EntityManager em, Kind kind, Attempt attempt) {
        int rows = Rows.update(
                em,
                "update " + kind.table() + " set wired_revision = ?, problem = null, attempts = 0, next_try = null"
                        + " where id = ? and revision = ? and (wired_revision = ? or wired_revision = ?)",
                attempt.revision(),
                attempt.id(),
                attempt.revision(),
                attempt.seen(),
                attempt.revision());
        if (rows == 0) {
            unwire(em, kind, attempt.id());
        }
        return rows > 0;
    }

    /** A value that no other writer can have seen. */
    private static void unwire(EntityManager em, Kind kind, UUID id) {
        long never = -ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
        Rows.update(em, "update " + kind.table() + " set wired_revision = ? where id = ?", never, id);
    }

    /** The back end has lost these. */
    void lost(Kind kind, Collection<UUID> ids) {
        if (!ids.isEmpty()) {
            database.run(em -> ids.forEach(id -> unwire(em, kind, id)));
        }
    }

    void failed(Kind kind, Collection<Attempt> attempts) {
        if (!attempts.isEmpty()) {
            database.run(em -> attempts.forEach(attempt -> failed(em, kind, attempt)));
        }
    }

    private void failed(EntityManager em, Kind kind, Attempt attempt) {
        Rows.update(
                em,
                "update " + kind.table() + " set problem = ?, attempts = attempts + 1, next_try = ? where id = ?",
                attempt.problem().map(RuntimeException::getMessage).orElse(""),
                clock.instant().plus(attempt.backoff()),
                attempt.id());
    }

    /** What becomes true with its owner: the cloud's own ports are up, and the addresses a router let go of are free. */
    private static void follow(EntityManager em, Kind kind, List<UUID> ids) {
        if (ids.isEmpty()) {
            return;
        }
        if (kind == Kind.NETWORK) {
            ids.forEach(id -> Rows.update(
                    em,
                    "update network_port set status = 'ACTIVE' where network_id = ? and device_owner = ?",
                    id,
                    Port.METADATA));
        }
        if (kind == Kind.ROUTER) {
            List<String> devices = ids.stream().map(UUID::toString).toList();
            devices.forEach(id -> Rows.update(
                    em,
                    "update network_port set status = 'ACTIVE' where device_id = ? and device_owner in (?, ?)",
                    id,
                    Port.ROUTER_INTERFACE,
                    Port.ROUTER_GATEWAY));
            forgetPorts(
                    em,
                    em.createQuery(
                                    "select p.id from Port p where p.deviceId in :ids and p.deleting = true and p.deviceOwner like 'network:%'",
                                    UUID.class)
                            .setParameter("ids", devices)
                            .getResultList());
        }
    }

    /** The back end is clean of these: their rows go, and what they held is free. */
    void gone(Kind kind, Collection<UUID> ids) {
        if (ids.isEmpty()) {
            return;
        }
        database.writeRetrying(em -> {
            switch (kind) {
                case PORT -> forgetPorts(em, ids);
                case ROUTER -> {
                    forget(em, kind, ids);
                    forgetPorts(
                            em,
                            em.createQuery(
                                            "select p.id from Port p where p.deviceId in :ids and p.deleting = true",
                                            UUID.class)
                                    .setParameter(
                                            "ids",
                                            ids.stream().map(UUID::toString).toList())
                                    .getResultList());
                }
                default -> forget(em, kind, ids);
            }
            return null;
        });
    }

    private static void forgetPorts(EntityManager em, Collection<UUID> ids) {
        if (!ids.isEmpty()) {
            em.createQuery("delete from Address a where a.portId in :ids")
                    .setParameter("ids", ids)
                    .executeUpdate();
            em.createQuery("delete from PortGroup g where g.portId in :ids")
                    .setParameter("ids", ids)
                    .executeUpdate();
            forget(em, Kind.PORT, ids);
        }
    }

    private static void forget(EntityManager em, Kind kind, Collection<UUID> ids) {
        em.createQuery("delete from " + kind.entity() + " r where r.id in :ids")
                .setParameter("ids", ids)
                .executeUpdate();
    }
}
