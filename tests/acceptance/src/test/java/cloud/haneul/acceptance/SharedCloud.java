package cloud.haneul.acceptance;

import static org.junit.jupiter.api.Assumptions.abort;

import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One running cloud of a kind for all test classes that ask for it, started for the first and stopped after the last:
 * {@code @RegisterExtension static final SharedCloud CLOUD = SharedCloud.simulated();}. Each class has tenants of its own in it.
 */
final class SharedCloud implements BeforeAllCallback {
    private final String name;
    private final Supplier<Optional<String>> missing;
    private final Supplier<Cloud> make;
    private Cloud cloud;

    private SharedCloud(String name, Supplier<Optional<String>> missing, Supplier<Cloud> make) {
        this.name = name;
        this.missing = missing;
        this.make = make;
    }

    static SharedCloud simulated() {
        return new SharedCloud("simulated", Optional::empty, () -> Cloud.simulated("simulated"));
    }

    static SharedCloud onPostgres() {
        return new SharedCloud("postgresql", PostgresIT::missing, () -> Cloud.simulated("postgresql")
                .set(
                        "HANEUL_DB_URL",
                        BackEnds.value("HANEUL_TEST_POSTGRESQL_URL").orElseThrow())
                .set(
                        "HANEUL_DB_USER",
                        BackEnds.value("HANEUL_TEST_POSTGRESQL_USER").orElse("postgres"))
                .set(
                        "HANEUL_DB_PASSWORD",
                        BackEnds.value("HANEUL_TEST_POSTGRESQL_PASSWORD").orElse("postgres")));
    }

    static SharedCloud real() {
        return new SharedCloud("real", BackEnds::missing, () -> Cloud.real("real", BackEnds.ofEnvironment()));
    }

    /** The real one where there is one. */
    static SharedCloud best() {
        return BackEnds.present() ? real() : simulated();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        Cloud.notBuilt().ifPresent(Assumptions::abort);
        missing.get().ifPresent(Assumptions::abort);
        Started started = context.getRoot()
                .getStore(ExtensionContext.Namespace.create(SharedCloud.class))
                .getOrComputeIfAbsent(name, key -> new Started(make.get()), Started.class);
        cloud = started.cloud;
        started.failure.ifPresent(failure -> {
            throw new AssertionError("the cloud " + name + " did not start: " + failure, failure);
        });
        if (!cloud.isAlive()) {
            abort("another test left the cloud " + name + " down");
        }
    }

    Cloud cloud() {
        return cloud;
    }

    /** In JUnit's store, which closes it in the end. One that does not start is not tried again for every class. */
    private static final class Started implements AutoCloseable, ExtensionContext.Store.CloseableResource {
        private final Cloud cloud;
        private final Optional<Throwable> failure;

        Started(Cloud cloud) {
            this.cloud = cloud;
            this.failure = start();
        }

        private Optional<Throwable> start() {
            try {
                cloud.start();
                return Optional.empty();
            } catch (RuntimeException | Error e) {
                return Optional.of(e);
            }
        }

        @Override
        public void close() {
            cloud.close();
        }
    }
}
