package cloud.haneul.compute;

import cloud.haneul.kernel.data.Json;
import com.fasterxml.jackson.core.type.TypeReference;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A size of server. Servers copy it at birth, so changing or deleting one changes no server. */
@Entity
@Table(name = "compute_flavor")
public class Flavor {
    @Id
    private String id;

    private String name;
    private String description;
    private int vcpus;

    @Column(name = "ram_mib")
    private long ramMib;

    @Column(name = "disk_gib")
    private long diskGib;

    @Column(name = "ephemeral_gib")
    private long ephemeralGib;

    @Column(name = "swap_mib")
    private long swapMib;

    @Column(name = "rxtx_factor")
    private double rxtxFactor;

    @Column(name = "is_public")
    private boolean isPublic;

    private boolean disabled;

    @Column(name = "extra_specs")
    private String extraSpecs;

    private String access;

    @Column(name = "created_at")
    private Instant createdAt;

    @Version
    private long version;

    protected Flavor() {}

    Flavor(String id, NewFlavor asked, Instant now) {
        this.id = id;
        this.name = asked.name();
        this.description = asked.description().orElse(null);
        this.vcpus = asked.vcpus();
        this.ramMib = asked.ramMib();
        this.diskGib = asked.diskGib();
        this.ephemeralGib = asked.ephemeralGib();
        this.swapMib = asked.swapMib();
        this.rxtxFactor = asked.rxtxFactor();
        this.isPublic = asked.isPublic();
        this.extraSpecs = "{}";
        this.access = "[]";
        this.createdAt = now;
    }

    void describe(Optional<String> text) {
        description = text.orElse(null);
    }

    void extraSpecs(Map<String, String> specs) {
        extraSpecs = Json.write(new TreeMap<>(specs));
    }

    void access(Set<String> projects) {
        access = Json.write(new TreeSet<>(projects));
    }

    boolean isVisibleTo(Optional<String> project) {
        return isPublic || project.map(p -> access().contains(p)).orElse(false);
    }

    public String id() {
        return id;
    }

    public String name() {
        return name;
    }

    public Optional<String> description() {
        return Optional.ofNullable(description);
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

    public double rxtxFactor() {
        return rxtxFactor;
    }

    public boolean isPublic() {
        return isPublic;
    }

    public boolean isDisabled() {
        return disabled;
    }

    public Map<String, String> extraSpecs() {
        return Json.read(extraSpecs, new TypeReference<TreeMap<String, String>>() {});
    }

    /** Projects that may use it though it is not public. */
    public Set<String> access() {
        return Json.read(access, new TypeReference<TreeSet<String>>() {});
    }

    public Instant createdAt() {
        return createdAt;
    }
}
