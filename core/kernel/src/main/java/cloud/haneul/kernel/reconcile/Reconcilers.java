package cloud.haneul.kernel.reconcile;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Node;
import cloud.haneul.kernel.StartUp;
import cloud.haneul.kernel.Threads;
import cloud.haneul.kernel.data.Database;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the {@link Reconciler}s: a full pass each period under a lease in the database, a quick one after each poke. */
@Component
public class Reconcilers implements StartUp {
    private static final Logger LOG = LoggerFactory.getLogger(Reconcilers.class);

    private final Instance<Reconciler> beans;
    private final Database database;
    private final Node node;
    private final Clock clock;
    private final Map<String, Entry> entries = new HashMap<>();
    private ScheduledExecutorService timer;
    private ExecutorService workers;

    @Inject
    Reconcilers(@Any Instance<Reconciler> beans, Database database, Node node, Clock clock) {
        this.beans = beans;
        this.database = database;
        this.node = node;
        this.clock = clock;
    }

    @Override
    public int order() {
        return 210;
    }

    @Override
    public void start() {
        workers = Executors.newCachedThreadPool(Threads.named("reconcile"));
        timer = Executors.newScheduledThreadPool(1, Threads.named("reconcile-timer"));
        for (Reconciler reconciler : beans) {
            Entry entry = new Entry(reconciler);
            entries.put(reconciler.name(), entry);
            long period = reconciler.period().toMillis();
            timer.scheduleAtFixedRate(() -> submit(entry::fullPass), 0, period, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void stop() {
        timer.shutdownNow();
        workers.shutdownNow();
        try {
            workers.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        entries.clear();
    }

    /** Asks for a quick look at {@code id} after the open transaction has committed; at once when none is open. */
    public void poke(String reconciler, Object id) {
        database.afterCommit(() -> {
            Entry entry = entries.get(reconciler);
            if (entry != null) {
                entry.poke(id.toString());
            }
        });
    }

    private void submit(Runnable work) {
        try {
            workers.execute(work);
        } catch (RejectedExecutionException e) {
            // stopping: the next start makes a full pass
            LOG.debug("Not reconciled, the controller stops");
        }
    }

    /** One reconciler; its passes never overlap on one controller, pokes gather meanwhile. */
    private final class Entry {
        private final Reconciler reconciler;
        private final Set<String> poked = new LinkedHashSet<>();
        private boolean fullWanted;
        private boolean running;

        Entry(Reconciler reconciler) {
            this.reconciler = reconciler;
        }

        void poke(String id) {
            synchronized (this) {
                poked.add(id);
            }
            submit(this::work);
        }

        void fullPass() {
            if (lease()) {
                synchronized (this) {
                    fullWanted = true;
                }
                work();
            }
        }

        private void work() {
            while (true) {
                Set<String> ids;
                boolean full;
                synchronized (this) {
                    if (running || (poked.isEmpty() && !fullWanted)) {
                        return;
                    }
                    running = true;
                    ids = Set.copyOf(poked);
                    full = fullWanted;
                    poked.clear();
                    fullWanted = false;
                }
                try {
                    if (!ids.isEmpty()) {
                        reconciler.reconcile(ids);
                    }
                    if (full) {
                        reconciler.reconcile();
                    }
                } catch (RuntimeException e) {
                    LOG.warn("Reconciler {} failed; its next pass tries again", reconciler.name(), e);
                } finally {
                    synchronized (this) {
                        running = false;
                    }
                }
            }
        }

        /** Whether this controller is the one to make the full pass now. */
        private boolean lease() {
            Instant now = clock.instant();
            // shorter than the period, so that the holder renews it with each pass and another takes over when it is
            // gone
            Instant until = now.plus(reconciler.period().multipliedBy(2)).plus(Duration.ofSeconds(5));
            try {
                return database.write(em -> {
                    int rows = em.createNativeQuery("update kernel_lease set node = ?1, until_time = ?2"
                                    + " where name = ?3 and (node = ?1 or until_time < ?4)")
                            .setParameter(1, node.name())
                            .setParameter(2, java.sql.Timestamp.from(until))
                            .setParameter(3, reconciler.name())
                            .setParameter(4, java.sql.Timestamp.from(now))
                            .executeUpdate();
                    if (rows > 0) {
                        return true;
                    }
                    Number known = (Number) em.createNativeQuery("select count(*) from kernel_lease where name = ?1")
                            .setParameter(1, reconciler.name())
                            .getSingleResult();
                    if (known.longValue() > 0) {
                        return false;
                    }
                    em.createNativeQuery("insert into kernel_lease (name, node, until_time) values (?1, ?2, ?3)")
                            .setParameter(1, reconciler.name())
                            .setParameter(2, node.name())
                            .setParameter(3, java.sql.Timestamp.from(until))
                            .executeUpdate();
                    return true;
                });
            } catch (Database.DuplicateKey e) {
                return false;
            } catch (RuntimeException e) {
                LOG.warn(
                        "The lease of reconciler {} could not be had; the next period tries again",
                        reconciler.name(),
                        e);
                return false;
            }
        }
    }
}
