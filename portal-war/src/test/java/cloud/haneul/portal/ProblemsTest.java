package cloud.haneul.portal;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.haneul.kernel.Fault;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class ProblemsTest {
    private static final Words ENGLISH = Words.of(Locale.ENGLISH);
    private static final Words KOREAN = Words.of(Locale.KOREAN);

    @Test
    void inEnglishTheCoreSpeaksForItself() {
        Notices.Problem problem = Problems.of(ENGLISH, Fault.notFound("Network", "n-1"));

        assertThat(problem.text()).isEqualTo("Network n-1 could not be found.");
        assertThat(problem.cure()).isEqualTo(ENGLISH.text("fault.NOT_FOUND"));
    }

    @Test
    void aThingThatIsNotThereIsNamedInTheLanguageOfThePage() {
        assertThat(Problems.of(KOREAN, Fault.notFound("Network", "n-1")).text()).contains("네트워크");
        assertThat(Problems.of(KOREAN, Fault.of(Fault.Kind.NOT_FOUND, "Could not find user: u."))
                        .text())
                .contains(KOREAN.text("thing.any"));
    }

    @Test
    void aWrongFieldIsNamedAndWhatTheCoreSaysOfItIsKept() {
        Notices.Problem problem =
                Problems.of(KOREAN, Fault.badRequest("networks/0/fixed_ips", "Not an address: 300.1.1.1"));

        assertThat(problem.text()).contains("주소").doesNotContain("fixed_ips");
        assertThat(problem.cure()).contains("(Not an address: 300.1.1.1)");
        assertThat(Problems.of(KOREAN, Fault.badRequest("strange", "No.")).text())
                .contains("strange");
    }

    @Test
    void aTypeThatHasASentenceOfItsOwnComesBeforeItsKind() {
        Fault inUse = Fault.conflict("Unable to complete operation on network n-1. There are ports.")
                .type("NetworkInUse");

        assertThat(Problems.of(KOREAN, inUse).text()).isEqualTo(KOREAN.text("fault.type.NetworkInUse"));
        assertThat(Problems.of(KOREAN, Fault.conflict("Not now.")).text()).isEqualTo(KOREAN.text("fault.say.CONFLICT"));
    }

    @Test
    void everyKindOfFaultIsToldInEveryLanguage() {
        for (Fault.Kind kind : Fault.Kind.values()) {
            String own = "The {core} says 'so'.";
            assertThat(Problems.of(KOREAN, Fault.of(kind, own)).text())
                    .as(kind.name())
                    .containsPattern("[가-힣]");
            assertThat(Problems.of(ENGLISH, Fault.of(kind, own)).text())
                    .as(kind.name())
                    .isEqualTo(own);
        }
    }

    @Test
    void anOperationThatFailedIsToldByItsCode() {
        assertThat(Problems.of(KOREAN, "NO_CAPACITY", "No valid host was found. Of 3 hosts, 3 are full."))
                .startsWith(KOREAN.text("problem.NO_CAPACITY"))
                .contains("(No valid host was found. Of 3 hosts, 3 are full.)");
        assertThat(Problems.of(ENGLISH, "NO_CAPACITY", "No valid host was found."))
                .isEqualTo("No valid host was found.");
        assertThat(Problems.of(KOREAN, "NEW_CODE", "It broke.")).isEqualTo("It broke.");
    }
}
