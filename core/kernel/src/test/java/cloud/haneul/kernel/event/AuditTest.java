package cloud.haneul.kernel.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.Ids;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.data.Page;
import cloud.haneul.kernel.testing.TestCloud;
import cloud.haneul.kernel.testing.With;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("postgresql")
@ExtendWith(TestCloud.class)
@With("haneul.audit.max-events=2500")
class AuditTest {
    private static final Caller OPERATOR = Caller.inner("test");

    private final Audit audit;
    private final Database database;
    private final AuditRetention retention;

    AuditTest(Audit audit, Database database, AuditRetention retention) {
        this.audit = audit;
        this.database = database;
        this.retention = retention;
    }

    @BeforeEach
    void empty() {
        database.run(em -> em.createQuery("delete from AuditRecord a").executeUpdate());
    }

    @Test
    void anEventSaysWhoDidWhatFromWhereOnWhatWithWhatResult() {
        Caller min = caller("min", "p", "member");
        audit.failure(min, "os_compute_api:servers:delete", "server", "s1", "web", "locked");
        AuditRecord event = all().get(0);
        assertThat(event.userId()).isEqualTo("min");
        assertThat(event.userName()).isEqualTo("Min");
        assertThat(event.projectId()).contains("p");
        assertThat(event.address()).isEqualTo("192.0.2.7");
        assertThat(event.requestId()).isEqualTo(min.requestId());
        assertThat(event.action()).isEqualTo("os_compute_api:servers:delete");
        assertThat(List.of(event.targetType(), event.targetId(), event.targetName()))
                .containsExactly("server", "s1", "web");
        assertThat(event.outcome()).isEqualTo("failure");
        assertThat(event.reason()).isEqualTo("locked");
    }

    @Test
    void anEventGoesWithTheChangeItTellsOf() {
        assertThatThrownBy(() -> database.run(em -> {
                    audit.success(OPERATOR, "create", "thing", "1", "");
                    throw Fault.conflict("in between");
                }))
                .isInstanceOf(Fault.class);
        assertThat(all()).isEmpty();
    }

    @Test
    void aManagerSeesHisOwnProjectsEventsAndNoOthers() {
        audit.success(caller("a", "own", "member"), "create", "thing", "1", "");
        audit.success(caller("b", "other", "member"), "create", "thing", "2", "");
        Caller manager = caller("boss", "own", "manager");
        assertThat(audit.list(manager, AuditFilter.none(), Page.all()))
                .extracting(AuditRecord::targetId)
                .containsExactly("1");
        assertForbidden(() -> audit.list(manager, AuditFilter.none().inProject("other"), Page.all()));
        assertForbidden(() -> audit.list(caller("a", "own", "member"), AuditFilter.none(), Page.all()));
        assertThat(audit.list(OPERATOR, AuditFilter.none().inProject("other"), Page.all()))
                .extracting(AuditRecord::targetId)
                .containsExactly("2");
        String foreign = Long.toString(audit.list(OPERATOR, AuditFilter.none().inProject("other"), Page.all())
                .get(0)
                .id());
        assertThat(audit.show(OPERATOR, foreign).targetId()).isEqualTo("2");
        for (String id : List.of(foreign, "no number", "1".repeat(40))) {
            assertThatThrownBy(() -> audit.show(manager, id))
                    .isInstanceOfSatisfying(
                            Fault.class, fault -> assertThat(fault.kind()).isEqualTo(Fault.Kind.NOT_FOUND));
        }
    }

    @Test
    void aMarkerTellsNothingOfOthersEvents() {
        audit.success(caller("b", "other", "member"), "create", "thing", "2", "");
        String foreign = Long.toString(all().get(0).id());
        assertThatThrownBy(() -> audit.list(
                        caller("boss", "own", "manager"),
                        AuditFilter.none(),
                        new Page(10, Optional.of(foreign), List.of())))
                .hasMessageContaining("Invalid marker");
    }

    @Test
    void eventsAreFoundByEachOfTheirFields(TestCloud cloud) {
        Instant start = cloud.clock().instant();
        Caller min = caller("min", "p", "member");
        audit.success(min, "create", "server", "s1", "web");
        cloud.clock().forward(Duration.ofMinutes(1));
        audit.failure(caller("ji", "q", "member"), "delete", "image", "i1", "disk", "no");
        Optional<String> none = Optional.empty();
        Optional<Instant> never = Optional.empty();
        Map.of(
                        "user",
                        new AuditFilter(none, Optional.of("min"), none, none, none, none, none, never, never),
                        "rule",
                        new AuditFilter(none, none, Optional.of("create"), none, none, none, none, never, never),
                        "outcome",
                        new AuditFilter(none, none, none, Optional.of("success"), none, none, none, never, never),
                        "type",
                        new AuditFilter(none, none, none, none, Optional.of("server"), none, none, never, never),
                        "id",
                        new AuditFilter(none, none, none, none, none, Optional.of("s1"), none, never, never),
                        "request",
                        new AuditFilter(none, none, none, none, none, none, Optional.of(min.requestId()), never, never),
                        "until",
                        new AuditFilter(
                                none,
                                none,
                                none,
                                none,
                                none,
                                none,
                                none,
                                Optional.of(start),
                                Optional.of(start.plusSeconds(30))),
                        "project",
                        AuditFilter.none().inProject("p"))
                .forEach((name, filter) -> assertThat(audit.list(OPERATOR, filter, Page.all()))
                        .as(name)
                        .extracting(AuditRecord::targetId)
                        .containsExactly("s1"));
        assertThat(all()).extracting(AuditRecord::targetId).containsExactly("i1", "s1");
    }

    @Test
    void whatIsTooOldGoes(TestCloud cloud) {
        audit.success(OPERATOR, "create", "thing", "old", "");
        cloud.clock().forward(Duration.ofDays(89));
        audit.success(OPERATOR, "create", "thing", "young", "");
        retention.reconcile();
        assertThat(all()).hasSize(2);
        cloud.clock().forward(Duration.ofDays(2));
        retention.reconcile();
        assertThat(all()).extracting(AuditRecord::targetId).containsExactly("young");
    }

    @Test
    void howeverManyThereAreTheTrailIsBounded() {
        database.run(em -> {
            for (int i = 0; i < 4000; i++) {
                audit.success(OPERATOR, "create", "thing", i, "");
            }
        });
        retention.reconcile();
        assertThat(database.<Long>read(em -> em.createQuery("select count(a) from AuditRecord a", Long.class)
                        .getSingleResult()))
                .isEqualTo(2500);
        assertThat(all().get(0).targetId()).isEqualTo("3999");
    }

    private List<AuditRecord> all() {
        return audit.list(OPERATOR, AuditFilter.none(), Page.all());
    }

    private static void assertForbidden(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(Fault.class, fault -> assertThat(fault.kind())
                .isEqualTo(Fault.Kind.FORBIDDEN));
    }

    private static Caller caller(String user, String project, String role) {
        return new Caller(
                user,
                user.substring(0, 1).toUpperCase(Locale.ROOT) + user.substring(1),
                "default",
                "Default",
                Optional.of(project),
                Optional.of(project),
                Optional.of("default"),
                Optional.of("Default"),
                Optional.empty(),
                Optional.empty(),
                false,
                Set.of(role),
                Ids.newRequestId(),
                Optional.empty(),
                Locale.ENGLISH,
                "192.0.2.7");
    }
}
