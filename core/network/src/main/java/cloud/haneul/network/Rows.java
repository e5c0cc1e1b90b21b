package cloud.haneul.network;

import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Inserts where "somebody was faster" is an answer and not the end of the transaction. */
final class Rows {
    private Rows() {}

    /**
     * Inserts a row on the open transaction's connection.
     *
     * @return false when a unique key refuses the row; the transaction goes on
     */
    static boolean insert(EntityManager em, boolean postgres, String sql, Object... values) {
        Connection connection = em.unwrap(Connection.class);
        // PostgreSQL gives up a whole transaction for a duplicate, H2 only the statement
        try (PreparedStatement insert = connection.prepareStatement(postgres ? sql + " on conflict do nothing" : sql)) {
            for (int i = 0; i < values.length; i++) {
                insert.setObject(
                        i + 1,
                        values[i] instanceof Instant instant
                                ? OffsetDateTime.ofInstant(instant, ZoneOffset.UTC)
                                : values[i]);
            }
            return insert.executeUpdate() > 0;
        } catch (SQLException e) {
            if ("23505".equals(e.getSQLState())) {
                return false;
            }
            throw new jakarta.persistence.PersistenceException("A row could not be inserted", e);
        }
    }
}
