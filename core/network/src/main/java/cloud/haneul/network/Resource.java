package cloud.haneul.network;

import cloud.haneul.kernel.data.Json;
import jakarta.persistence.Column;
import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** What everything of the network API has: an owner, a description, tags, times and a revision number. */
@MappedSuperclass
public abstract class Resource {
    @Id
    private UUID id;

    @Column(name = "project_id", updatable = false)
    private String projectId;

    private String description;
    private String tags;

    @Column(name = "created_at", updatable = false)
    private Instant createdAt;

    @Column(name = "updated_at")
    private Instant updatedAt;

    @Version
    private long revision;

    protected Resource() {}

    Resource(UUID id, String projectId, Optional<String> description, Instant now) {
        this.id = id;
        this.projectId = projectId;
        this.description = description.orElse("");
        this.tags = "[]";
        this.createdAt = now;
        this.updatedAt = now;
    }

    /** Marks a change, be it of rows that belong to this one; the revision rises with the commit. */
    void touch(Instant now) {
        // two changes within one tick of the clock are two changes
        updatedAt = now.isAfter(updatedAt) ? now : updatedAt.plusNanos(1000);
    }

    void describe(String text) {
        description = text;
    }

    void tag(Collection<String> words) {
        tags = Json.write(new TreeSet<>(words.stream().map(Resource::encoded).toList()));
    }

    public UUID id() {
        return id;
    }

    /** The owner; empty text for what belongs to no project. */
    public String projectId() {
        return projectId;
    }

    public String description() {
        return description;
    }

    public Set<String> tags() {
        Set<String> words = new TreeSet<>();
        for (String word : Json.read(tags, String[].class)) {
            words.add(word.replace("~u", "_").replace("~p", "%").replace("~t", "~"));
        }
        return words;
    }

    /** A tag as it is kept: without the wildcards of the query language, so that it can be searched for. */
    static String encoded(String tag) {
        return tag.replace("~", "~t").replace("%", "~p").replace("_", "~u");
    }

    public Instant createdAt() {
        return createdAt;
    }

    public Instant updatedAt() {
        return updatedAt;
    }

    public long revision() {
        return revision;
    }
}
