package cloud.haneul.compute;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Ids;
import cloud.haneul.kernel.data.Batches;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.network.PortWatcher;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.SortedSet;
import java.util.UUID;
import java.util.function.BiConsumer;

/** Notes at servers that their ports or their host look different now. */
@Component
class ServerLooks implements PortWatcher {
    private final Database database;
    private final BiConsumer<EntityManager, SortedSet<UUID>> raise = this::raise;

    @Inject
    ServerLooks(Database database) {
        this.database = database;
    }

    @Override
    public void portsChanged(String device) {
        // a user may have written anything; an id that is no server's raises nothing
        Ids.parse(device).ifPresent(id -> database.beforeCommit(raise, id));
    }

    /** In the transaction that changes whether a host answers, or takes servers. */
    void hostChanged(EntityManager em, UUID host) {
        em.createQuery("select s.id from Server s where s.hostId = :host", UUID.class)
                .setParameter("host", host)
                .getResultList()
                .forEach(id -> database.beforeCommit(raise, id));
    }

    private void raise(EntityManager em, SortedSet<UUID> servers) {
        Batches.of(servers).forEach(some -> {
            em.createQuery("update ServerLook l set l.stamp = l.stamp + 1 where l.id in :ids")
                    .setParameter("ids", some)
                    .executeUpdate();
            em.createQuery("select distinct s.projectId from Server s where s.id in :ids", String.class)
                    .setParameter("ids", some)
                    .getResultList()
                    .forEach(project -> database.listChanged(Server.list(project)));
        });
    }
}
