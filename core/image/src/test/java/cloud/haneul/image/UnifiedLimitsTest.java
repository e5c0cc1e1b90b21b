package cloud.haneul.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.haneul.identity.Limit;
import cloud.haneul.identity.Limits;
import cloud.haneul.identity.NewProject;
import cloud.haneul.identity.Projects;
import cloud.haneul.identity.RegisteredLimit;
import cloud.haneul.identity.RegisteredLimits;
import cloud.haneul.identity.Services;
import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.Ids;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.quota.Quotas;
import cloud.haneul.kernel.testing.TestCloud;
import cloud.haneul.kernel.testing.With;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The identity service's unified limits as the limits of a service's quota, here of images. */
@ExtendWith(TestCloud.class)
@With("haneul.identity.limit-model=strict_two_level")
class UnifiedLimitsTest {
    private static final String COUNT = "image_count_total";

    private final Caller admin = Caller.inner("test");
    private final Database database;
    private final Quotas quotas;
    private final Limits limits;
    private final RegisteredLimits registered;
    private final Projects projects;
    private final String service;
    private String domain;
    private RegisteredLimit anybodys;

    UnifiedLimitsTest(TestCloud cloud) {
        database = cloud.get(Database.class);
        quotas = cloud.get(Quotas.class);
        limits = cloud.get(Limits.class);
        registered = cloud.get(RegisteredLimits.class);
        projects = cloud.get(Projects.class);
        service = cloud.get(Services.class)
                .list(admin, Optional.of("image"), Optional.empty())
                .get(0)
                .id();
    }

    @BeforeEach
    void register() {
        NewProject wanted = new NewProject(
                "d" + Ids.newSecret(6),
                Optional.empty(),
                Optional.empty(),
                true,
                true,
                "",
                java.util.Set.of(),
                false,
                Map.of());
        domain = projects.create(admin, wanted).id();
        anybodys = registered
                .create(
                        admin,
                        List.of(new RegisteredLimits.Change(
                                Optional.of(service),
                                Optional.empty(),
                                Optional.of(COUNT),
                                Optional.of(7),
                                Optional.empty())))
                .get(0);
    }

    @AfterEach
    void unregister() {
        limits.list(
                        admin,
                        new Limits.Filter(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(service),
                                Optional.empty(),
                                Optional.empty()),
                        cloud.haneul.kernel.data.Page.all())
                .forEach(limit -> limits.delete(admin, limit.id()));
        registered.delete(admin, anybodys.id());
    }

    private String project() {
        return projects.create(admin, NewProject.named("p" + Ids.newSecret(6)).in(domain))
                .id();
    }

    private Limit limit(Optional<String> project, Optional<String> ofDomain, int most) {
        return limits.create(
                        admin,
                        List.of(new Limits.NewLimit(
                                project, ofDomain, service, Optional.empty(), COUNT, most, Optional.empty())))
                .get(0);
    }

    /** How many of {@code tries} at once get one. */
    private long taken(List<String> whose, int tries) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<Boolean>> all = new ArrayList<>();
        for (int i = 0; i < tries; i++) {
            String project = whose.get(i % whose.size());
            all.add(threads.submit(() -> {
                try {
                    database.run(em -> quotas.reserve(project, Map.of(COUNT, 1L)));
                    return true;
                } catch (Fault e) {
                    assertThat(e.kind()).isEqualTo(Fault.Kind.OVER_QUOTA);
                    return false;
                }
            }));
        }
        long taken = 0;
        for (Future<Boolean> one : all) {
            taken += one.get() ? 1 : 0;
        }
        threads.shutdown();
        return taken;
    }

    @Test
    void aRegisteredLimitIsTheDefaultAndALimitTheProjects() throws Exception {
        String project = project();
        assertThat(quotas.limit(project, COUNT)).isEqualTo(7);
        assertThat(quotas.defaults(List.of(COUNT))).containsEntry(COUNT, 7L);
        Limit own = limit(Optional.of(project), Optional.empty(), 3);
        assertThat(quotas.limit(project, COUNT)).isEqualTo(3);
        assertThat(taken(List.of(project), 20)).isEqualTo(3);
        limits.update(admin, own.id(), Optional.of(5), Optional.empty());
        assertThat(taken(List.of(project), 20)).isEqualTo(2);
        limits.delete(admin, own.id());
        assertThat(taken(List.of(project), 20)).isEqualTo(2);
    }

    @Test
    void theServicesOwnQuotaApiChangesTheSameLimit() {
        String project = project();
        Limit own = limit(Optional.of(project), Optional.empty(), 3);
        quotas.limit(Optional.of(project), Map.of(COUNT, 4L));
        assertThat(limits.get(admin, own.id()).resourceLimit()).isEqualTo(4);
        // and cannot pass the domain's that way either
        assertThatThrownBy(() -> quotas.limit(Optional.of(project), Map.of(COUNT, 8L)))
                .isInstanceOfSatisfying(Fault.class, f -> assertThat(f.kind()).isEqualTo(Fault.Kind.FORBIDDEN));
        assertThat(quotas.limit(project, COUNT)).isEqualTo(4);
        quotas.limit(Optional.empty(), Map.of(COUNT, 6L));
        assertThat(registered.get(admin, anybodys.id()).defaultLimit()).isEqualTo(6);
        quotas.reset(project, List.of(COUNT));
        assertThat(quotas.limit(project, COUNT)).isEqualTo(6);
        assertThatThrownBy(() -> limits.get(admin, own.id())).isInstanceOf(Fault.class);
    }

    @Test
    void allProjectsOfADomainTogetherCannotUseMoreThanTheDomainsLimit() throws Exception {
        List<String> three = List.of(project(), project(), project());
        limit(Optional.empty(), Optional.of(domain), 8);
        assertThat(taken(three, 30)).isEqualTo(8);
        assertThatThrownBy(() -> database.run(em -> quotas.reserve(three.get(0), Map.of(COUNT, 1L))))
                .hasMessageContaining("the domain already used 8 of 8");
        database.run(em -> quotas.release(three.get(1), Map.of(COUNT, 1L)));
        assertThat(taken(three, 6)).isEqualTo(1);
    }
}
