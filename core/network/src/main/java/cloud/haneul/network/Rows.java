package cloud.haneul.network;

import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * Plain statements on the open transaction's connection, for what JPA cannot say: an insert where "somebody was faster" is an
 * answer and not the end of the transaction, and an update that leaves the row's version alone.
 */
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
            set(insert, values);
            return insert.executeUpdate() > 0;
        } catch (SQLException e) {
            if ("23505".equals(e.getSQLState())) {
                return false;
            }
            throw new PersistenceException("A row could not be inserted", e);
        }
    }

    /** @return how many rows were changed */
    static int update(EntityManager em, String sql, Object... values) {
        try (PreparedStatement update = em.unwrap(Connection.class).prepareStatement(sql)) {
            set(update, values);
            return update.executeUpdate();
        } catch (SQLException e) {
            throw new PersistenceException("Rows could not be changed", e);
        }
    }

    private static void set(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(
                    i + 1,
                    values[i] instanceof Instant instant
                            ? OffsetDateTime.ofInstant(instant, ZoneOffset.UTC)
                            : values[i]);
        }
    }
}
