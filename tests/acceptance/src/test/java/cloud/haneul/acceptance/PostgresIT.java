package cloud.haneul.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The {@link Journey} with every row in PostgreSQL. */
class PostgresIT extends Journey {
    @RegisterExtension
    static final SharedCloud CLOUD = SharedCloud.onPostgres();

    static Optional<String> missing() {
        return BackEnds.value("HANEUL_TEST_POSTGRESQL_URL").isPresent()
                ? Optional.empty()
                : Optional.of("no PostgreSQL: HANEUL_TEST_POSTGRESQL_URL not set (./haneul test sets it)");
    }

    @Override
    Cloud cloud() {
        return CLOUD.cloud();
    }

    @Override
    void assertThatNothingIsLeftOfTheServer() {
        assertThat(Remains.onSimulator(cloud())).noneMatch(line -> line.contains(server));
    }

    @Override
    void assertThatNothingIsLeftOfTheNetwork() {
        assertThat(Remains.onSimulator(cloud())).noneMatch(line -> line.contains(network) || line.contains(router));
    }
}
