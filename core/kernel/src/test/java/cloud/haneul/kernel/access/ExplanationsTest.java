package cloud.haneul.kernel.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.access.CallerBook.Scope;
import cloud.haneul.kernel.access.Explanations.Question;
import cloud.haneul.kernel.testing.TestCloud;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Explanations without the services that know users and things; those are asked in the portal's sweep of all endpoints. */
@ExtendWith(TestCloud.class)
class ExplanationsTest {
    private static final Caller ADMIN = Callers.inProject("admin");
    private static final Caller READER = Callers.inProject("reader");
    private static final Optional<String> NONE = Optional.empty();

    private final Explanations explanations;
    private final Access access;

    ExplanationsTest(Explanations explanations, Access access) {
        this.explanations = explanations;
        this.access = access;
    }

    @Test
    void everybodyMayAskForHimself() {
        Decision no =
                explanations.explain(READER, about("haneul:operations:retry")).decision();
        assertThat(no.allowed()).isFalse();
        assertThat(no.reasons()).containsExactly("the caller has not the role admin");
        assertThat(no.roleNeeded()).contains("admin");
        assertThat(explanations
                        .explain(READER, about("haneul:operations:list"))
                        .decision()
                        .allowed())
                .isTrue();
    }

    @Test
    void tokensForADomainOrNothingAreGoodForThatToo() {
        for (Caller caller : List.of(Callers.unscoped(), Callers.inDomain("admin"))) {
            Decision no = explanations
                    .explain(caller, about("haneul:operations:list"))
                    .decision();
            assertThat(no.allowed()).isFalse();
            assertThat(no.reasons()).isNotEmpty();
            Question of =
                    new Question("haneul:operations:list", Optional.of("u2"), Optional.of(project("p1")), NONE, NONE);
            assertKind(Fault.Kind.FORBIDDEN, caller, of);
        }
    }

    @Test
    void forOthersAsksAManagerInHisProjectAndAnAdministrator() {
        Question of = new Question("haneul:operations:list", Optional.of("u2"), Optional.of(project("p1")), NONE, NONE);
        Question elsewhere =
                new Question("haneul:operations:list", Optional.of("u2"), Optional.of(project("p2")), NONE, NONE);
        assertKind(Fault.Kind.FORBIDDEN, Callers.inProject("member"), of);
        assertKind(Fault.Kind.FORBIDDEN, Callers.inProject("manager"), elsewhere);
        // there is no service here that knows a user
        assertKind(Fault.Kind.NOT_FOUND, Callers.inProject("manager"), of);
        assertKind(Fault.Kind.NOT_FOUND, ADMIN, elsewhere);
    }

    @Test
    void whatIsNotThereIsNamed() {
        assertThatThrownBy(() -> explanations.explain(ADMIN, about("haneul:hosts:lis")))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.field()).contains("rule"))
                .hasMessageContaining("haneul:hosts:list");
        assertThatThrownBy(() -> explanations.explain(
                        ADMIN,
                        new Question(
                                "haneul:hosts:list", NONE, Optional.empty(), Optional.of("moon"), Optional.of("1"))))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.field()).contains("target_type"));
        assertThatThrownBy(() -> explanations.explain(
                        ADMIN, new Question("haneul:hosts:list", NONE, Optional.empty(), NONE, Optional.of("1"))))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.field()).contains("target_type"));
    }

    @Test
    void theRulesAreForAdministrators() {
        assertThat(explanations.rules(ADMIN)).anySatisfy(rule -> {
            assertThat(rule.name()).isEqualTo("haneul:audit:list");
            assertThat(rule.source()).startsWith("policy/haneul.yaml:");
            assertThat(rule.overridden()).isFalse();
        });
        assertThat(explanations.mistakes(ADMIN)).isEmpty();
        assertThatThrownBy(() -> explanations.rules(READER)).isInstanceOf(Fault.class);
        assertThatThrownBy(() -> explanations.mistakes(READER)).isInstanceOf(Fault.class);
    }

    @Test
    void aRefusalNamesTheRoleThatWouldBeNeededAndNothingOfOthersThings() {
        assertThatThrownBy(() -> access.require(READER, "haneul:operations:retry", Map.of()))
                .hasMessage(
                        "Policy doesn't allow haneul:operations:retry to be performed. The role admin would be needed.");
        assertThatThrownBy(() -> access.require(
                        Callers.inProject("member"), "haneul:operations:show", Map.of("project_id", "foreign")))
                .message()
                .doesNotContain("foreign", "p1");
        assertThatThrownBy(() -> access.require(Callers.inProject(), "haneul:operations:retry", Map.of()))
                .hasMessage("Policy doesn't allow haneul:operations:retry to be performed.");
    }

    private static Scope project(String id) {
        return new Scope(Optional.of(id), Optional.empty(), false);
    }

    private static Question about(String rule) {
        return new Question(rule, NONE, Optional.empty(), NONE, NONE);
    }

    private void assertKind(Fault.Kind kind, Caller asker, Question question) {
        assertThatThrownBy(() -> explanations.explain(asker, question))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.kind()).isEqualTo(kind));
    }
}
