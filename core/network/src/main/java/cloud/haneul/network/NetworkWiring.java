package cloud.haneul.network;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Setting;
import cloud.haneul.kernel.Threads;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.event.Events;
import cloud.haneul.kernel.event.ResourceEvent;
import cloud.haneul.kernel.reconcile.Reconciler;
import cloud.haneul.kernel.reconcile.Reconcilers;
import cloud.haneul.network.Marks.Attempt;
import cloud.haneul.spi.DriverException;
import cloud.haneul.spi.network.NetworkDriver;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the back end to what the rows say. Use cases only change rows and poke; here, outside of any transaction, rows become
 * specifications and the driver is called: networks and groups before ports, ports before routers, removals the other way round.
 * Killed at any moment, the next pass finds the same rows and goes on. Failures are kept on the row and tried again.
 */
@Component
class NetworkWiring implements Reconciler {
    static final String NAME = "network-wiring";
    static final Setting<Long> THREADS = Setting.number(
            "haneul.network.wiring-threads",
            16,
            "How many things one controller wires in the network back end at once.");

    private static final Logger LOG = LoggerFactory.getLogger(NetworkWiring.class);
    private static final int CHUNK = 200;
    private static final int QUICK_RETRIES = 5;

    private final Database database;
    private final NetworkBackEnd backEnd;
    private final NetworkSpecs specs;
    private final Marks marks;
    private final Census census;
    private final Reconcilers reconcilers;
    private final Events events;
    private final Clock clock;
    private final ExecutorService workers =
            Executors.newFixedThreadPool(Math.toIntExact(THREADS.get()), Threads.named("wiring"));
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(Threads.named("wiring-retry"));

    @Inject
    NetworkWiring(
            Database database,
            NetworkBackEnd backEnd,
            NetworkSpecs specs,
            Marks marks,
            Census census,
            Reconcilers reconcilers,
            Events events,
            Clock clock) {
        this.database = database;
        this.backEnd = backEnd;
        this.specs = specs;
        this.marks = marks;
        this.census = census;
        this.reconcilers = reconcilers;
        this.events = events;
        this.clock = clock;
    }

    /** One driver call that is to be made for a row. */
    private record Job(UUID id, long revision, long seen, int attempts, Runnable call) {
        static Job of(Wired row, Runnable call) {
            return new Job(row.id(), row.revision(), row.wiredRevision(), row.attempts(), call);
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Duration period() {
        return Duration.ofSeconds(30);
    }

    @Override
    public void reconcile(Set<String> pokes) {
        Map<Kind, Set<UUID>> ids = new EnumMap<>(Kind.class);
        for (String poke : pokes) {
            int colon = poke.indexOf(':');
            ids.computeIfAbsent(Kind.valueOf(poke.substring(0, colon)), k -> new HashSet<>())
                    .add(UUID.fromString(poke.substring(colon + 1)));
        }
        wire(ids);
    }

    @Override
    public void reconcile() {
        backEnd.driver();
        Map<Kind, Set<UUID>> lost = census.take(backEnd.driver());
        lost.forEach(marks::lost);
        Map<Kind, Set<UUID>> due = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            due.put(
                    kind,
                    database.read(em -> new HashSet<>(em.createQuery(
                                    "select r.id from " + kind.entity()
                                            + " r where (r.revision <> r.wiredRevision or r.deleting = true)"
                                            + " and (r.nextTry is null or r.nextTry <= :now)",
                                    UUID.class)
                            .setParameter("now", clock.instant())
                            .getResultList())));
        }
        wire(due);
        observe();
    }

    /** Wires these and what they stand on; what cannot be is noted. */
    void wire(Map<Kind, Set<UUID>> ids) {
        NetworkDriver driver;
        try {
            driver = backEnd.driver();
        } catch (DriverException e) {
            // the rows keep what is to be done; the full pass comes back to it
            LOG.warn("Not wired, the network back end is not reachable: {}", e.getMessage());
            return;
        }
        Map<Kind, Set<UUID>> all = withFoundations(ids);
        for (Kind kind : Kind.values()) {
            for (List<UUID> chunk : chunks(all.get(kind))) {
                build(driver, kind, chunk);
            }
        }
        for (Kind kind : List.of(Kind.ROUTER, Kind.PORT, Kind.NETWORK, Kind.GROUP)) {
            for (List<UUID> chunk : chunks(all.get(kind))) {
                remove(driver, kind, chunk);
            }
        }
    }

    /**
     * Wires one port now, with what it stands on.
     *
     * @throws DriverException when that fails
     */
    void wireNow(UUID port) {
        NetworkDriver driver = backEnd.driver();
        Map<Kind, Set<UUID>> all = withFoundations(Map.of(Kind.PORT, Set.of(port)));
        for (Kind kind : List.of(Kind.NETWORK, Kind.GROUP, Kind.PORT)) {
            for (Attempt attempt : build(driver, kind, List.copyOf(all.get(kind)))) {
                attempt.problem().ifPresent(problem -> {
                    throw problem;
                });
            }
        }
    }

    /** Adds networks, groups and so on that the given rows need and that are not as they should be. */
    private Map<Kind, Set<UUID>> withFoundations(Map<Kind, Set<UUID>> ids) {
        Map<Kind, Set<UUID>> all = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            all.put(kind, new HashSet<>(ids.getOrDefault(kind, Set.of())));
        }
        database.read(em -> {
            for (List<UUID> chunk : chunks(all.get(Kind.PORT))) {
                all.get(Kind.NETWORK)
                        .addAll(query(
                                em,
                                "select distinct n.id from Network n, Port p where p.id in :ids and n.id = p.networkId"
                                        + " and n.revision <> n.wiredRevision and n.deleting = false",
                                chunk));
                all.get(Kind.GROUP)
                        .addAll(query(
                                em,
                                "select distinct g.id from SecurityGroup g, PortGroup l where l.portId in :ids"
                                        + " and g.id = l.groupId and g.revision <> g.wiredRevision and g.deleting = false",
                                chunk));
            }
            for (List<UUID> chunk : chunks(all.get(Kind.ROUTER))) {
                all.get(Kind.NETWORK)
                        .addAll(em.createQuery(
                                        "select distinct n.id from Network n, Port p where p.deviceId in :ids and n.id = p.networkId"
                                                + " and n.revision <> n.wiredRevision and n.deleting = false",
                                        UUID.class)
                                .setParameter(
                                        "ids",
                                        chunk.stream().map(UUID::toString).toList())
                                .getResultList());
            }
            return null;
        });
        return all;
    }

    private static List<UUID> query(EntityManager em, String text, List<UUID> ids) {
        return em.createQuery(text, UUID.class).setParameter("ids", ids).getResultList();
    }

    private List<Attempt> build(NetworkDriver driver, Kind kind, List<UUID> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        List<Attempt> attempts = run(database.read(em -> jobs(em, driver, kind, ids)));
        if (!attempts.isEmpty()) {
            List<UUID> again = marks.built(kind, attempts);
            again.forEach(id -> reconcilers.poke(NAME, kind.poke(id)));
            report(kind, attempts);
        }
        return attempts;
    }

    private List<Job> jobs(EntityManager em, NetworkDriver driver, Kind kind, List<UUID> ids) {
        return switch (kind) {
            case NETWORK -> {
                List<Network> rows = unwired(em, Network.class, ids);
                yield zip(rows, rows.isEmpty() ? List.of() : specs.networks(em, rows), driver::ensureNetwork);
            }
            case GROUP -> {
                List<SecurityGroup> rows = unwired(em, SecurityGroup.class, ids);
                yield zip(rows, rows.isEmpty() ? List.of() : specs.groups(em, rows), driver::ensureSecurityGroup);
            }
            case PORT -> {
                // the cloud's own ports are part of their router or network
                List<Port> rows = unwired(em, Port.class, ids);
                List<Port> own =
                        rows.stream().filter(port -> !port.isInfrastructure()).toList();
                List<Job> jobs =
                        new ArrayList<>(zip(own, own.isEmpty() ? List.of() : specs.ports(em, own), driver::ensurePort));
                rows.stream().filter(Port::isInfrastructure).forEach(port -> jobs.add(Job.of(port, () -> {})));
                yield jobs;
            }
            case ROUTER -> {
                List<Router> rows = unwired(em, Router.class, ids);
                yield zip(rows, rows.isEmpty() ? List.of() : specs.routers(em, rows), driver::ensureRouter);
            }
        };
    }

    private static <W extends Wired> List<W> unwired(EntityManager em, Class<W> type, List<UUID> ids) {
        return em.createQuery(
                        "select r from " + type.getSimpleName()
                                + " r where r.id in :ids and r.deleting = false and r.revision <> r.wiredRevision",
                        type)
                .setParameter("ids", ids)
                .getResultList();
    }

    private static <S> List<Job> zip(List<? extends Wired> rows, List<S> specs, java.util.function.Consumer<S> ensure) {
        List<Job> jobs = new ArrayList<>();
        for (int i = 0; i < specs.size(); i++) {
            S spec = specs.get(i);
            jobs.add(Job.of(rows.get(i), () -> ensure.accept(spec)));
        }
        return jobs;
    }

    private void remove(NetworkDriver driver, Kind kind, List<UUID> ids) {
        List<Attempt> attempts = run(database.read(em -> removals(em, driver, kind, ids)));
        marks.gone(
                kind,
                attempts.stream()
                        .filter(a -> a.problem().isEmpty())
                        .map(Attempt::id)
                        .toList());
        List<Attempt> failed =
                attempts.stream().filter(a -> a.problem().isPresent()).toList();
        marks.failed(kind, failed);
        report(kind, failed);
    }

    private List<Job> removals(EntityManager em, NetworkDriver driver, Kind kind, List<UUID> ids) {
        List<Job> jobs = new ArrayList<>();
        for (Wired row : deleting(em, kind, ids)) {
            switch (kind) {
                case ROUTER -> jobs.add(Job.of(row, () -> driver.removeRouter(row.id())));
                case PORT -> {
                    boolean infrastructure = ((Port) row).isInfrastructure();
                    if (!infrastructure) {
                        jobs.add(Job.of(row, () -> driver.removePort(row.id())));
                    } else if (isLetGo(em, (Port) row)) {
                        jobs.add(Job.of(row, () -> {}));
                    }
                }
                // a network goes after its ports
                case NETWORK -> {
                    if (query(em, "select p.id from Port p where p.networkId in :ids", List.of(row.id()))
                            .isEmpty()) {
                        jobs.add(Job.of(row, () -> driver.removeNetwork(row.id())));
                    }
                }
                case GROUP -> jobs.add(Job.of(row, () -> driver.removeSecurityGroup(row.id())));
            }
        }
        return jobs;
    }

    private static List<? extends Wired> deleting(EntityManager em, Kind kind, List<UUID> ids) {
        return em.createQuery(
                        "select r from " + kind.entity() + " r where r.id in :ids and r.deleting = true", kind.type())
                .setParameter("ids", ids)
                .getResultList();
    }

    /** Whether no router in the back end uses this port of the cloud's own any more. */
    private static boolean isLetGo(EntityManager em, Port port) {
        return cloud.haneul.kernel.Ids.parse(port.deviceId())
                .map(id -> em.find(Router.class, id))
                .map(Router::isWired)
                .orElse(true);
    }

    private List<Attempt> run(List<Job> jobs) {
        List<Callable<Attempt>> calls = new ArrayList<>();
        for (Job job : jobs) {
            calls.add(() -> attempt(job));
        }
        List<Attempt> attempts = new ArrayList<>();
        try {
            // one job is not worth another thread
            if (calls.size() == 1) {
                return List.of(attempt(jobs.get(0)));
            }
            for (Future<Attempt> future : workers.invokeAll(calls)) {
                attempts.add(future.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
        return attempts;
    }

    private static Attempt attempt(Job job) {
        Optional<RuntimeException> problem = Optional.empty();
        try {
            job.call().run();
        } catch (RuntimeException e) {
            problem = Optional.of(e);
        }
        return new Attempt(job.id(), job.revision(), job.seen(), job.attempts(), problem);
    }

    private void report(Kind kind, List<Attempt> attempts) {
        for (Attempt attempt : attempts) {
            if (attempt.problem().isPresent()) {
                RuntimeException problem = attempt.problem().get();
                String detail = problem instanceof DriverException e ? e.detail() : "";
                LOG.warn(
                        "{} {} is not wired (attempt {}): {} {}",
                        kind.entity(),
                        attempt.id(),
                        attempt.attempts() + 1,
                        problem.getMessage(),
                        detail);
                if (attempt.attempts() < QUICK_RETRIES && !timer.isShutdown()) {
                    timer.schedule(
                            () -> reconcilers.poke(NAME, kind.poke(attempt.id())),
                            attempt.backoff().toMillis(),
                            TimeUnit.MILLISECONDS);
                }
            } else {
                events.publish(new ResourceEvent(
                        kind.entity().toLowerCase(java.util.Locale.ROOT),
                        attempt.id().toString(),
                        Optional.empty(),
                        "wired"));
            }
        }
    }

    /** Looks at every bound port and notes whether its NIC works. */
    private void observe() {
        record Seen(UUID id, String status) {}
        NetworkDriver driver = backEnd.driver();
        List<Seen> bound = database.read(em -> em.createQuery(
                        "select p.id, p.status from Port p where p.host is not null and p.deleting = false and p.deviceOwner not like 'network:%'",
                        Object[].class)
                .getResultStream()
                .map(row -> new Seen((UUID) row[0], (String) row[1]))
                .toList());
        for (List<Seen> chunk : chunks(bound)) {
            List<Callable<Optional<Seen>>> calls = new ArrayList<>();
            chunk.forEach(port -> calls.add(() -> {
                String now = driver.observePort(port.id())
                                .filter(state -> state.up())
                                .isPresent()
                        ? "ACTIVE"
                        : "DOWN";
                return now.equals(port.status()) ? Optional.empty() : Optional.of(new Seen(port.id(), now));
            }));
            try {
                for (Future<Optional<Seen>> future : workers.invokeAll(calls)) {
                    future.get().ifPresent(port -> status(port.id(), port.status()));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (ExecutionException e) {
                LOG.warn(
                        "Ports could not be observed; the next pass tries again: {}",
                        e.getCause().getMessage());
                return;
            }
        }
    }

    /** Notes a port's status, which is no change of what the user wants: the revision stays. */
    void status(UUID port, String status) {
        database.run(em -> Rows.update(
                em,
                "update network_port set status = ? where id = ? and deleting = false and host is not null",
                status,
                port));
        events.publish(new ResourceEvent("port", port.toString(), Optional.empty(), "updated"));
    }

    private static <T> List<List<T>> chunks(Collection<T> all) {
        List<T> list = List.copyOf(all);
        List<List<T>> chunks = new ArrayList<>();
        for (int i = 0; i < list.size(); i += CHUNK) {
            chunks.add(list.subList(i, Math.min(list.size(), i + CHUNK)));
        }
        return chunks;
    }

    @PreDestroy
    void close() {
        timer.shutdownNow();
        workers.shutdownNow();
    }
}
