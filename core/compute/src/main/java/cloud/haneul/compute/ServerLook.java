package cloud.haneul.compute;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;

/**
 * The number of times that what a server is shown with has changed outside of its row. A row of its own, because whoever
 * changes a port must not wait for the server's operations, nor make them stale.
 */
@Entity
@Table(name = "compute_server_look")
class ServerLook {
    @Id
    @Column(name = "server_id")
    private UUID id;

    private long stamp;

    protected ServerLook() {}

    ServerLook(UUID server) {
        id = server;
    }
}
