package cloud.haneul.compute;

import cloud.haneul.kernel.data.Json;
import cloud.haneul.spi.compute.HostFacts;
import com.fasterxml.jackson.core.type.TypeReference;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * A hypervisor in the cloud's care. Added CONNECTING by its driver and URI; the host reconciler reads its facts, makes it UP and
 * registers it with placement; when it stops answering it is DOWN, with the reason, until it answers again.
 */
@Entity
@Table(name = "compute_host")
public class Host {
    /** Whether it answers. */
    public enum Connection {
        CONNECTING,
        UP,
        DOWN
    }

    @Id
    private UUID id;

    private String name;
    private String driver;
    private String uri;
    private String config;

    @Column(name = "network_host")
    private String networkHost;

    private String zone;

    @Enumerated(EnumType.STRING)
    private Connection connection;

    private boolean enabled;

    @Column(name = "disabled_reason")
    private String disabledReason;

    private String problem;
    private String architecture;

    @Column(name = "hypervisor_type")
    private String hypervisorType;

    @Column(name = "hypervisor_version")
    private int hypervisorVersion;

    private int cpus;

    @Column(name = "memory_mib")
    private long memoryMib;

    @Column(name = "disk_gib")
    private long diskGib;

    @Column(name = "cpu_model")
    private String cpuModel;

    private String traits;

    @Column(name = "cpu_ratio")
    private double cpuRatio;

    @Column(name = "ram_ratio")
    private double ramRatio;

    @Column(name = "disk_ratio")
    private double diskRatio;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "seen_at")
    private Instant seenAt;

    @Version
    private long version;

    protected Host() {}

    Host(UUID id, NewHost asked, String name, Map<String, String> config, Instant now) {
        this.id = id;
        this.name = name;
        this.driver = asked.driver();
        this.uri = asked.uri();
        this.config = Json.write(new TreeMap<>(config));
        this.networkHost = "";
        this.zone = asked.zone();
        this.connection = Connection.CONNECTING;
        this.enabled = true;
        this.disabledReason = "";
        this.problem = "";
        this.architecture = "";
        this.hypervisorType = "";
        this.cpuModel = "";
        this.traits = "[]";
        this.cpuRatio = asked.cpuRatio();
        this.ramRatio = asked.ramRatio();
        this.diskRatio = asked.diskRatio();
        this.createdAt = now;
    }

    /** Whether it is up, and all that is known of it is in {@code facts}. */
    boolean isAsIn(HostFacts facts) {
        return connection == Connection.UP
                && networkHost.equals(facts.networkHost())
                && architecture.equals(facts.architecture())
                && hypervisorType.equals(facts.hypervisorType())
                && hypervisorVersion == facts.hypervisorVersion()
                && cpus == facts.cpus()
                && memoryMib == facts.memoryMib()
                && diskGib == facts.diskGib()
                && cpuModel.equals(facts.cpuModel())
                && traits.equals(text(facts.traits()));
    }

    private static String text(Set<String> traits) {
        return Json.write(new TreeSet<>(traits));
    }

    /** @return whether anything but the time changed */
    boolean answered(HostFacts facts, Instant now) {
        boolean changed = !isAsIn(facts);
        connection = Connection.UP;
        problem = "";
        networkHost = facts.networkHost();
        architecture = facts.architecture();
        hypervisorType = facts.hypervisorType();
        hypervisorVersion = facts.hypervisorVersion();
        cpus = facts.cpus();
        memoryMib = facts.memoryMib();
        diskGib = facts.diskGib();
        cpuModel = facts.cpuModel();
        traits = text(facts.traits());
        seenAt = now;
        return changed;
    }

    /** @return whether it was not down before */
    boolean failed(String why) {
        boolean changed = connection != Connection.DOWN || !problem.equals(why);
        connection = Connection.DOWN;
        problem = why;
        return changed;
    }

    void enable() {
        enabled = true;
        disabledReason = "";
    }

    void disable(String reason) {
        enabled = false;
        disabledReason = reason;
    }

    public UUID id() {
        return id;
    }

    public String name() {
        return name;
    }

    public String driver() {
        return driver;
    }

    public String uri() {
        return uri;
    }

    /** The driver's properties by name; secrets among them are not for display. */
    Map<String, String> config() {
        return Json.read(config, new TypeReference<TreeMap<String, String>>() {});
    }

    /** The name under which the network back end knows it. */
    public String networkHost() {
        return networkHost;
    }

    /** Availability zone. */
    public String zone() {
        return zone;
    }

    public Connection connection() {
        return connection;
    }

    /** Whether new servers may be put there. */
    public boolean isEnabled() {
        return enabled;
    }

    public String disabledReason() {
        return disabledReason;
    }

    /** Why it is down, and what to do. */
    public String problem() {
        return problem;
    }

    public String architecture() {
        return architecture;
    }

    public String hypervisorType() {
        return hypervisorType;
    }

    public int hypervisorVersion() {
        return hypervisorVersion;
    }

    public int cpus() {
        return cpus;
    }

    public long memoryMib() {
        return memoryMib;
    }

    public long diskGib() {
        return diskGib;
    }

    public String cpuModel() {
        return cpuModel;
    }

    public Set<String> traits() {
        return Json.read(traits, new TypeReference<TreeSet<String>>() {});
    }

    public double cpuRatio() {
        return cpuRatio;
    }

    public double ramRatio() {
        return ramRatio;
    }

    public double diskRatio() {
        return diskRatio;
    }

    public Instant createdAt() {
        return createdAt;
    }

    /** When it last answered. */
    public Optional<Instant> seenAt() {
        return Optional.ofNullable(seenAt);
    }

    /** What the row says of the host, as the driver would: for placement. */
    HostFacts facts() {
        return new HostFacts(
                name,
                networkHost,
                architecture,
                hypervisorType,
                hypervisorVersion,
                cpus,
                memoryMib,
                diskGib,
                cpuModel,
                traits());
    }
}
