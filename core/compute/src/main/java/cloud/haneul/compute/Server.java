package cloud.haneul.compute;

import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.data.Json;
import cloud.haneul.kernel.data.Listed;
import cloud.haneul.kernel.operation.Problem;
import cloud.haneul.spi.compute.PowerState;
import com.fasterxml.jackson.core.type.TypeReference;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * A virtual machine as its tenant knows it. Born BUILDING with the operation that creates it; ACTIVE once it runs; then stopped,
 * paused, rebooted by one task at a time; ERROR when creating it failed; gone, row and all, when its deletion has finished. What
 * it costs (flavor) and what its guest is told (key, metadata, user data) is copied in at birth and survives changes elsewhere.
 */
@Entity
@Table(name = "compute_server")
public class Server implements Listed {
    /** The list of all projects' servers. */
    static final String LIST = "server";

    @Id
    private UUID id;

    private long number;

    @Column(name = "project_id")
    private String projectId;

    @Column(name = "user_id")
    private String userId;

    private String name;

    @Column(name = "host_name")
    private String hostName;

    private String description;

    @Column(name = "image_id")
    private UUID imageId;

    private ServerFlavor flavor;
    private ServerOrder asked;
    private String metadata;
    private String tags;

    @Column(name = "access_ipv4")
    private String accessIpv4;

    @Column(name = "access_ipv6")
    private String accessIpv6;

    private boolean locked;

    @Column(name = "locked_reason")
    private String lockedReason;

    @Column(name = "host_id")
    private UUID hostId;

    @Enumerated(EnumType.STRING)
    @Column(name = "vm_state")
    private VmState vmState;

    @Enumerated(EnumType.STRING)
    private Task task;

    @Enumerated(EnumType.STRING)
    private PowerState power;

    private ServerFault fault;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "updated_at")
    private Instant updatedAt;

    @Column(name = "launched_at")
    private Instant launchedAt;

    @Version
    private long version;

    protected Server() {}

    Server(
            UUID id,
            long number,
            String projectId,
            String userId,
            NewServer wanted,
            ServerFlavor flavor,
            ServerOrder asked,
            Instant now) {
        this.id = id;
        this.number = number;
        this.projectId = projectId;
        this.userId = userId;
        this.name = wanted.nameOf(asked.launchIndex());
        this.hostName = wanted.hostNameOf(asked.launchIndex(), id);
        this.description = wanted.description().orElse(null);
        this.imageId = wanted.image();
        this.flavor = flavor;
        this.asked = asked;
        this.metadata = Json.write(wanted.metadata());
        this.tags = Json.write(new TreeSet<>(wanted.tags()));
        this.accessIpv4 = wanted.accessIpv4();
        this.accessIpv6 = wanted.accessIpv6();
        this.vmState = VmState.BUILDING;
        this.task = Task.SCHEDULING;
        this.power = PowerState.UNKNOWN;
        this.createdAt = now;
        this.updatedAt = now;
    }

    /** The list of a project's servers. */
    static String list(String project) {
        return LIST + "/" + project;
    }

    @Override
    public String list() {
        return list(projectId);
    }

    // ---- verbs

    /**
     * Begins a task.
     *
     * @throws Fault CONFLICT when the server is in no state for it
     */
    void begin(String action, Task what, Set<VmState> allowed, Instant now) {
        if (!allowed.contains(vmState)) {
            throw Fault.conflict(
                    "Cannot '" + action + "' instance " + id + " while it is in vm_state " + vmState.apiName());
        }
        if (task != null) {
            throw Fault.conflict(
                    "Cannot '" + action + "' instance " + id + " while it is in task_state " + task.apiName());
        }
        task = what;
        updatedAt = now;
    }

    void beginDeleting(Instant now) {
        task = Task.DELETING;
        updatedAt = now;
    }

    void placedOn(UUID host, Instant now) {
        hostId = host;
        task = Task.SPAWNING;
        updatedAt = now;
    }

    void unplaced(Instant now) {
        hostId = null;
        if (task == Task.SPAWNING) {
            task = Task.SCHEDULING;
        }
        updatedAt = now;
    }

    void launched(Instant now) {
        vmState = VmState.ACTIVE;
        task = task == Task.DELETING ? task : null;
        power = PowerState.RUNNING;
        launchedAt = now;
        updatedAt = now;
        fault = null;
    }

    /** A task has ended well; the server is now {@code state}. */
    void settle(VmState state, PowerState seen, Instant now) {
        vmState = state;
        power = seen;
        task = task == Task.DELETING ? task : null;
        updatedAt = now;
        fault = null;
    }

    void creationFailed(Problem problem, Instant now) {
        vmState = VmState.ERROR;
        task = task == Task.DELETING ? task : null;
        power = PowerState.UNKNOWN;
        fault(problem, now);
    }

    /** A task has failed and was undone: the server is what it was before. */
    void taskFailed(Problem problem, Instant now) {
        task = null;
        fault(problem, now);
    }

    void deletionFailed(Problem problem, Instant now) {
        vmState = VmState.ERROR;
        task = null;
        fault(problem, now);
    }

    /** The hypervisor says so, and nothing of ours is at work: somebody inside the guest or on the host did it. */
    boolean observed(PowerState seen, Instant now) {
        VmState follows =
                switch (seen) {
                    case RUNNING -> VmState.ACTIVE;
                    case PAUSED -> VmState.PAUSED;
                    case SHUT_OFF, CRASHED -> VmState.STOPPED;
                    case UNKNOWN -> vmState;
                };
        if (task != null
                || !EnumSet.of(VmState.ACTIVE, VmState.STOPPED, VmState.PAUSED).contains(vmState)
                || (power == seen && vmState == follows)) {
            return false;
        }
        power = seen;
        vmState = follows;
        updatedAt = now;
        return true;
    }

    void rename(String newName, Instant now) {
        name = newName;
        updatedAt = now;
    }

    void describe(Optional<String> text, Instant now) {
        description = text.orElse(null);
        updatedAt = now;
    }

    void hostName(String newName, Instant now) {
        hostName = newName;
        updatedAt = now;
    }

    void access(String ipv4, String ipv6, Instant now) {
        accessIpv4 = ipv4;
        accessIpv6 = ipv6;
        updatedAt = now;
    }

    void metadata(Map<String, String> items, Instant now) {
        metadata = Json.write(items);
        updatedAt = now;
    }

    void tags(Set<String> names, Instant now) {
        tags = Json.write(new TreeSet<>(names));
        updatedAt = now;
    }

    void lock(Optional<String> reason, Instant now) {
        locked = true;
        lockedReason = reason.orElse(null);
        updatedAt = now;
    }

    void unlock(Instant now) {
        locked = false;
        lockedReason = null;
        updatedAt = now;
    }

    private void fault(Problem problem, Instant now) {
        fault = new ServerFault(problem, now);
        updatedAt = now;
    }

    // ---- what it is

    public UUID id() {
        return id;
    }

    /** The name on the host, such as {@code instance-0000002a}. */
    public String instanceName() {
        return "instance-" + HexFormat.of().toHexDigits(number, 8);
    }

    public String projectId() {
        return projectId;
    }

    public String userId() {
        return userId;
    }

    public String name() {
        return name;
    }

    public String hostName() {
        return hostName;
    }

    public Optional<String> description() {
        return Optional.ofNullable(description);
    }

    public Optional<UUID> imageId() {
        return Optional.ofNullable(imageId);
    }

    /** What it costs. */
    public ServerFlavor flavor() {
        return flavor;
    }

    /** What was asked for. */
    public ServerOrder asked() {
        return asked;
    }

    public Map<String, String> metadata() {
        return metadata.equals("{}") ? Map.of() : Json.read(metadata, new TypeReference<TreeMap<String, String>>() {});
    }

    public Set<String> tags() {
        return tags.equals("[]") ? Set.of() : Json.read(tags, new TypeReference<TreeSet<String>>() {});
    }

    public String accessIpv4() {
        return accessIpv4;
    }

    public String accessIpv6() {
        return accessIpv6;
    }

    public boolean isLocked() {
        return locked;
    }

    public Optional<String> lockedReason() {
        return Optional.ofNullable(lockedReason);
    }

    public Optional<UUID> hostId() {
        return Optional.ofNullable(hostId);
    }

    public VmState vmState() {
        return vmState;
    }

    public Optional<Task> task() {
        return Optional.ofNullable(task);
    }

    public PowerState power() {
        return power;
    }

    /** The one word the API and people use. */
    public String status() {
        return task().flatMap(Task::status).orElse(vmState.status());
    }

    public Optional<ServerFault> fault() {
        return Optional.ofNullable(fault);
    }

    public Instant createdAt() {
        return createdAt;
    }

    public Instant updatedAt() {
        return updatedAt;
    }

    public Optional<Instant> launchedAt() {
        return Optional.ofNullable(launchedAt);
    }

    static List<String> quotaResources() {
        return List.of("instances", "cores", "ram");
    }
}
