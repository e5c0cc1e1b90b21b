package cloud.haneul.compute;

import cloud.haneul.compute.task.CreateServer;
import cloud.haneul.compute.task.DeleteServer;
import cloud.haneul.compute.task.PowerOperations;
import cloud.haneul.image.BootImage;
import cloud.haneul.image.Images;
import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.Ids;
import cloud.haneul.kernel.Vault;
import cloud.haneul.kernel.access.Access;
import cloud.haneul.kernel.data.Batches;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.data.Page;
import cloud.haneul.kernel.event.Audit;
import cloud.haneul.kernel.event.Events;
import cloud.haneul.kernel.event.ResourceEvent;
import cloud.haneul.kernel.operation.NewOperation;
import cloud.haneul.kernel.operation.Operations;
import cloud.haneul.kernel.quota.Quotas;
import cloud.haneul.network.ServerPorts;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/** The use cases of servers. Each checks access, changes rows, hands in an operation, and returns. */
@Component
public class Servers {
    private static final String RULE = "os_compute_api:servers:";
    /** What a guest gets to shut down by itself before it is forced, as in other clouds. */
    private static final long GRACE_SECONDS = 60;

    private final Database database;
    private final Access access;
    private final Quotas quotas;
    private final Flavors flavors;
    private final KeyPairs keyPairs;
    private final Images images;
    private final ServerPorts ports;
    private final Operations operations;
    private final Vault vault;
    private final Audit audit;
    private final Events events;
    private final Clock clock;

    @Inject
    Servers(
            Database database,
            Access access,
            Quotas quotas,
            Flavors flavors,
            KeyPairs keyPairs,
            Images images,
            ServerPorts ports,
            Operations operations,
            Vault vault,
            Audit audit,
            Events events,
            Clock clock) {
        this.database = database;
        this.access = access;
        this.quotas = quotas;
        this.flavors = flavors;
        this.keyPairs = keyPairs;
        this.images = images;
        this.ports = ports;
        this.operations = operations;
        this.vault = vault;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Accepts new servers: rows, ports and quota at once, the machines by and by.
     *
     * @throws Fault BAD_REQUEST for what does not fit together (flavor too small for the image, unknown key), NOT_FOUND for an
     *     unknown flavor, OVER_QUOTA; nothing is made then
     */
    public List<Server> create(Caller caller, NewServer asked) {
        Map<String, Object> target = Map.of("project_id", caller.project(), "user_id", caller.userId());
        access.require(caller, RULE + "create", target);
        if (asked.host().isPresent()) {
            access.require(caller, RULE + "create:forced_host", target);
        }
        if (!asked.networks().isEmpty()) {
            access.require(caller, RULE + "create:attach_network", target);
        }
        Flavor flavor = flavor(caller, asked.flavor());
        checkFit(flavor, images.forBoot(caller, asked.image()));
        checkMetadata(caller, asked.metadata());
        Optional<KeyPair> key = asked.keyName().map(name -> key(caller, name));
        return database.writeRetrying(em -> {
            List<Server> made = new ArrayList<>();
            int count = affordable(caller, flavor, asked);
            String reservation = "r-" + Ids.newHexId().substring(0, 8);
            for (int i = 0; i < count; i++) {
                made.add(make(em, caller, asked, i, flavor, key, reservation));
            }
            return made;
        });
    }

    private Server make(
            EntityManager em,
            Caller caller,
            NewServer asked,
            int index,
            Flavor flavor,
            Optional<KeyPair> key,
            String reservation) {
        UUID id = Ids.newId();
        String next = database.isPostgres()
                ? "select nextval('compute_server_seq')"
                : "select next value for compute_server_seq";
        long number = ((Number) em.createNativeQuery(next).getSingleResult()).longValue();
        String password = vault.seal(asked.adminPassword().orElseGet(() -> Ids.newSecret(9)));
        Server server = new Server(
                id,
                number,
                caller.project(),
                caller.userId(),
                asked,
                new ServerFlavor(flavor),
                new ServerOrder(asked, reservation, index, key, password),
                clock.instant());
        em.persist(server);
        em.flush();
        em.persist(new ServerLook(id));
        ports.attach(caller, id, server.hostName(), asked.networks(), asked.autoNetwork(), asked.securityGroups());
        operations.submit(
                caller,
                NewOperation.of(
                        CreateServer.KIND,
                        "server",
                        id,
                        server.name(),
                        Optional.of(server.projectId()),
                        new CreateServer.Params(id)));
        audit.success(caller, RULE + "create", "server", id, server.name());
        return server;
    }

    /** As many as the quota allows, up to what was asked for and not below its minimum. */
    private int affordable(Caller caller, Flavor flavor, NewServer asked) {
        int count = asked.maxCount();
        if (asked.minCount() < asked.maxCount()) {
            long instances = room(caller, "instances");
            long cores = room(caller, "cores") / flavor.vcpus();
            long ram = room(caller, "ram") / flavor.ramMib();
            count = (int) Math.max(asked.minCount(), Math.min(count, Math.min(instances, Math.min(cores, ram))));
        }
        quotas.reserve(
                caller.project(),
                Map.of(
                        "instances",
                        (long) count,
                        "cores",
                        (long) count * flavor.vcpus(),
                        "ram",
                        count * flavor.ramMib()));
        return count;
    }

    private long room(Caller caller, String resource) {
        Quotas.Quota quota = quotas.show(caller.project(), List.of(resource)).get(0);
        return quota.limit() < 0 ? Integer.MAX_VALUE : quota.limit() - quota.used();
    }

    /** The guest's password, for the answer to the creation alone. */
    public String adminPassword(Server server) {
        return server.asked().sealedAdminPassword().map(vault::open).orElse("");
    }

    /** @throws Fault FORBIDDEN for all projects' servers without the administrator's right to see them */
    public List<Server> list(Caller caller, ServerFilter filter, Page page) {
        return database.read(em -> ServerQuery.run(em, seenBy(caller, filter), filter, page));
    }

    /** As {@link #list}, without what long lists look up only for those servers that look different since the last time. */
    public List<ServerRow> rows(Caller caller, ServerFilter filter, Page page) {
        return database.read(em -> ServerQuery.rows(em, seenBy(caller, filter), filter, page));
    }

    /**
     * The list whose changes are all that can change {@link #rows}.
     *
     * @throws Fault FORBIDDEN as the list itself
     */
    public String listed(Caller caller, ServerFilter filter) {
        return seenBy(caller, filter).map(Server::list).orElse(Server.LIST);
    }

    /** Servers of a list; those that have gone since are left out. */
    public List<Server> of(List<ServerRow> rows) {
        return database.read(em -> Batches.read(rows.stream().map(ServerRow::id).toList(), some -> em.createQuery(
                        "select s from Server s where s.id in :ids", Server.class)
                .setParameter("ids", some)
                .getResultList()));
    }

    /** The project whose servers a list is of; empty for all. */
    private Optional<String> seenBy(Caller caller, ServerFilter filter) {
        if (filter.allProjects()) {
            access.require(caller, RULE + "index:get_all_tenants", Map.of());
        } else {
            access.require(caller, RULE + "index", Map.of("project_id", caller.project(), "user_id", caller.userId()));
        }
        return filter.allProjects() ? Optional.empty() : Optional.of(caller.project());
    }

    /** @throws Fault NOT_FOUND when there is none the caller may see */
    public Server show(Caller caller, UUID id) {
        return database.read(em -> find(em, caller, id));
    }

    public Server rename(Caller caller, UUID id, String name) {
        return update(caller, id, server -> server.rename(name, clock.instant()));
    }

    /** Changes what the guest and its hardware do not depend on: name, description, host name for metadata, access addresses. */
    public Server update(Caller caller, UUID id, ServerChange change) {
        return update(caller, id, server -> {
            Instant now = clock.instant();
            change.name().ifPresent(name -> server.rename(name, now));
            change.description().ifPresent(text -> server.describe(text, now));
            change.hostName().ifPresent(name -> server.hostName(name, now));
            server.access(
                    change.accessIpv4().orElse(server.accessIpv4()),
                    change.accessIpv6().orElse(server.accessIpv6()),
                    now);
        });
    }

    /** @param replace whether items not named go */
    public Map<String, String> setMetadata(Caller caller, UUID id, Map<String, String> items, boolean replace) {
        return changed(caller, id, "os_compute_api:server-metadata:" + (replace ? "update_all" : "create"), server -> {
                    Map<String, String> all = replace ? new HashMap<>() : new HashMap<>(server.metadata());
                    all.putAll(items);
                    checkMetadata(caller, all);
                    server.metadata(all, clock.instant());
                })
                .metadata();
    }

    public void removeMetadata(Caller caller, UUID id, String item) {
        changed(caller, id, "os_compute_api:server-metadata:delete", server -> {
            Map<String, String> all = new HashMap<>(server.metadata());
            if (all.remove(item) == null) {
                throw Fault.notFound("Metadata item", item);
            }
            server.metadata(all, clock.instant());
        });
    }

    public void setTags(Caller caller, UUID id, Set<String> tags) {
        changed(caller, id, "os_compute_api:os-server-tags:update_all", server -> server.tags(tags, clock.instant()));
    }

    public void lock(Caller caller, UUID id, Optional<String> reason) {
        changed(caller, id, "os_compute_api:os-lock-server:lock", server -> server.lock(reason, clock.instant()));
    }

    public void unlock(Caller caller, UUID id) {
        changed(caller, id, "os_compute_api:os-lock-server:unlock", server -> server.unlock(clock.instant()));
    }

    /** Deletes a server in any state; a creation at work is stopped and undone first. Asking again while it goes is success. */
    public void delete(Caller caller, UUID id) {
        database.writeRetrying(em -> {
            Server server = find(em, caller, id);
            access.require(caller, RULE + "delete", target(server));
            requireUnlocked(caller, server);
            if (server.task().equals(Optional.of(Task.DELETING))) {
                return null;
            }
            server.beginDeleting(clock.instant());
            operations.submit(
                    caller,
                    NewOperation.of(
                                    DeleteServer.KIND,
                                    "server",
                                    id,
                                    server.name(),
                                    Optional.of(server.projectId()),
                                    new DeleteServer.Params(id))
                            .cancellingActive());
            audit.success(caller, RULE + "delete", "server", id, server.name());
            changed(server);
            return null;
        });
    }

    public void start(Caller caller, UUID id) {
        power(caller, id, "start", RULE + "start", "server-start", Task.POWERING_ON, EnumSet.of(VmState.STOPPED));
    }

    public void stop(Caller caller, UUID id) {
        power(
                caller,
                id,
                "stop",
                RULE + "stop",
                "server-stop",
                Task.POWERING_OFF,
                EnumSet.of(VmState.ACTIVE, VmState.PAUSED));
    }

    /** @param hard resets it, also from stopped or paused */
    public void reboot(Caller caller, UUID id, boolean hard) {
        if (hard) {
            power(
                    caller,
                    id,
                    "reboot",
                    RULE + "reboot",
                    "server-reboot-hard",
                    Task.REBOOTING_HARD,
                    EnumSet.of(VmState.ACTIVE, VmState.STOPPED, VmState.PAUSED));
        } else {
            power(caller, id, "reboot", RULE + "reboot", "server-reboot", Task.REBOOTING, EnumSet.of(VmState.ACTIVE));
        }
    }

    public void pause(Caller caller, UUID id) {
        power(
                caller,
                id,
                "pause",
                "os_compute_api:os-pause-server:pause",
                "server-pause",
                Task.PAUSING,
                EnumSet.of(VmState.ACTIVE));
    }

    public void unpause(Caller caller, UUID id) {
        power(
                caller,
                id,
                "unpause",
                "os_compute_api:os-pause-server:unpause",
                "server-unpause",
                Task.UNPAUSING,
                EnumSet.of(VmState.PAUSED));
    }

    private void power(
            Caller caller, UUID id, String action, String rule, String kind, Task task, Set<VmState> allowed) {
        database.writeRetrying(em -> {
            Server server = find(em, caller, id);
            access.require(caller, rule, target(server));
            requireUnlocked(caller, server);
            server.begin(action, task, allowed, clock.instant());
            operations.submit(
                    caller,
                    NewOperation.of(
                            kind,
                            "server",
                            id,
                            server.name(),
                            Optional.of(server.projectId()),
                            PowerOperations.params(id, GRACE_SECONDS)));
            audit.success(caller, rule, "server", id, server.name());
            changed(server);
            return null;
        });
    }

    private Server update(Caller caller, UUID id, Consumer<Server> change) {
        return changed(caller, id, RULE + "update", change);
    }

    private Server changed(Caller caller, UUID id, String rule, Consumer<Server> change) {
        return database.writeRetrying(em -> {
            Server server = find(em, caller, id);
            access.require(caller, rule, target(server));
            change.accept(server);
            changed(server);
            return server;
        });
    }

    private void changed(Server server) {
        events.publish(new ResourceEvent("server", server.id().toString(), Optional.of(server.projectId()), "updated"));
    }

    private Server find(EntityManager em, Caller caller, UUID id) {
        Server server = em.find(Server.class, id);
        if (server == null || !access.allowed(caller, RULE + "show", target(server))) {
            throw Fault.notFound("Instance", id);
        }
        return server;
    }

    static Map<String, Object> target(Server server) {
        return Map.of("project_id", server.projectId(), "user_id", server.userId());
    }

    private void requireUnlocked(Caller caller, Server server) {
        if (server.isLocked() && !caller.isAdmin()) {
            throw Fault.conflict("Instance " + server.id() + " is locked");
        }
    }

    private Flavor flavor(Caller caller, String id) {
        try {
            return flavors.show(caller, id);
        } catch (Fault notFound) {
            throw Fault.badRequest("flavorRef", "Flavor " + id + " could not be found.")
                    .cause(notFound);
        }
    }

    private KeyPair key(Caller caller, String name) {
        try {
            return keyPairs.show(caller, caller.userId(), name);
        } catch (Fault notFound) {
            throw Fault.badRequest("key_name", "Invalid key_name provided.").cause(notFound);
        }
    }

    private static void checkFit(Flavor flavor, BootImage image) {
        if (flavor.ramMib() < image.minRamMib()) {
            throw Fault.badRequest(
                    "flavorRef",
                    "Flavor's memory is too small for requested image: it needs " + image.minRamMib() + " MiB.");
        }
        long gib = 1L << 30;
        if (flavor.diskGib() > 0
                && (flavor.diskGib() < image.minDiskGib() || flavor.diskGib() * gib < image.virtualSize())) {
            throw Fault.badRequest(
                    "flavorRef",
                    "Flavor's disk is too small for requested image. Flavor disk is " + flavor.diskGib()
                            + " GiB, image needs " + Math.max(image.minDiskGib(), (image.virtualSize() + gib - 1) / gib)
                            + " GiB.");
        }
    }

    private void checkMetadata(Caller caller, Map<String, String> metadata) {
        long limit = quotas.limit(caller.projectId().orElse(""), "metadata_items");
        if (limit >= 0 && metadata.size() > limit) {
            throw Fault.overQuota("Maximum number of metadata items exceeds " + limit);
        }
    }
}
