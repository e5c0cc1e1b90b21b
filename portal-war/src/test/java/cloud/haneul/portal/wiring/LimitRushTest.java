package cloud.haneul.portal.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.haneul.identity.Limits;
import cloud.haneul.identity.NewProject;
import cloud.haneul.identity.Project;
import cloud.haneul.identity.Projects;
import cloud.haneul.identity.RegisteredLimits;
import cloud.haneul.identity.Services;
import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.quota.Quotas;
import cloud.haneul.kernel.testing.TestCloud;
import cloud.haneul.kernel.testing.With;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two projects of one domain that take all at once get no more together than the domain may have. */
@ExtendWith(TestCloud.class)
@With("haneul.identity.limit-model=strict_two_level")
class LimitRushTest {
    private static final Caller INNER = Caller.inner("test");
    private static final int MOST = 5;

    private final TestCloud cloud;
    private final Database database;
    private final Quotas quotas;

    LimitRushTest(TestCloud cloud, Database database, Quotas quotas) {
        this.cloud = cloud;
        this.database = database;
        this.quotas = quotas;
    }

    @Test
    void aDomainsLimitHoldsForAllItsProjectsAtOnce() throws Exception {
        limitTheDomain();
        List<Callable<String>> wishes = new ArrayList<>();
        for (String name : List.of("one", "other")) {
            Project project = cloud.get(Projects.class).create(INNER, NewProject.named(name));
            for (int i = 0; i < 10; i++) {
                wishes.add(() -> taken(project.id()));
            }
        }
        ExecutorService pool = Executors.newFixedThreadPool(wishes.size());
        List<String> ends = new ArrayList<>();
        try {
            for (Future<String> each : pool.invokeAll(wishes)) {
                ends.add(each.get());
            }
        } finally {
            pool.shutdown();
        }
        assertThat(ends.stream().filter("taken"::equals)).hasSize(MOST);
        assertThat(ends.stream().filter(end -> !end.equals("taken")))
                .hasSize(wishes.size() - MOST)
                .allSatisfy(end -> assertThat(end).contains("network"));
    }

    private void limitTheDomain() {
        String service = cloud.get(Services.class).list(INNER, Optional.of("network"), Optional.empty()).stream()
                .findFirst()
                .orElseThrow()
                .id();
        cloud.get(RegisteredLimits.class)
                .create(
                        INNER,
                        List.of(new RegisteredLimits.Change(
                                Optional.of(service),
                                Optional.empty(),
                                Optional.of("network"),
                                Optional.of(100),
                                Optional.empty())));
        cloud.get(Limits.class)
                .create(
                        INNER,
                        List.of(new Limits.NewLimit(
                                Optional.empty(),
                                Optional.of(Project.DEFAULT_DOMAIN),
                                service,
                                Optional.empty(),
                                "network",
                                MOST,
                                Optional.empty())));
    }

    private String taken(String project) {
        try {
            database.run(em -> quotas.reserve(project, Map.of("network", 1L)));
            return "taken";
        } catch (Fault e) {
            return e.kind() + " " + e.getMessage();
        }
    }
}
