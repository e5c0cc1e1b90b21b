package cloud.haneul.compute;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.Ids;
import cloud.haneul.kernel.access.Access;
import cloud.haneul.kernel.data.Batches;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.data.Page;
import cloud.haneul.kernel.event.Audit;
import cloud.haneul.kernel.plugin.Plugins;
import cloud.haneul.kernel.reconcile.Reconcilers;
import cloud.haneul.placement.Placement;
import cloud.haneul.spi.ConfigProperty;
import cloud.haneul.spi.DriverFactory;
import cloud.haneul.spi.compute.Hypervisor;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** The hosts of the cloud: added by driver and URI, watched by {@link HostReconciler}, closed to new servers, removed. */
@Component
public class Hosts {
    /** No URI stands for more simulated hosts than this. */
    private static final int SIMULATED_MAX = 10_000;

    private final Database database;
    private final Access access;
    private final Plugins plugins;
    private final Hypervisors hypervisors;
    private final Placement placement;
    private final ServerLooks looks;
    private final Reconcilers reconcilers;
    private final Audit audit;
    private final Clock clock;

    @Inject
    Hosts(
            Database database,
            Access access,
            Plugins plugins,
            Hypervisors hypervisors,
            Placement placement,
            ServerLooks looks,
            Reconcilers reconcilers,
            Audit audit,
            Clock clock) {
        this.database = database;
        this.access = access;
        this.plugins = plugins;
        this.hypervisors = hypervisors;
        this.placement = placement;
        this.looks = looks;
        this.reconcilers = reconcilers;
        this.audit = audit;
        this.clock = clock;
    }

    /** A host with what is taken of it. */
    public record HostUse(Host host, long servers, Map<String, Long> capacity, Map<String, Long> used) {}

    /**
     * Adds a host, or as many simulated ones as the URI says. They begin CONNECTING; look at them again to see whether they
     * are UP, or DOWN and why.
     *
     * @throws Fault BAD_REQUEST for an unknown driver or property, CONFLICT when the name or URI is there already
     */
    public List<Host> add(Caller caller, NewHost asked) {
        access.require(caller, "haneul:hosts:create", Map.of());
        DriverFactory<Hypervisor> factory = plugins.factory(Hypervisor.class, asked.driver())
                .orElseThrow(() -> Fault.badRequest(
                        "driver",
                        "There is no hypervisor driver " + asked.driver() + ". Installed: "
                                + plugins.factories(Hypervisor.class).stream()
                                        .map(DriverFactory::type)
                                        .sorted()
                                        .toList()
                                + "."));
        List<Host> made = plan(asked, factory);
        try {
            return database.write(em -> {
                for (Host host : made) {
                    em.persist(host);
                    audit.success(caller, "haneul:hosts:create", "host", host.id(), host.name());
                }
                em.flush();
                made.forEach(host -> reconcilers.poke(HostReconciler.NAME, host.id()));
                return made;
            });
        } catch (Database.DuplicateKey e) {
            throw Fault.conflict("A host of that name is part of the cloud already.")
                    .cause(e);
        }
    }

    /** All hosts by name, with their use; three queries. */
    public List<HostUse> list(Caller caller, Page page) {
        access.require(caller, "haneul:hosts:list", Map.of());
        List<Host> hosts = database.read(
                em -> em.createQuery("select h from Host h where h.name > :marker order by h.name", Host.class)
                        .setParameter("marker", page.marker().orElse(""))
                        .setMaxResults(page.limit())
                        .getResultList());
        return withUse(hosts);
    }

    public HostUse show(Caller caller, UUID id) {
        access.require(caller, "haneul:hosts:show", Map.of());
        Host host = database.read(em -> find(em, id));
        return withUse(List.of(host)).get(0);
    }

    /** Lets new servers be put on the host, or no more; those there stay. */
    public Host setEnabled(Caller caller, UUID id, boolean enabled, String reason) {
        access.require(caller, "haneul:hosts:update", Map.of());
        return database.write(em -> {
            Host host = find(em, id);
            if (enabled) {
                host.enable();
            } else {
                host.disable(reason);
            }
            looks.hostChanged(em, id);
            audit.success(caller, "haneul:hosts:update", "host", id, host.name());
            return host;
        });
    }

    /**
     * Takes a host out of the cloud.
     *
     * @throws Fault CONFLICT while servers are on it
     */
    public void remove(Caller caller, UUID id) {
        access.require(caller, "haneul:hosts:delete", Map.of());
        database.run(em -> {
            Host host = find(em, id);
            long servers = em.createQuery("select count(s) from Server s where s.hostId = :id", Long.class)
                    .setParameter("id", id)
                    .getSingleResult();
            if (servers > 0) {
                throw Fault.conflict(
                        "Host " + host.name() + " has " + servers + " servers; delete or move them first.");
            }
            placement.removeProvider(id);
            em.remove(host);
            audit.success(caller, "haneul:hosts:delete", "host", id, host.name());
        });
        database.afterCommit(() -> hypervisors.forget(id));
    }

    /** By id, for views of servers. */
    public Map<UUID, HostBrief> briefs(Set<UUID> ids) {
        return database
                .read(em -> Batches.read(ids, some -> em.createQuery(
                                "select h.id, h.name, h.enabled, h.connection from Host h where h.id in :ids",
                                Object[].class)
                        .setParameter("ids", some)
                        .getResultList()))
                .stream()
                .collect(Collectors.toMap(
                        row -> (UUID) row[0],
                        row -> HostBrief.of((String) row[1], (Boolean) row[2], (Host.Connection) row[3])));
    }

    /** Availability zones by whether a host in them takes servers. */
    public Map<String, Boolean> zones() {
        Map<String, Boolean> zones = new HashMap<>();
        database.read(em -> em.createQuery("select h.zone, h.enabled, h.connection from Host h", Object[].class)
                        .getResultList())
                .forEach(row -> zones.merge(
                        (String) row[0], (Boolean) row[1] && row[2] == Host.Connection.UP, Boolean::logicalOr));
        return zones;
    }

    private List<HostUse> withUse(List<Host> hosts) {
        if (hosts.isEmpty()) {
            return List.of();
        }
        Map<UUID, Placement.Books> books =
                placement.books().stream().collect(Collectors.toMap(Placement.Books::provider, b -> b));
        Map<UUID, Long> servers = database.read(em -> em.createQuery(
                        "select s.hostId, count(s) from Server s where s.hostId is not null group by s.hostId",
                        Object[].class)
                .getResultStream()
                .collect(Collectors.toMap(row -> (UUID) row[0], row -> (Long) row[1])));
        return hosts.stream()
                .map(host -> {
                    Placement.Books of = books.get(host.id());
                    return new HostUse(
                            host,
                            servers.getOrDefault(host.id(), 0L),
                            of == null ? Map.of() : of.capacity(),
                            of == null ? Map.of() : of.used());
                })
                .toList();
    }

    private List<Host> plan(NewHost asked, DriverFactory<Hypervisor> factory) {
        Set<String> known =
                factory.properties().stream().map(ConfigProperty::name).collect(Collectors.toSet());
        asked.config().keySet().stream()
                .filter(name -> !known.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw Fault.badRequest(
                            "config/" + name,
                            "The driver " + asked.driver() + " has no property " + name + "; it knows " + known + ".");
                });
        Map<String, String> config = new HashMap<>(asked.config());
        Map<String, String> parameters = asked.uriParameters();
        if (!parameters.containsKey("hosts")) {
            if (known.contains("uri")) {
                config.put("uri", asked.uri());
            }
            parameters.forEach((name, value) -> {
                if (known.contains(name)) {
                    config.put(name, value);
                }
            });
            String name = asked.name().isEmpty() ? asked.uri() : asked.name();
            return List.of(new Host(Ids.newId(), asked, name, config, clock.instant()));
        }
        int count = count(parameters.remove("hosts"));
        parameters.forEach(config::put);
        List<Host> hosts = new ArrayList<>();
        int first = 1
                + Math.toIntExact(database.read(
                        em -> em.createQuery("select count(h) from Host h where h.driver = :d", Long.class)
                                .setParameter("d", asked.driver())
                                .getSingleResult()));
        for (int i = first; i < first + count; i++) {
            String name = String.format("%s-%04d", asked.name().isEmpty() ? "sim" : asked.name(), i);
            Map<String, String> own = new HashMap<>(config);
            own.put("host", name);
            hosts.add(new Host(Ids.newId(), asked, name, own, clock.instant()));
        }
        return hosts;
    }

    private static int count(String text) {
        int count = Optional.ofNullable(text)
                .filter(t -> t.matches("\\d{1,6}"))
                .map(Integer::parseInt)
                .orElse(0);
        if (count < 1 || count > SIMULATED_MAX) {
            throw Fault.badRequest("uri", "hosts in the URI must be 1 to " + SIMULATED_MAX + ".");
        }
        return count;
    }

    private static Host find(EntityManager em, UUID id) {
        Host host = em.find(Host.class, id);
        if (host == null) {
            throw Fault.notFound("Host", id);
        }
        return host;
    }
}
