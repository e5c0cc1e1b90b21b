package cloud.haneul.kernel.operation;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Node;
import cloud.haneul.kernel.Setting;
import cloud.haneul.kernel.StartUp;
import cloud.haneul.kernel.Threads;
import cloud.haneul.kernel.data.Database;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This controller's hands: claims operations that are due, carries them on, and renews their leases. Woken by pokes; once a
 * second it also looks for what a lost poke, a crash or another controller left behind.
 */
@Component
class OperationWorker implements StartUp {
    private static final Logger LOG = LoggerFactory.getLogger(OperationWorker.class);
    static final Setting<Long> THREADS = Setting.number(
            "haneul.operations.threads", 16, "How many operations one controller carries on at the same time.");
    static final Setting<Duration> LEASE = Setting.duration(
            "haneul.operations.lease",
            "PT30S",
            "How long a controller may be silent before another takes its operations over.");

    private final Database database;
    private final OperationTypes types;
    private final OperationLog log;
    private final Pokes pokes;
    private final Node node;
    private final Clock clock;
    private final Set<UUID> queued = ConcurrentHashMap.newKeySet();
    private final Set<UUID> pokedWhileRunning = ConcurrentHashMap.newKeySet();
    private final Map<UUID, Long> held = new ConcurrentHashMap<>();
    private ExecutorService workers;
    private ScheduledExecutorService timer;

    @Inject
    OperationWorker(Database database, OperationTypes types, OperationLog log, Pokes pokes, Node node, Clock clock) {
        this.database = database;
        this.types = types;
        this.log = log;
        this.pokes = pokes;
        this.node = node;
        this.clock = clock;
    }

    @Override
    public int order() {
        return 200;
    }

    @Override
    public void start() {
        workers = Executors.newFixedThreadPool(Math.toIntExact(THREADS.get()), Threads.named("operation"));
        timer = Executors.newScheduledThreadPool(1, Threads.named("operation-timer"));
        // what this controller held when it died is nobody's now: no need to wait for the lease
        database.run(em -> em.createQuery(
                        "update Operation o set o.leaseUntil = null where o.node = :node and o.leaseUntil is not null")
                .setParameter("node", node.name())
                .executeUpdate());
        pokes.to(this::poke);
        timer.scheduleWithFixedDelay(this::poll, 0, 1, TimeUnit.SECONDS);
        long renewal = LEASE.get().toMillis() / 3;
        timer.scheduleWithFixedDelay(this::renew, renewal, renewal, TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop() {
        pokes.to(id -> {});
        timer.shutdownNow();
        workers.shutdown();
        try {
            if (!workers.awaitTermination(10, TimeUnit.SECONDS)) {
                workers.shutdownNow();
                workers.awaitTermination(5, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void poke(UUID id) {
        if (!queued.add(id)) {
            // it is being carried on and may be past the point where it looks: look once more when it comes back
            pokedWhileRunning.add(id);
            return;
        }
        try {
            workers.execute(() -> carryOn(id));
        } catch (RejectedExecutionException e) {
            queued.remove(id);
        }
    }

    private void poll() {
        try {
            Instant now = clock.instant();
            List<UUID> due = database.read(em -> em.createQuery(
                            "select o.id from Operation o where o.state in :live and o.afterId is null and o.dueAt <= :now"
                                    + " and (o.leaseUntil is null or o.leaseUntil < :now) order by o.dueAt",
                            UUID.class)
                    .setParameter(
                            "live",
                            List.of(
                                    OperationState.PENDING,
                                    OperationState.RUNNING,
                                    OperationState.WAITING,
                                    OperationState.UNWINDING))
                    .setParameter("now", now)
                    .setMaxResults(200)
                    .getResultList());
            due.stream().filter(id -> !queued.contains(id)).forEach(this::poke);
        } catch (RuntimeException e) {
            LOG.warn("Looking for due operations failed; it is tried again in a second", e);
        }
    }

    private void carryOn(UUID id) {
        Optional<Instant> again = Optional.empty();
        try {
            Optional<Long> generation = claim(id);
            if (generation.isPresent()) {
                held.put(id, generation.get());
                again = new Run(id, generation.get(), database, types, log, clock).carryOn();
            }
        } catch (RuntimeException e) {
            // the row still says RUNNING under our lease: give it back, so that it goes on after a pause
            LOG.error("Operation {} could not be carried on; it is tried again", id, e);
            giveBack(id);
        } finally {
            held.remove(id);
            queued.remove(id);
        }
        if (pokedWhileRunning.remove(id)) {
            poke(id);
        }
        again.ifPresent(when -> timer.schedule(
                () -> poke(id),
                Math.max(1, Duration.between(clock.instant(), when).toMillis()),
                TimeUnit.MILLISECONDS));
    }

    private Optional<Long> claim(UUID id) {
        try {
            return database.write(em -> {
                Operation operation = em.find(Operation.class, id);
                Instant now = clock.instant();
                if (operation == null || !operation.isClaimable(now)) {
                    return Optional.empty();
                }
                operation.claim(node.name(), now.plus(LEASE.get()));
                return Optional.of(operation.generation());
            });
        } catch (Database.StaleRow e) {
            // another controller was faster, or a cancel request came between: the poll sees
            return Optional.empty();
        }
    }

    private void giveBack(UUID id) {
        Long generation = held.get(id);
        if (generation == null) {
            return;
        }
        try {
            database.run(em -> em.createQuery(
                            "update Operation o set o.leaseUntil = null, o.dueAt = :due where o.id = :id and o.generation = :g")
                    .setParameter("due", clock.instant().plusSeconds(5))
                    .setParameter("id", id)
                    .setParameter("g", generation)
                    .executeUpdate());
        } catch (RuntimeException e) {
            LOG.warn("The lease of operation {} could not be given back; it runs out by itself", id, e);
        }
    }

    private void renew() {
        if (held.isEmpty()) {
            return;
        }
        try {
            Instant until = clock.instant().plus(LEASE.get());
            database.run(em -> held.forEach((id, generation) -> em.createQuery(
                            "update Operation o set o.leaseUntil = :until where o.id = :id and o.generation = :g and o.leaseUntil is not null")
                    .setParameter("until", until)
                    .setParameter("id", id)
                    .setParameter("g", generation)
                    .executeUpdate()));
        } catch (RuntimeException e) {
            LOG.warn("Leases could not be renewed; it is tried again", e);
        }
    }
}
