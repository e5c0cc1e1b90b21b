package cloud.haneul.compute;

import cloud.haneul.kernel.data.Json;
import com.fasterxml.jackson.core.type.TypeReference;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.util.Map;
import java.util.TreeMap;

/** What a server costs: its flavor as it was when the server was made. The flavor itself may have changed or gone since. */
@Embeddable
public class ServerFlavor {
    @Column(name = "flavor_id")
    private String id;

    @Column(name = "flavor_name")
    private String name;

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

    protected ServerFlavor() {}

    ServerFlavor(Flavor flavor) {
        this.id = flavor.id();
        this.name = flavor.name();
        this.vcpus = flavor.vcpus();
        this.ramMib = flavor.ramMib();
        this.diskGib = flavor.diskGib();
        this.ephemeralGib = flavor.ephemeralGib();
        this.swapMib = flavor.swapMib();
        this.extraSpecs = Json.write(flavor.extraSpecs());
    }

    public String id() {
        return id;
    }

    public String name() {
        return name;
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
        return extraSpecs.equals("{}")
                ? Map.of()
                : Json.read(extraSpecs, new TypeReference<TreeMap<String, String>>() {});
    }

    /** What it takes of the project's quotas. */
    Map<String, Long> cost() {
        return Map.of("instances", 1L, "cores", (long) vcpus, "ram", ramMib);
    }
}
