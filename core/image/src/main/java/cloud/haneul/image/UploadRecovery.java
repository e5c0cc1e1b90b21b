package cloud.haneul.image;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Node;
import cloud.haneul.kernel.StartUp;
import cloud.haneul.kernel.data.Database;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Set;
import java.util.UUID;

/** After a crash: uploads this controller was receiving are queued again, and files nobody owns are removed. */
@Component
class UploadRecovery implements StartUp {
    private final Database database;
    private final ImageStore store;
    private final Node node;
    private final Clock clock;

    @Inject
    UploadRecovery(Database database, ImageStore store, Node node, Clock clock) {
        this.database = database;
        this.store = store;
        this.node = node;
        this.clock = clock;
    }

    @Override
    public int order() {
        return 120;
    }

    @Override
    public void start() {
        Set<UUID> known = database.write(em -> {
            em.createQuery("select i from Image i where i.status = :saving and i.node = :node", Image.class)
                    .setParameter("saving", Image.Status.SAVING)
                    .setParameter("node", node.name())
                    .getResultList()
                    .forEach(image -> image.uploadFailed(clock.instant()));
            return Set.copyOf(em.createQuery(
                            "select i.id from Image i where i.size is not null or i.status = :saving", UUID.class)
                    .setParameter("saving", Image.Status.SAVING)
                    .getResultList());
        });
        store.sweep(known);
    }
}
