package cloud.haneul.network;

import jakarta.persistence.Column;
import jakarta.persistence.MappedSuperclass;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What the back end has a counterpart of. Use cases change the row, which raises its revision; {@link NetworkWiring} brings the
 * back end there and notes the revision it has brought it to. A deleted row stays, unseen, until the back end is clean.
 */
@MappedSuperclass
public abstract class Wired extends Resource {
    private String name;

    // the wiring's own columns change by compare-and-set alone (Marks), so that they never raise the revision
    @Column(name = "wired_revision", updatable = false)
    private long wiredRevision;

    private boolean deleting;

    @Column(updatable = false)
    private String problem;

    @Column(updatable = false)
    private int attempts;

    @Column(name = "next_try", updatable = false)
    private Instant nextTry;

    protected Wired() {}

    Wired(UUID id, String projectId, Optional<String> name, Optional<String> description, Instant now) {
        super(id, projectId, description, now);
        this.name = name.orElse("");
    }

    void rename(String newName) {
        name = newName;
    }

    void beginDeleting(Instant now) {
        deleting = true;
        touch(now);
    }

    public String name() {
        return name;
    }

    long wiredRevision() {
        return wiredRevision;
    }

    /** Whether the back end is as this row says. */
    public boolean isWired() {
        return !deleting && wiredRevision == revision();
    }

    boolean isDeleting() {
        return deleting;
    }

    int attempts() {
        return attempts;
    }

    /** Why the back end is not as this row says, when the last attempt failed; for the operator. */
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }
}
