package cloud.haneul.compute;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Threads;
import cloud.haneul.kernel.data.Batches;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.event.Events;
import cloud.haneul.kernel.event.ResourceEvent;
import cloud.haneul.kernel.reconcile.Reconciler;
import cloud.haneul.placement.Placement;
import cloud.haneul.placement.Stock;
import cloud.haneul.spi.DriverException;
import cloud.haneul.spi.compute.DomainState;
import cloud.haneul.spi.compute.HostFacts;
import cloud.haneul.spi.compute.Hypervisor;
import cloud.haneul.spi.compute.PowerState;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the hosts: whether they answer, what they have, and what their domains do when nobody asked (a guest that shut
 * itself down). Hosts are looked at side by side, so that one that hangs holds no other up.
 */
@Component
public class HostReconciler implements Reconciler {
    static final String NAME = "hosts";
    private static final Logger LOG = LoggerFactory.getLogger(HostReconciler.class);

    private final Database database;
    private final Hypervisors hypervisors;
    private final Placement placement;
    private final ServerLooks serverLooks;
    private final Events events;
    private final Clock clock;
    private final ExecutorService workers = Executors.newFixedThreadPool(8, Threads.named("hosts"));

    @Inject
    HostReconciler(
            Database database,
            Hypervisors hypervisors,
            Placement placement,
            ServerLooks serverLooks,
            Events events,
            Clock clock) {
        this.database = database;
        this.hypervisors = hypervisors;
        this.placement = placement;
        this.serverLooks = serverLooks;
        this.events = events;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Duration period() {
        return Duration.ofSeconds(15);
    }

    /** What is thought of a server that nothing is being done with. */
    private record Known(UUID id, UUID host, String project, PowerState power) {}

    @Override
    public void reconcile() {
        look(database.read(
                em -> em.createQuery("select h from Host h", Host.class).getResultList()));
    }

    @Override
    public void reconcile(Set<String> ids) {
        List<UUID> wanted = ids.stream().map(UUID::fromString).toList();
        look(database.read(
                em -> Batches.read(wanted, some -> em.createQuery("select h from Host h where h.id in :ids", Host.class)
                        .setParameter("ids", some)
                        .getResultList())));
    }

    private void look(List<Host> hosts) {
        Map<UUID, List<Known>> servers = serversOn(hosts.stream().map(Host::id).toList());
        Set<UUID> asBefore = ConcurrentHashMap.newKeySet();
        List<CompletableFuture<Void>> looks = hosts.stream()
                .map(host -> CompletableFuture.runAsync(
                        () -> {
                            if (look(host, servers.getOrDefault(host.id(), List.of()))) {
                                asBefore.add(host.id());
                            }
                        },
                        workers))
                .toList();
        CompletableFuture.allOf(looks.toArray(CompletableFuture[]::new)).join();
        // most hosts are every time, and a transaction for each would be most of what an idle cloud does
        Instant now = clock.instant();
        Batches.of(asBefore)
                .forEach(some ->
                        database.run(em -> em.createQuery("update Host h set h.seenAt = :now where h.id in :ids")
                                .setParameter("now", now)
                                .setParameter("ids", some)
                                .executeUpdate()));
    }

    private Map<UUID, List<Known>> serversOn(List<UUID> hosts) {
        return database
                .read(em -> Batches.read(hosts, some -> em.createQuery(
                                "select s.id, s.hostId, s.projectId, s.power from Server s"
                                        + " where s.hostId in :hosts and s.task is null",
                                Object[].class)
                        .setParameter("hosts", some)
                        .getResultList()))
                .stream()
                .map(row -> new Known((UUID) row[0], (UUID) row[1], (String) row[2], (PowerState) row[3]))
                .collect(Collectors.groupingBy(Known::host));
    }

    /** @return whether it has answered, and as it did the last time */
    private boolean look(Host host, List<Known> servers) {
        try {
            Hypervisor driver = hypervisors.of(host);
            HostFacts facts = driver.facts();
            boolean asBefore = host.isAsIn(facts);
            if (!asBefore) {
                answered(host, facts);
            }
            if (!servers.isEmpty()) {
                comparePower(driver.observeAll(), servers);
            }
            return asBefore;
        } catch (DriverException e) {
            LOG.debug("Host {} did not answer: {}", host.name(), e.detail(), e);
            failed(host, e.getMessage());
        } catch (RuntimeException e) {
            LOG.warn("Host {} could not be looked at; the next pass tries again", host.name(), e);
        }
        return false;
    }

    private void answered(Host seen, HostFacts facts) {
        Map<String, Stock> stock = new HashMap<>();
        stock.put(Placement.VCPU, Stock.of(facts.cpus(), seen.cpuRatio(), 0));
        stock.put(
                Placement.MEMORY_MB,
                Stock.of(facts.memoryMib(), seen.ramRatio(), Math.min(512, facts.memoryMib() / 8)));
        stock.put(Placement.DISK_GB, Stock.of(Math.max(1, facts.diskGib()), seen.diskRatio(), 0));
        // in one transaction: a host that is up and has nothing to give would make servers fail
        boolean changed = database.writeRetrying(em -> {
            Host host = em.find(Host.class, seen.id());
            if (host == null || !host.answered(facts, clock.instant())) {
                return false;
            }
            placement.ensureProvider(seen.id(), seen.name(), stock, facts.traits());
            serverLooks.hostChanged(em, seen.id());
            return true;
        });
        if (changed) {
            events.publish(new ResourceEvent("host", seen.id().toString(), Optional.empty(), "up"));
        }
    }

    private void failed(Host seen, String why) {
        boolean changed = database.writeRetrying(em -> {
            Host host = em.find(Host.class, seen.id());
            if (host == null || !host.failed(why)) {
                return false;
            }
            serverLooks.hostChanged(em, seen.id());
            return true;
        });
        if (changed) {
            LOG.warn("Host {} is down: {}", seen.name(), why);
            events.publish(new ResourceEvent("host", seen.id().toString(), Optional.empty(), "down"));
        }
    }

    private void comparePower(List<DomainState> domains, List<Known> servers) {
        Map<UUID, PowerState> actual =
                domains.stream().collect(Collectors.toMap(DomainState::server, DomainState::power));
        servers.forEach(known -> {
            UUID id = known.id();
            PowerState seen = actual.getOrDefault(id, PowerState.UNKNOWN);
            if (known.power() == seen || seen == PowerState.UNKNOWN) {
                return;
            }
            boolean changed = database.writeRetrying(em -> {
                Server server = em.find(Server.class, id);
                return server != null && server.observed(seen, clock.instant());
            });
            if (changed) {
                LOG.info("Server {} is {} though nobody asked", id, seen);
                events.publish(new ResourceEvent("server", id.toString(), Optional.of(known.project()), "power"));
            }
        });
    }

    @PreDestroy
    void close() {
        workers.shutdownNow();
    }
}
