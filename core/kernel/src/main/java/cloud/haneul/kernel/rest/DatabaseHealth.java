package cloud.haneul.kernel.rest;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.HealthCheck;
import cloud.haneul.kernel.data.Database;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the database answers. */
@Component
class DatabaseHealth implements HealthCheck {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseHealth.class);

    private final Database database;

    @Inject
    DatabaseHealth(Database database) {
        this.database = database;
    }

    @Override
    public String name() {
        return "database";
    }

    @Override
    public Optional<String> problem() {
        try (Connection connection = database.dataSource().getConnection()) {
            return connection.isValid(1) ? Optional.empty() : Optional.of("does not answer");
        } catch (SQLException e) {
            LOG.warn("The database cannot be reached", e);
            return Optional.of("cannot be reached");
        }
    }
}
