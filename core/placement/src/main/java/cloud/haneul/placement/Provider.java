package cloud.haneul.placement;

import cloud.haneul.kernel.data.Json;
import com.fasterxml.jackson.core.type.TypeReference;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** Something that has resources to give: a host. Its generation rises with each change of its inventories or traits. */
@Entity
@Table(name = "placement_provider")
public class Provider {
    @Id
    private UUID id;

    private String name;

    @Version
    private long generation;

    private String traits;

    @Column(name = "created_at")
    private Instant createdAt;

    protected Provider() {}

    Provider(UUID id, String name, Instant createdAt) {
        this.id = id;
        this.name = name;
        this.traits = "[]";
        this.createdAt = createdAt;
    }

    void rename(String newName) {
        name = newName;
    }

    void traits(Set<String> names) {
        traits = Json.write(new TreeSet<>(names));
    }

    public UUID id() {
        return id;
    }

    public String name() {
        return name;
    }

    public long generation() {
        return generation;
    }

    public Set<String> traits() {
        return Json.read(traits, new TypeReference<TreeSet<String>>() {});
    }

    public Instant createdAt() {
        return createdAt;
    }
}
