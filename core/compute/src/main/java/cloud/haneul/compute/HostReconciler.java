package cloud.haneul.compute;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Threads;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
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

    @Override
    public void reconcile() {
        look(database.read(
                em -> em.createQuery("select h from Host h", Host.class).getResultList()));
    }

    @Override
    public void reconcile(Set<String> ids) {
        Set<UUID> wanted = ids.stream().map(UUID::fromString).collect(Collectors.toSet());
        look(database.read(em -> em.createQuery("select h from Host h where h.id in :ids", Host.class)
                .setParameter("ids", wanted)
                .getResultList()));
    }

    private void look(List<Host> hosts) {
        // the servers of each host come in one query for all of them
        Map<UUID, Map<UUID, Server>> servers = new HashMap<>();
        database.read(em -> em.createQuery(
                                "select s from Server s where s.hostId is not null and s.task is null", Server.class)
                        .getResultList())
                .forEach(s -> servers.computeIfAbsent(s.hostId().orElseThrow(), h -> new HashMap<>())
                        .put(s.id(), s));
        List<CompletableFuture<Void>> looks = hosts.stream()
                .map(host -> CompletableFuture.runAsync(
                        () -> look(host, servers.getOrDefault(host.id(), Map.of())), workers))
                .toList();
        CompletableFuture.allOf(looks.toArray(CompletableFuture[]::new)).join();
    }

    private void look(Host host, Map<UUID, Server> servers) {
        try {
            Hypervisor driver = hypervisors.of(host);
            HostFacts facts = driver.facts();
            answered(host, facts);
            if (!servers.isEmpty()) {
                comparePower(driver.observeAll(), servers);
            }
        } catch (DriverException e) {
            LOG.debug("Host {} did not answer: {}", host.name(), e.detail(), e);
            failed(host, e.getMessage());
        } catch (RuntimeException e) {
            LOG.warn("Host {} could not be looked at; the next pass tries again", host.name(), e);
        }
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

    private void comparePower(List<DomainState> domains, Map<UUID, Server> servers) {
        Map<UUID, PowerState> actual =
                domains.stream().collect(Collectors.toMap(DomainState::server, DomainState::power));
        servers.forEach((id, known) -> {
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
                events.publish(new ResourceEvent("server", id.toString(), Optional.of(known.projectId()), "power"));
            }
        });
    }

    @PreDestroy
    void close() {
        workers.shutdownNow();
    }
}
