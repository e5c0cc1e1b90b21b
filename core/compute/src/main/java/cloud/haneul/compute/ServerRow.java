package cloud.haneul.compute;

import java.util.Optional;
import java.util.UUID;

/**
 * The least that a list must know of a server.
 *
 * @param version changes with its row
 * @param look changes with its ports, their addresses and the names they are shown with
 * @param host where it is
 */
public record ServerRow(UUID id, String projectId, long version, long look, Optional<HostBrief> host) {
    static final String COLUMNS = "r.id, r.projectId, r.version, l.stamp, h.name, h.enabled, h.connection";
    static final String JOINS = "left join ServerLook l on l.id = r.id left join Host h on h.id = r.hostId";

    static ServerRow of(Object[] row) {
        return new ServerRow(
                (UUID) row[0],
                (String) row[1],
                (Long) row[2],
                (Long) row[3],
                Optional.ofNullable((String) row[4])
                        .map(name -> HostBrief.of(name, (Boolean) row[5], (Host.Connection) row[6])));
    }
}
