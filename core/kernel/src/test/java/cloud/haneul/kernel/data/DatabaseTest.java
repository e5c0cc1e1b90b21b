package cloud.haneul.kernel.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.haneul.kernel.testing.TestCloud;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("postgresql")
@ExtendWith(TestCloud.class)
class DatabaseTest {
    private final Database database;

    DatabaseTest(Database database) {
        this.database = database;
    }

    @Test
    void aDuplicateIsToldToWhoAskedAndLeavesNothingInTheLog() {
        try (Heard heard = new Heard()) {
            insertLease();
            assertThatThrownBy(this::insertLease).isInstanceOf(Database.DuplicateKey.class);
            assertThat(heard.lines).isEmpty();
        }
    }

    private void insertLease() {
        database.run(em -> em.createNativeQuery(
                        "insert into kernel_lease (name, node, until_time) values ('twice', 'n', current_timestamp)")
                .executeUpdate());
    }

    /** Warnings and worse of all the JVM while it is open. */
    private static final class Heard extends Handler implements AutoCloseable {
        private final List<String> lines = new CopyOnWriteArrayList<>();

        Heard() {
            setLevel(Level.WARNING);
            Logger.getLogger("").addHandler(this);
        }

        @Override
        public void publish(LogRecord entry) {
            if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
                lines.add(entry.getLoggerName() + ": " + entry.getMessage());
            }
        }

        @Override
        public void flush() {
            // nothing is kept back
        }

        @Override
        public void close() {
            Logger.getLogger("").removeHandler(this);
        }
    }
}
