package cloud.haneul.kernel.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.Ids;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.testing.TestCloud;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("postgresql")
@ExtendWith(TestCloud.class)
class QuotasTest {
    private final Quotas quotas;
    private final Database database;
    private final String project = Ids.newHexId();

    QuotasTest(Quotas quotas, Database database) {
        this.quotas = quotas;
        this.database = database;
    }

    /** More at once than the pool has connections, on a counter that is not there yet. */
    @Test
    void manyAtOnceGetWhatThereIsAndNotOneMore() throws Exception {
        List<Callable<String>> requests = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            requests.add(() -> taken("drills"));
        }
        ExecutorService pool = Executors.newFixedThreadPool(requests.size());
        List<String> ends = new ArrayList<>();
        try {
            for (Future<String> each : pool.invokeAll(requests)) {
                ends.add(each.get());
            }
        } finally {
            pool.shutdown();
        }

        assertThat(ends.stream().filter("taken"::equals)).hasSize(DrillModule.LIMIT);
        assertThat(ends.stream().filter(end -> !end.equals("taken")))
                .allSatisfy(end -> assertThat(end).startsWith("OVER_QUOTA"));
        assertThat(used()).isEqualTo(DrillModule.LIMIT);
    }

    @Test
    @Timeout(60)
    void aFullQuotaIsToldWhileAnotherStillHoldsTheCounter() throws Exception {
        database.run(em -> quotas.reserve(project, Map.of("drills", (long) DrillModule.LIMIT)));
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch enough = new CountDownLatch(1);
        Thread holder = new Thread(() -> database.run(em -> {
            quotas.release(project, Map.of("drills", 1L));
            held.countDown();
            await(enough);
        }));
        holder.start();
        await(held);
        try {
            assertThat(taken("drills")).startsWith("OVER_QUOTA");
        } finally {
            enough.countDown();
            holder.join();
        }
        assertThat(taken("drills")).isEqualTo("taken");
    }

    @Test
    void whatRolledBackTookNothing() {
        assertThatThrownBy(() -> database.run(em -> {
                    quotas.reserve(project, Map.of("drills", 1L));
                    throw new IllegalStateException("the resource could not be made");
                }))
                .hasMessageContaining("could not be made");
        assertThat(used()).isZero();

        assertThat(taken("drills")).isEqualTo("taken");
        assertThat(used()).isEqualTo(1);
    }

    @Test
    void everyShortageIsNamedAndNothingIsTaken() {
        quotas.limit(Optional.of(project), Map.of("drill_bits", 2L));

        assertThatThrownBy(() -> database.run(em -> quotas.reserve(project, Map.of("drills", 8L, "drill_bits", 3L))))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.kind()).isEqualTo(Fault.Kind.OVER_QUOTA))
                .hasMessageContaining("requested 8, but already used 0 of 7 drills")
                .hasMessageContaining("requested 3, but already used 0 of 2 drill_bits");
        assertThat(used()).isZero();
    }

    private String taken(String resource) {
        try {
            database.run(em -> quotas.reserve(project, Map.of(resource, 1L)));
            return "taken";
        } catch (Fault fault) {
            return fault.kind() + ": " + fault.getMessage();
        }
    }

    private long used() {
        return quotas.show(project, List.of("drills")).get(0).used();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
