package cloud.haneul.placement;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.UUID;

/** Who holds allocations: a server. There as long as it holds any. */
@Entity
@Table(name = "placement_consumer")
public class Consumer {
    @Id
    private UUID id;

    @Column(name = "project_id")
    private String projectId;

    @Column(name = "user_id")
    private String userId;

    @Version
    private long generation;

    protected Consumer() {}

    Consumer(UUID id, String projectId, String userId) {
        this.id = id;
        this.projectId = projectId;
        this.userId = userId;
    }

    public UUID id() {
        return id;
    }

    public String projectId() {
        return projectId;
    }

    public String userId() {
        return userId;
    }

    public long generation() {
        return generation;
    }
}
