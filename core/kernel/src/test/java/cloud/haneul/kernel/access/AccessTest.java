package cloud.haneul.kernel.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessTest {
    private static final String COMPUTE = String.join(
            "\n",
            "scope: not project_id:None or system_scope:all",
            "servers:show: role:reader and project_id:%(project_id)s or role:admin",
            "servers:delete: role:member and project_id:%(project_id)s or role:admin",
            "servers:move: rule:admin",
            "servers:never: '!'");
    private static final String NETWORK = "create_network: role:member\ncreate_network:shared: role:admin\n";
    private static final Map<String, String> OWN = Map.of("project_id", "p1");
    private static final Map<String, String> FOREIGN = Map.of("project_id", "p2");

    @TempDir
    private Path folder;

    private final MovableClock clock = new MovableClock();
    private Path file;
    private Access access;

    @BeforeEach
    void start() {
        file = folder.resolve("policy.yaml");
        access = start(file);
    }

    private Access start(Path overrides) {
        Map<String, PolicyFile> defaults = new LinkedHashMap<>();
        defaults.put("haneul", PolicyFile.read("haneul", "admin: role:admin"));
        defaults.put("compute", PolicyFile.read("compute", COMPUTE));
        defaults.put("network", PolicyFile.read("network", NETWORK));
        defaults.put("identity", PolicyFile.read("identity", "identity:create_user: role:admin"));
        return new Access(defaults, overrides, clock);
    }

    @Test
    void aRefusalSaysTheRuleToTheUserAndTheReasonToTheOperator() {
        Caller reader = Callers.inProject("reader");
        assertThatThrownBy(() -> access.require(reader, "servers:delete", OWN))
                .isInstanceOfSatisfying(Fault.class, fault -> {
                    assertThat(fault.kind()).isEqualTo(Fault.Kind.FORBIDDEN);
                    assertThat(fault).hasMessage("Policy doesn't allow servers:delete to be performed.");
                    assertThat(fault.detail()).contains("has not the role member", "the role member would be enough");
                });
        assertThatCode(() -> access.require(Callers.inProject("member"), "servers:delete", OWN))
                .doesNotThrowAnyException();
    }

    @Test
    void everyApiFamilyRefusesInItsOwnWords() {
        Caller reader = Callers.inProject("reader");
        assertThatThrownBy(() -> access.require(reader, "create_network", OWN))
                .hasMessage("rule:create_network is disallowed by policy");
        assertThatThrownBy(() -> access.require(reader, "identity:create_user", OWN))
                .hasMessage("You are not authorized to perform the requested action: identity:create_user.");
    }

    @Test
    void whatACallerMayNotSeeIsNotFoundAndWhatHeSeesButMayNotDoIsForbidden() {
        assertThat(kindOf(Callers.inProject("member"), FOREIGN)).isEqualTo(Fault.Kind.NOT_FOUND);
        assertThat(kindOf(Callers.inProject("reader"), OWN)).isEqualTo(Fault.Kind.FORBIDDEN);
        assertThatCode(() -> delete(Callers.inProject("reader", "member"), OWN)).doesNotThrowAnyException();
    }

    @Test
    void attributesWithARuleOfTheirOwnNeedThatToo() {
        Caller member = Callers.inProject("member");
        assertThatCode(() -> access.requireWith(member, "create_network", List.of("name", "mtu"), OWN))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> access.requireWith(member, "create_network", List.of("name", "shared"), OWN))
                .hasMessage("rule:create_network:shared is disallowed by policy");
    }

    @Test
    void anAdminOfADomainHasNoPowerWhereProjectsAreNeeded() {
        assertThat(access.allowed(Callers.inDomain("admin"), "servers:move", OWN))
                .isFalse();
        assertThat(access.allowed(Callers.inSystem("admin"), "servers:move", OWN))
                .isTrue();
        assertThat(access.allowed(Caller.inner("test"), "servers:move", OWN)).isTrue();
    }

    @Test
    void askingForARuleThatDoesNotExistIsAMistakeOfOurs() {
        assertThatThrownBy(() -> access.allowed(Callers.inProject("admin"), "servers:delet", OWN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("did you mean 'servers:delete'?");
    }

    @Test
    void aDecisionIsExplained() {
        Decision foreign = access.explain(Callers.inProject("reader"), "servers:show", FOREIGN);
        assertThat(foreign.allowed()).isFalse();
        assertThat(foreign.reasons())
                .containsExactly(
                        "the caller's project_id p1 is not the target's project_id p2",
                        "the caller has not the role admin");
        assertThat(foreign.roleNeeded()).contains("admin");

        Decision weak = access.explain(Callers.inProject("reader"), "servers:delete", OWN);
        assertThat(weak.roleNeeded()).contains("member");

        Decision nobody = access.explain(Callers.inSystem("admin"), "servers:never", OWN);
        assertThat(nobody.reasons()).containsExactly("nobody may do this");
        assertThat(nobody.roleNeeded()).isEmpty();

        Decision vague = access.explain(Callers.inProject("reader"), "servers:show", Map.of());
        assertThat(vague.reasons()).contains("the target has no project_id");

        Decision fine = access.explain(Callers.inProject("reader"), "servers:show", OWN);
        assertThat(fine.allowed()).isTrue();
        assertThat(fine.reasons()).isEmpty();
        assertThat(fine.toString()).startsWith("servers:show is allowed by");
    }

    @Test
    void whatAUserSentStaysOnItsLineInTheLog() {
        Decision decision = access.explain(
                Callers.inProject("reader"),
                "servers:show",
                Map.of("project_id", "x\n2030 ERROR all is lost" + "!".repeat(500)));
        assertThat(decision.toString())
                .contains("x?2030 ERROR all is lost!")
                .doesNotContain("\n")
                .hasSizeLessThan(500);
    }

    @Test
    void theOperatorsFileIsReadAgainWhenItChangesAndWhenItGoesAway() throws IOException {
        Caller reader = Callers.inProject("reader");
        assertThat(access.allowed(reader, "servers:delete", OWN)).isFalse();

        Files.writeString(file, "servers:delete: role:reader\n");
        assertThat(access.allowed(reader, "servers:delete", OWN))
                .as("within the second nobody looks")
                .isFalse();
        clock.forward(Duration.ofSeconds(1));
        assertThat(access.allowed(reader, "servers:delete", OWN)).isTrue();

        Files.writeString(file, "servers:delete: role:nobody\n");
        clock.forward(Duration.ofSeconds(1));
        assertThat(access.allowed(reader, "servers:delete", OWN)).isFalse();

        Files.writeString(file, "servers:delete: role:reader and @\n");
        clock.forward(Duration.ofSeconds(1));
        assertThat(access.allowed(reader, "servers:delete", OWN)).isTrue();

        Files.delete(file);
        clock.forward(Duration.ofSeconds(1));
        assertThat(access.allowed(reader, "servers:delete", OWN)).isFalse();
    }

    @Test
    void aMistakeLeavesTheRulesFromBeforeInForce() throws IOException {
        Caller reader = Callers.inProject("reader");
        Files.writeString(file, "servers:delete: role:reader\n");
        clock.forward(Duration.ofSeconds(1));
        assertThat(access.allowed(reader, "servers:delete", OWN)).isTrue();
        assertThat(access.mistakes()).isEmpty();

        Files.writeString(file, "servers:delete: role:member\nservers:mov: role:reader\nservers:show: role:a or\n");
        clock.forward(Duration.ofSeconds(1));
        assertThat(access.allowed(reader, "servers:delete", OWN)).isTrue();
        assertThat(access.mistakes()).extracting(Mistake::line).containsExactlyInAnyOrder(2, 3);

        Files.writeString(file, "servers:delete: role:member\n");
        clock.forward(Duration.ofSeconds(1));
        assertThat(access.allowed(reader, "servers:delete", OWN)).isFalse();
        assertThat(access.mistakes()).isEmpty();
    }

    @Test
    void aFileWithMistakesAtStartLeavesTheDefaultsInForce() throws IOException {
        Files.writeString(file, "servers:show: nonsense\n");
        Access started = start(file);
        assertThat(started.allowed(Callers.inProject("reader"), "servers:show", OWN))
                .isTrue();
        assertThat(started.mistakes()).singleElement().asString().contains("servers:show", "policy.yaml:1");
    }

    @Test
    void aFileThatCannotBeReadLeavesTheDefaultsInForce() {
        Access started = start(folder);
        assertThat(started.allowed(Callers.inProject("reader"), "servers:show", OWN))
                .isTrue();
        assertThat(started.mistakes()).singleElement().asString().contains("cannot be read");
    }

    private Fault.Kind kindOf(Caller caller, Map<String, String> target) {
        try {
            delete(caller, target);
        } catch (Fault fault) {
            return fault.kind();
        }
        throw new AssertionError("was allowed");
    }

    private void delete(Caller caller, Map<String, String> target) {
        access.requireVisible(caller, "servers:show", "servers:delete", target, () -> Fault.notFound("Instance", "s1"));
    }

    private static final class MovableClock extends Clock {
        private Instant now = Instant.parse("2030-01-01T00:00:00Z");

        void forward(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
