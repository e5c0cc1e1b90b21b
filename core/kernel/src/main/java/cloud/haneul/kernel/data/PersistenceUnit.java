package cloud.haneul.kernel.data;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Home;
import cloud.haneul.kernel.Setting;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.eclipse.persistence.descriptors.DescriptorEvent;
import org.eclipse.persistence.descriptors.DescriptorEventAdapter;
import org.eclipse.persistence.sessions.server.ServerSession;
import org.flywaydb.core.Flyway;

/**
 * The pool, the migrations and the entity manager factory of persistence unit {@code haneul}. Opened on first use, so that
 * the order in which beans are made does not matter; migrations run before anything can read.
 */
@Component
class PersistenceUnit {
    static final Setting<String> URL = Setting.text(
            "haneul.db.url",
            "",
            "JDBC address of the database; empty for an H2 file in the home folder. PostgreSQL: jdbc:postgresql://host/haneul");
    static final Setting<String> USER = Setting.text("haneul.db.user", "haneul", "Database user.");
    static final Setting<String> PASSWORD = Setting.secret("haneul.db.password", "Database password.");
    static final Setting<Long> POOL =
            Setting.number("haneul.db.pool", 32, "Largest number of database connections of one controller.");

    private Opened opened;
    private Consumer<Listed> onWrite = row -> {};

    /** A pool with every migration done, and the factory that uses it. */
    record Opened(HikariDataSource pool, EntityManagerFactory factory) {}

    static List<Setting<?>> settings() {
        return List.of(URL, USER, PASSWORD, POOL);
    }

    EntityManagerFactory factory() {
        return opened().factory();
    }

    DataSource dataSource() {
        return opened().pool();
    }

    private synchronized Opened opened() {
        if (opened == null) {
            opened = DatabaseHeadStart.take().orElseGet(PersistenceUnit::open);
            listen(opened.factory());
        }
        return opened;
    }

    /** Is given each row that is written, on the thread and in the transaction that writes it. */
    synchronized void onWrite(Consumer<Listed> what) {
        onWrite = what;
    }

    private void listen(EntityManagerFactory factory) {
        DescriptorEventAdapter listener = new DescriptorEventAdapter() {
            @Override
            public void postInsert(DescriptorEvent event) {
                onWrite.accept((Listed) event.getObject());
            }

            @Override
            public void postUpdate(DescriptorEvent event) {
                onWrite.accept((Listed) event.getObject());
            }

            @Override
            public void postDelete(DescriptorEvent event) {
                onWrite.accept((Listed) event.getObject());
            }
        };
        factory.unwrap(ServerSession.class).getDescriptors().values().stream()
                .filter(descriptor -> Listed.class.isAssignableFrom(descriptor.getJavaClass()))
                .forEach(descriptor -> descriptor.getEventManager().addListener(listener));
    }

    static Opened open() {
        HikariDataSource pool = pool();
        try {
            migrate(pool);
            return new Opened(pool, unit(pool));
        } catch (RuntimeException | Error e) {
            pool.close();
            throw e;
        }
    }

    boolean isPostgres() {
        return speaksPostgres();
    }

    private static boolean speaksPostgres() {
        return url().startsWith("jdbc:postgresql:");
    }

    private static String url() {
        String url = URL.get();
        // WRITE_DELAY 0: a commit is on the disk when it returns; kill -9 loses nothing that was accepted
        String whole = url.isEmpty()
                ? "jdbc:h2:file:" + Home.folder("db").resolve("haneul")
                        + ";DB_CLOSE_ON_EXIT=FALSE;WRITE_DELAY=0;LOCK_TIMEOUT=10000"
                : url;
        // H2 2.4 takes up a query with "in (...)" where a limit made it stop the last time, and misses rows: it is to
        // keep none
        return whole.startsWith("jdbc:h2:") && !whole.contains("QUERY_CACHE_SIZE")
                ? whole + ";QUERY_CACHE_SIZE=0"
                : whole;
    }

    private static HikariDataSource pool() {
        HikariConfig config = new HikariConfig();
        config.setPoolName("haneul");
        config.setJdbcUrl(url());
        config.setDriverClassName(speaksPostgres() ? "org.postgresql.Driver" : "org.h2.Driver");
        config.setUsername(USER.get());
        config.setPassword(PASSWORD.get());
        config.setMaximumPoolSize(Math.toIntExact(POOL.get()));
        config.setMinimumIdle(2);
        config.setAutoCommit(true);
        return new HikariDataSource(config);
    }

    /**
     * Out of order: a service's room gets its migrations when the service is built, whatever number others have reached.
     * {@code ${stored}} ends the definition of a generated column: H2 keeps it, and does not take the word that PostgreSQL needs.
     */
    private static void migrate(DataSource pool) {
        Flyway.configure(PersistenceUnit.class.getClassLoader())
                .dataSource(pool)
                .locations("classpath:db/migration")
                .outOfOrder(true)
                .placeholders(Map.of("stored", speaksPostgres() ? "stored" : ""))
                .load()
                .migrate();
    }

    private static EntityManagerFactory unit(DataSource pool) {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(PersistenceUnit.class.getClassLoader());
        try {
            EntityManagerFactory factory = Persistence.createEntityManagerFactory(
                    "haneul",
                    Map.of(
                            "jakarta.persistence.nonJtaDataSource",
                            pool,
                            "eclipselink.logging.logger",
                            UnitLog.class.getName(),
                            "eclipselink.target-database",
                            (speaksPostgres() ? PostgreSQLTimes.class : H2Times.class).getName()));
            // reads the entities and their mappings, which would wait for the first query
            factory.unwrap(ServerSession.class);
            return factory;
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    synchronized void close() {
        if (opened != null) {
            opened.factory().close();
            opened.pool().close();
        }
    }
}
