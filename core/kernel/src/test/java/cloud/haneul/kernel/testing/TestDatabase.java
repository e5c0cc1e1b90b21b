package cloud.haneul.kernel.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/**
 * An empty database: H2 in memory, or a schema of its own in the PostgreSQL database that {@code -Dhaneul.test.db.url} names
 * (with {@code -Dhaneul.test.db.user} and {@code -Dhaneul.test.db.password}).
 */
final class TestDatabase implements AutoCloseable {
    private final String server = System.getProperty("haneul.test.db.url", "");
    private final String schema = "test_" + UUID.randomUUID().toString().replace("-", "");

    TestDatabase() {
        if (!server.isEmpty()) {
            run("create schema " + schema);
        }
    }

    String url() {
        return server.isEmpty()
                ? "jdbc:h2:mem:" + schema + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000"
                : server + (server.contains("?") ? "&" : "?") + "currentSchema=" + schema;
    }

    String user() {
        return System.getProperty("haneul.test.db.user", "haneul");
    }

    String password() {
        return System.getProperty("haneul.test.db.password", "");
    }

    @Override
    public void close() {
        run(server.isEmpty() ? "shutdown" : "drop schema " + schema + " cascade");
    }

    private void run(String sql) {
        try (Connection connection =
                        DriverManager.getConnection(server.isEmpty() ? url() : server, user(), password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql + " failed", e);
        }
    }
}
