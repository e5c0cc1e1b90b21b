package cloud.haneul.compute;

import java.util.UUID;

/**
 * The least that a list must know of a server; equal as long as the server looks the same to one who may see all.
 *
 * @param version changes with its row
 * @param look changes with its ports, their addresses and the names they are shown with, and with its host
 */
public record ServerRow(UUID id, String name, long version, long look) {
    static final String COLUMNS = "r.id, r.name, r.version, l.stamp";
    static final String JOINS = "left join ServerLook l on l.id = r.id";

    static ServerRow of(Object[] row) {
        return new ServerRow((UUID) row[0], (String) row[1], (Long) row[2], (Long) row[3]);
    }
}
