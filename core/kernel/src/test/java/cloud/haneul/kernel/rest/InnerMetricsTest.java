package cloud.haneul.kernel.rest;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.testing.TestCloud;
import cloud.haneul.kernel.testing.TestRest;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestCloud.class)
class InnerMetricsTest {
    private final TestCloud cloud;
    private final Database database;
    private final Meters meters;

    InnerMetricsTest(TestCloud cloud, Database database, Meters meters) {
        this.cloud = cloud;
        this.database = database;
        this.meters = meters;
    }

    @Test
    void operationsAreCountedByKindAndStateWhileTheyLast() {
        operation("STUCK");
        operation("STUCK");
        operation("DONE");
        assertThat(meters.scrape())
                .contains("haneul_operations{kind=\"demo-create\",state=\"STUCK\"} 2.0")
                .doesNotContain("state=\"DONE\"");

        database.run(em -> em.createNativeQuery("delete from kernel_operation").executeUpdate());
        assertThat(meters.scrape()).doesNotContain("demo-create");
    }

    @Test
    void aStartedCloudIsReady() throws Exception {
        try (TestRest rest = TestRest.of(cloud)) {
            assertThat(HttpClient.newHttpClient()
                            .send(
                                    HttpRequest.newBuilder(rest.uri("/health/ready"))
                                            .build(),
                                    BodyHandlers.ofString())
                            .body())
                    .contains("\"status\":\"ok\"", "\"database\":\"ok\"", "\"start\":\"ok\"");
        }
    }

    private void operation(String state) {
        database.run(em -> em.createNativeQuery(
                        "insert into kernel_operation (id, kind, kind_version, resource_type, resource_id, resource_name,"
                                + " user_id, user_name, request_id, params, memory, state, step, attempts, elsewhere,"
                                + " unwind_to, percent, cancelled, generation, due_at, created_at, version) values ('"
                                + UUID.randomUUID()
                                + "', 'demo-create', 1, 'demo', '1', 'one', 'u', 'u', 'r', '{}', '{}', '"
                                + state
                                + "', 0, 0, 0, 0, 0, false, 0, current_timestamp, current_timestamp, 0)")
                .executeUpdate());
    }
}
