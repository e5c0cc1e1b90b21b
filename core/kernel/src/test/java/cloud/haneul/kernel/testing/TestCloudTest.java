package cloud.haneul.kernel.testing;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.haneul.kernel.Cloud;
import cloud.haneul.kernel.data.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("postgresql")
@ExtendWith(TestCloud.class)
class TestCloudTest {
    private final TestCloud cloud;
    private final Database database;

    TestCloudTest(TestCloud cloud, Database database) {
        this.cloud = cloud;
        this.database = database;
    }

    @Test
    void itsPartsAreStartedOverAMigratedDatabase(Cloud parts) {
        assertThat(parts.isReady()).isTrue();
        long operations = database.read(em ->
                em.createQuery("select count(o) from Operation o", Long.class).getSingleResult());
        assertThat(operations).isZero();
    }

    @Test
    void aTestMovesTheTime(Clock clock, TestClock same) {
        Instant before = clock.instant();
        same.forward(Duration.ofHours(1));
        assertThat(clock.instant()).isAfterOrEqualTo(before.plusSeconds(3600));
    }

    @Test
    void statementsAreCounted() {
        long before = cloud.statements();
        database.read(em -> em.createNativeQuery("select 1").getSingleResult());
        assertThat(cloud.statements()).isGreaterThan(before);
    }

    @Test
    void anotherControllerHasItsOwnBeansOnTheSameDatabase() {
        TestCloud.Another other = cloud.another();
        assertThat(other.get(Database.class)).isNotSameAs(database);
        assertThat(other.get(Cloud.class).isReady()).isTrue();
    }
}
