package cloud.haneul.kernel.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How files become rules: references, precedence, and what is said of mistakes. */
class PolicyBookTest {
    private static final String COMMON = "\"admin\": \"role:admin\"\n";
    private static final String CATS =
            "\"owner\": \"user_id:%(user_id)s\"\n\"cats:feed\": \"rule:admin or rule:owner\"\n";
    private static final String DOGS = "\"owner\": \"project_id:%(project_id)s\"\n\"dogs:walk\": \"rule:owner\"\n";

    @Test
    void aReferenceMeansTheRuleOfItsOwnServiceBeforeTheCommonOne() {
        PolicyBook book = book("");
        assertThat(test(book, "cats:feed", "user_id", "u1")).isTrue();
        assertThat(test(book, "cats:feed", "project_id", "p1")).isFalse();
        assertThat(test(book, "dogs:walk", "project_id", "p1")).isTrue();
        assertThat(book.rule("cats:feed").test(Callers.inProject("admin"), Map.of()))
                .isTrue();
    }

    @Test
    void aNameSeveralServicesHaveMustBeSaidWithItsService() {
        PolicyBook book = book("");
        assertThat(book.knows("owner")).isFalse();
        assertThat(book.knows("cats/owner")).isTrue();
        assertThatThrownBy(() -> book.rule("owner"))
                .hasMessageContaining("cats/owner")
                .hasMessageContaining("dogs/owner");
        assertThatThrownBy(() -> book.rule("cats:fed")).hasMessageContaining("did you mean 'cats:feed'?");
    }

    @Test
    void theOperatorsRuleTakesThePlaceOfTheDefault() {
        PolicyBook book = book("cats:feed: role:reader");
        assertThat(test(book, "cats:feed", "x", "y")).isTrue();
        assertThat(book.rule("cats:feed").overridden()).isTrue();
        assertThat(book.rule("cats:feed").source()).isEqualTo("policy.yaml:1");
        assertThat(book.rule("dogs:walk").overridden()).isFalse();
    }

    @Test
    void theDefaultsUseTheOperatorsBuildingBlocks() {
        PolicyBook book = book("admin: role:root");
        assertThat(book.rule("cats:feed").test(Callers.inProject("admin"), Map.of()))
                .isFalse();
        assertThat(book.rule("cats:feed").test(Callers.inProject("root"), Map.of()))
                .isTrue();
    }

    @Test
    void aBareNameIsMeantForEveryServiceAndAQualifiedOneForItsOwn() {
        PolicyBook all = book("owner: '!'");
        assertThat(test(all, "cats:feed", "user_id", "u1")).isFalse();
        assertThat(test(all, "dogs:walk", "project_id", "p1")).isFalse();
        PolicyBook one = book("dogs/owner: '!'");
        assertThat(test(one, "cats:feed", "user_id", "u1")).isTrue();
        assertThat(test(one, "dogs:walk", "project_id", "p1")).isFalse();
    }

    @Test
    void theOperatorMayAddBuildingBlocksOfHisOwn() {
        PolicyBook book = book("helpdesk: role:helpdesk\ncats:feed: rule:helpdesk\n");
        assertThat(book.rule("cats:feed").test(Callers.inProject("helpdesk"), Map.of()))
                .isTrue();
        assertThat(book.rule("cats:feed").test(Callers.inProject("reader"), Map.of()))
                .isFalse();
    }

    @Test
    void aServiceMayNeedAScopeForAllOfItsRules() {
        PolicyBook book = PolicyBook.of(
                Map.of("dogs", file("dogs", "scope: not project_id:None\ndogs:walk: role:admin")), Optional.empty());
        assertThat(book.rule("dogs:walk").test(Callers.inProject("admin"), Map.of()))
                .isTrue();
        assertThat(book.rule("dogs:walk").test(Callers.inDomain("admin"), Map.of()))
                .isFalse();
        assertThat(Explainer.explain(book.rule("dogs:walk"), Callers.inDomain("admin"), Map.of())
                        .reasons())
                .containsExactly("project_id:None holds, and must not");
    }

    @Test
    void unknownRulesAreMistakesWithAHint() {
        assertMistakes(
                "cats:fed: role:reader",
                "policy.yaml:1: rule 'cats:fed': there is no such rule, did you mean 'cats:feed'?");
        assertMistakes(
                "cats:feed: role:reader or rule:ownr",
                "policy.yaml:1: rule 'cats:feed' at 16: there is no rule 'ownr', did you mean 'owner'?");
        assertMistakes("x: rule:x", "policy.yaml:1: rule 'x': there is no such rule");
    }

    @Test
    void everyMistakeIsReportedAtOnceWithItsLine() {
        assertMistakes(
                "# mine\ncats:feed: role:a and\n\ndogs:walk: (role:b\n",
                "policy.yaml:2: rule 'cats:feed' at 11: a check is missing at the end",
                "policy.yaml:4: rule 'dogs:walk' at 1: this ( is not closed");
    }

    @Test
    void rulesThatLeadBackToThemselvesAreFoundWhenLoading() {
        assertMistakes(
                "cats:feed: rule:cats:feed",
                "policy.yaml:1: rule 'cats:feed' at 1: leads back to itself: cats/cats:feed -> cats/cats:feed");
        assertMistakes(
                "admin: not rule:a\na: rule:b\nb: role:x or rule:admin",
                "policy.yaml:3: rule 'b' at 11: leads back to itself: haneul/admin -> haneul/a -> haneul/b -> haneul/admin");
    }

    @Test
    void aBrokenBuildingBlockIsReportedOnceNotWhereverItIsUsed() {
        assertMistakes(
                "owner: role",
                "policy.yaml:1: rule 'owner' at 1: 'role' is not a check: it has no colon, as in role:reader",
                "policy.yaml:1: rule 'owner' at 1: 'role' is not a check: it has no colon, as in role:reader");
    }

    @Test
    void anEmptyValueOrAnUnquotedExclamationMarkIsNotMistakenForEverybody() {
        String words = "has no check; write text in quotes, \"@\" for everybody, \"!\" for nobody";
        assertMistakes("cats:feed:", "policy.yaml:1: rule 'cats:feed': " + words);
        assertMistakes("cats:feed: !", "policy.yaml:1: rule 'cats:feed': " + words);
        assertMistakes("cats:feed: {a: b}", "policy.yaml:1: rule 'cats:feed': " + words);
        assertThat(test(book("cats:feed: ''"), "cats:feed", "x", "y")).isTrue();
    }

    @Test
    void aRuleWrittenTwiceIsAMistake() {
        assertMistakes(
                "cats:feed: '@'\ncats:feed: '!'", "policy.yaml:2: rule 'cats:feed': is written twice, first in line 1");
    }

    @Test
    void whatIsNotAMapIsNotAPolicyFile() {
        assertMistakes("- role:admin", "policy.yaml:1: a policy file is a map from rule to check");
        assertThat(mistakes("cats:feed: @").get(0)).startsWith("policy.yaml:1: not YAML");
        assertThat(mistakes("a: &x [1]\nb: *x").get(0))
                .startsWith("policy.yaml")
                .contains("not YAML");
        assertThat(mistakes("a: " + "[".repeat(50) + "]".repeat(50)).get(0)).contains("not YAML");
        assertThat(book("# nothing but a comment\n").rule("cats:feed").overridden())
                .isFalse();
    }

    @Test
    void theOlderListNotationAndJsonAreRead() {
        PolicyBook book = book("{\"cats:feed\": [[\"role:reader\", \"user_id:u1\"], \"role:x\"], \"dogs:walk\": []}");
        assertThat(test(book, "cats:feed", "x", "y")).isTrue();
        assertThat(test(book, "dogs:walk", "x", "y")).isTrue();
    }

    @Test
    void scopeIsOpenedPerServiceOnly() {
        Map<String, PolicyFile> defaults = Map.of("dogs", file("dogs", "scope: not project_id:None\ndogs:walk: '@'"));
        PolicyBook opened = PolicyBook.of(defaults, Optional.of(file("policy.yaml", "dogs/scope: '@'")));
        assertThat(opened.rule("dogs:walk").test(Callers.inDomain("reader"), Map.of()))
                .isTrue();
        assertThatThrownBy(() -> PolicyBook.of(defaults, Optional.of(file("policy.yaml", "scope: '@'"))))
                .isInstanceOf(PolicyMistakes.class);
    }

    private static boolean test(PolicyBook book, String rule, String attribute, String value) {
        return book.rule(rule).test(Callers.inProject("reader"), Map.of(attribute, value));
    }

    private static void assertMistakes(String overrides, String... expected) {
        assertThat(mistakes(overrides)).containsExactly(expected);
    }

    private static List<String> mistakes(String overrides) {
        PolicyMistakes mistakes = catchThrowableOfType(PolicyMistakes.class, () -> book(overrides));
        assertThat(mistakes).isNotNull();
        return mistakes.mistakes().stream().map(Mistake::toString).toList();
    }

    private static PolicyBook book(String overrides) {
        Map<String, PolicyFile> defaults = new LinkedHashMap<>();
        defaults.put("haneul", file("haneul", COMMON));
        defaults.put("cats", file("cats", CATS));
        defaults.put("dogs", file("dogs", DOGS));
        return PolicyBook.of(
                defaults, overrides.isEmpty() ? Optional.empty() : Optional.of(file("policy.yaml", overrides)));
    }

    private static PolicyFile file(String name, String text) {
        return PolicyFile.read(name, text);
    }
}
