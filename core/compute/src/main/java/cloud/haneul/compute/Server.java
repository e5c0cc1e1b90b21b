package cloud.haneul.compute;

import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.data.Json;
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
public class Server {
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

    @Column(name = "flavor_id")
    private String flavorId;

    @Column(name = "flavor_name")
    private String flavorName;

    private int vcpus;

    @Column(name = "ram_mib")
    private long ramMib;

    @Column(name = "disk_gib")
    private long diskGib;

    @Column(name = "ephemeral_gib")
    private long ephemeralGib;

    @Column(name = "swap_mib")
    private long swapMib;

    @Column(name = "extra_specs")
    private String extraSpecs;

    @Column(name = "key_name")
    private String keyName;

    @Column(name = "public_key")
    private String publicKey;

    private String metadata;
    private String tags;

    @Column(name = "user_data")
    private String userData;

    @Column(name = "admin_password")
    private String adminPassword;

    @Column(name = "config_drive")
    private boolean configDrive;

    @Column(name = "asked_zone")
    private String askedZone;

    @Column(name = "asked_host")
    private String askedHost;

    @Column(name = "disk_config")
    private String diskConfig;

    @Column(name = "access_ipv4")
    private String accessIpv4;

    @Column(name = "access_ipv6")
    private String accessIpv6;

    private boolean locked;

    @Column(name = "locked_reason")
    private String lockedReason;

    @Column(name = "reservation_id")
    private String reservationId;

    @Column(name = "launch_index")
    private int launchIndex;

    @Column(name = "host_id")
    private UUID hostId;

    @Enumerated(EnumType.STRING)
    @Column(name = "vm_state")
    private VmState vmState;

    @Enumerated(EnumType.STRING)
    private Task task;

    @Enumerated(EnumType.STRING)
    private PowerState power;

    @Column(name = "fault_code")
    private Integer faultCode;

    @Column(name = "fault_text")
    private String faultText;

    @Column(name = "fault_detail")
    private String faultDetail;

    @Column(name = "fault_at")
    private Instant faultAt;

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
            NewServer asked,
            int index,
            Flavor flavor,
            Instant now) {
        this.id = id;
        this.number = number;
        this.projectId = projectId;
        this.userId = userId;
        this.name = asked.nameOf(index);
        this.hostName = asked.hostNameOf(index, id);
        this.description = asked.description().orElse(null);
        this.imageId = asked.image();
        this.flavorId = flavor.id();
        this.flavorName = flavor.name();
        this.vcpus = flavor.vcpus();
        this.ramMib = flavor.ramMib();
        this.diskGib = flavor.diskGib();
        this.ephemeralGib = flavor.ephemeralGib();
        this.swapMib = flavor.swapMib();
        this.extraSpecs = Json.write(flavor.extraSpecs());
        this.metadata = Json.write(asked.metadata());
        this.tags = Json.write(new TreeSet<>(asked.tags()));
        this.userData = asked.userData().orElse(null);
        this.configDrive = asked.configDrive();
        this.askedZone = asked.zone().orElse(null);
        this.askedHost = asked.host().orElse(null);
        this.diskConfig = asked.diskConfig();
        this.accessIpv4 = asked.accessIpv4();
        this.accessIpv6 = asked.accessIpv6();
        this.launchIndex = index;
        this.vmState = VmState.BUILDING;
        this.task = Task.SCHEDULING;
        this.power = PowerState.UNKNOWN;
        this.createdAt = now;
        this.updatedAt = now;
    }

    // ---- born with

    void key(KeyPair key) {
        keyName = key.name();
        publicKey = key.publicKey();
    }

    /** @param sealed the guest's password, encrypted */
    void adminPassword(String sealed) {
        adminPassword = sealed;
    }

    void reservation(String reservation) {
        reservationId = reservation;
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
        clearFault();
    }

    /** A task has ended well; the server is now {@code state}. */
    void settle(VmState state, PowerState seen, Instant now) {
        vmState = state;
        power = seen;
        task = task == Task.DELETING ? task : null;
        updatedAt = now;
        clearFault();
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
        faultCode = 500;
        faultText = problem.text();
        faultDetail = problem.detail();
        faultAt = now;
        updatedAt = now;
    }

    private void clearFault() {
        faultCode = null;
        faultText = null;
        faultDetail = null;
        faultAt = null;
    }

    // ---- what it is

    public UUID id() {
        return id;
    }

    /** The name on the host, such as {@code instance-0000002a}. */
    public String instanceName() {
        return String.format("instance-%08x", number);
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

    public String flavorId() {
        return flavorId;
    }

    public String flavorName() {
        return flavorName;
    }

    public int vcpus() {
        return vcpus;
    }

    public long ramMib() {
        return ramMib;
    }

    public long diskGib() {
        return diskGib;
    }

    public long ephemeralGib() {
        return ephemeralGib;
    }

    public long swapMib() {
        return swapMib;
    }

    public Map<String, String> extraSpecs() {
        return map(extraSpecs);
    }

    public Optional<String> keyName() {
        return Optional.ofNullable(keyName);
    }

    public Optional<String> publicKey() {
        return Optional.ofNullable(publicKey);
    }

    public Map<String, String> metadata() {
        return map(metadata);
    }

    public Set<String> tags() {
        return Json.read(tags, new TypeReference<TreeSet<String>>() {});
    }

    /** Base64, as it came. */
    public Optional<String> userData() {
        return Optional.ofNullable(userData);
    }

    Optional<String> sealedAdminPassword() {
        return Optional.ofNullable(adminPassword);
    }

    public boolean configDrive() {
        return configDrive;
    }

    public Optional<String> askedZone() {
        return Optional.ofNullable(askedZone);
    }

    public Optional<String> askedHost() {
        return Optional.ofNullable(askedHost);
    }

    public String diskConfig() {
        return diskConfig;
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

    public String reservationId() {
        return reservationId;
    }

    public int launchIndex() {
        return launchIndex;
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

    public Optional<String> faultText() {
        return Optional.ofNullable(faultText);
    }

    /** For operators. */
    public Optional<String> faultDetail() {
        return Optional.ofNullable(faultDetail);
    }

    public Optional<Instant> faultAt() {
        return Optional.ofNullable(faultAt);
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

    private static Map<String, String> map(String json) {
        return json.equals("{}") ? Map.of() : Json.read(json, new TypeReference<TreeMap<String, String>>() {});
    }

    static List<String> quotaResources() {
        return List.of("instances", "cores", "ram");
    }

    Map<String, Long> cost() {
        return Map.of("instances", 1L, "cores", (long) vcpus, "ram", ramMib);
    }
}
