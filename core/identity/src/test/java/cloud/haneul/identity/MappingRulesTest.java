package cloud.haneul.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.haneul.identity.Mapped.GroupRef;
import cloud.haneul.kernel.Fault;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The language of mappings. */
class MappingRulesTest {
    private static final String USER = "{\"local\":[{\"user\":{\"name\":\"{0}\"}}],\"remote\":[{\"type\":\"sub\"}]}";

    private static MappingRules rules(String json) {
        try {
            List<Map<String, Object>> rules = new ObjectMapper().readValue(json, new TypeReference<>() {});
            return MappingRules.of(rules, true);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Optional<Mapped> mapped(String condition, Map<String, List<String>> said) {
        return rules("[{\"local\":[{\"user\":{\"name\":\"x\"}}],\"remote\":[" + condition + "]}]")
                .apply(said);
    }

    private static List<String> groups(String local, String condition, List<String> values) {
        return rules("[" + USER + ",{\"local\":[" + local + "],\"remote\":[" + condition + "]}]")
                .apply(Map.of("sub", List.of("ann"), "team", values))
                .orElseThrow()
                .groups()
                .stream()
                .map(group -> group.id().or(group::name).orElseThrow())
                .toList();
    }

    @Test
    void aRuleHoldsWhenAllItsConditionsDo() {
        Map<String, List<String>> said = Map.of("sub", List.of("ann"), "team", List.of("makers", "writers"));
        assertThat(mapped("{\"type\":\"sub\"}", said)).isPresent();
        assertThat(mapped("{\"type\":\"sub\"},{\"type\":\"email\"}", said)).isEmpty();
        assertThat(mapped("{\"type\":\"team\",\"any_one_of\":[\"readers\",\"writers\"]}", said))
                .isPresent();
        assertThat(mapped("{\"type\":\"team\",\"any_one_of\":[\"writer\"]}", said))
                .isEmpty();
        assertThat(mapped("{\"type\":\"team\",\"any_one_of\":[\"^wri\"],\"regex\":true}", said))
                .isPresent();
        assertThat(mapped("{\"type\":\"team\",\"not_any_of\":[\"readers\"]}", said))
                .isPresent();
        assertThat(mapped("{\"type\":\"team\",\"not_any_of\":[\"makers\"]}", said))
                .isEmpty();
        assertThat(mapped("{\"type\":\"team\",\"not_any_of\":[\"m.k\"],\"regex\":true}", said))
                .isEmpty();
        assertThat(mapped("{\"type\":\"email\",\"not_any_of\":[\"x\"]}", said)).isEmpty();
    }

    @Test
    void valuesAreFilledInByTheirNumber() {
        Mapped mapped = rules("[{\"local\":[{\"user\":{\"name\":\"{1} {0}\",\"email\":\"{0}@x\",\"id\":\"{{0}}\"}}],"
                        + "\"remote\":[{\"type\":\"a\"},{\"type\":\"c\",\"any_one_of\":[\"3\"]},{\"type\":\"b\"}]}]")
                .apply(Map.of("a", List.of("1"), "b", List.of("2"), "c", List.of("3")))
                .orElseThrow();
        assertThat(mapped.user().name()).contains("2 1");
        assertThat(mapped.user().email()).contains("1@x");
        assertThat(mapped.user().id()).contains("{0}");
    }

    @Test
    void listsAreFilteredAndBecomeGroups() {
        String named = "{\"groups\":\"{0}\",\"domain\":{\"name\":\"d\"}}";
        List<String> teams = List.of("makers", "writers", "admins");
        assertThat(groups(named, "{\"type\":\"team\"}", teams)).containsExactlyElementsOf(teams);
        assertThat(groups(named, "{\"type\":\"team\",\"whitelist\":[\"makers\",\"others\"]}", teams))
                .containsExactly("makers");
        assertThat(groups(named, "{\"type\":\"team\",\"blacklist\":[\"admins\"]}", teams))
                .containsExactly("makers", "writers");
        assertThat(groups(named, "{\"type\":\"team\",\"blacklist\":[\"^.*ers$\"],\"regex\":true}", teams))
                .containsExactly("admins");
        assertThat(groups(named, "{\"type\":\"team\",\"whitelist\":[\"nobody\"]}", teams))
                .isEmpty();
        assertThat(groups("{\"group_ids\":\"{0}\"}", "{\"type\":\"team\"}", teams))
                .containsExactlyElementsOf(teams);
        assertThat(groups(
                        "{\"groups\":\"cloud-{0}\",\"domain\":{\"id\":\"default\"}}",
                        "{\"type\":\"team\"}", List.of("a", "b")))
                .containsExactly("cloud-a", "cloud-b");
        assertThat(groups(
                        "{\"group\":{\"id\":\"1\"}},{\"group\":{\"name\":\"g\",\"domain\":{\"id\":\"x\"}}}",
                        "{\"type\":\"team\"}",
                        teams))
                .containsExactly("1", "g");
    }

    @Test
    void whatComesFromOutsideIsAValueAndNothingElse() {
        String named = "{\"groups\":\"{0}\",\"domain\":{\"name\":\"d\"}}";
        for (String odd : List.of("['admins']", "[\"admins\"]", "makers;admins", "makers,admins", "{1}", "{0}", "%s")) {
            assertThat(groups(named, "{\"type\":\"team\"}", List.of(odd))).containsExactly(odd);
        }
        assertThat(groups(named, "{\"type\":\"team\",\"whitelist\":[\"admins\"]}", List.of("makers;admins")))
                .isEmpty();
    }

    @Test
    void theFirstUserCountsAndGroupsAddUp() {
        Mapped mapped = rules("[" + USER
                        + ",{\"local\":[{\"user\":{\"name\":\"other\"},\"group\":{\"id\":\"1\"}}],\"remote\":[{\"type\":\"sub\"}]}"
                        + ",{\"local\":[{\"group\":{\"id\":\"2\"}}],\"remote\":[{\"type\":\"sub\"}]}]")
                .apply(Map.of("sub", List.of("ann")))
                .orElseThrow();
        assertThat(mapped.user().name()).contains("ann");
        assertThat(mapped.user().local()).isFalse();
        assertThat(mapped.groups()).extracting(GroupRef::id).containsExactly(Optional.of("1"), Optional.of("2"));
    }

    @Test
    void severalValuesAreNoName() {
        MappingRules rules = rules("[" + USER + "]");
        assertThatThrownBy(() -> rules.apply(Map.of("sub", List.of("ann", "root"))))
                .isInstanceOfSatisfying(Fault.class, f -> assertThat(f.kind()).isEqualTo(Fault.Kind.UNAUTHORIZED));
        assertThat(rules.apply(Map.of())).isEmpty();
    }

    @Test
    void projectsHaveRolesOfTheirOwn() {
        Mapped mapped = rules("[{\"local\":[{\"user\":{\"name\":\"{0}\"}},{\"projects\":["
                        + "{\"name\":\"one\",\"roles\":[{\"name\":\"reader\"}]},"
                        + "{\"name\":\"of {0}\",\"domain\":{\"id\":\"d\"},\"roles\":[{\"name\":\"member\"},{\"name\":\"{0}\"}]}]}],"
                        + "\"remote\":[{\"type\":\"sub\"}]}]")
                .apply(Map.of("sub", List.of("ann")))
                .orElseThrow();
        assertThat(mapped.projects()).hasSize(2);
        assertThat(mapped.projects().get(0).roles())
                .extracting(Mapped.MappedRole::name)
                .containsExactly("reader");
        assertThat(mapped.projects().get(1).name()).isEqualTo("of ann");
        assertThat(mapped.projects().get(1).roles())
                .extracting(Mapped.MappedRole::name)
                .containsExactly("member", "ann");
    }

    @Test
    void rulesThatMakeNoSenseAreRefusedWithTheirPlace() {
        for (String bad : List.of(
                "[]",
                "[{\"local\":[]}]",
                "[{\"local\":[],\"remote\":[]}]",
                "[{\"local\":[],\"remote\":[{}]}]",
                "[{\"local\":[],\"remote\":[{\"type\":\"a\"}],\"more\":1}]",
                "[{\"local\":[],\"remote\":[{\"type\":\"a\",\"any_one_of\":[\"x\"],\"not_any_of\":[\"y\"]}]}]",
                "[{\"local\":[],\"remote\":[{\"type\":\"a\",\"regex\":true}]}]",
                "[{\"local\":[],\"remote\":[{\"type\":\"a\",\"any_one_of\":[\"(\"],\"regex\":true}]}]",
                "[{\"local\":[],\"remote\":[{\"type\":\"a\",\"any_one_of\":[7]}]}]",
                "[{\"local\":[],\"remote\":[{\"type\":\"a\",\"some_of\":[\"x\"]}]}]",
                "[{\"local\":[{\"user\":{\"name\":\"{1}\"}}],\"remote\":[{\"type\":\"a\"}]}]",
                "[{\"local\":[{\"user\":{\"name\":\"{0.x}\"}}],\"remote\":[{\"type\":\"a\"}]}]",
                "[{\"local\":[{\"user\":{\"name\":\"{0}\"}}],\"remote\":[{\"type\":\"a\",\"any_one_of\":[\"x\"]}]}]",
                "[{\"local\":[{\"user\":{\"type\":\"root\"}}],\"remote\":[{\"type\":\"a\"}]}]",
                "[{\"local\":[{\"user\":{\"password\":\"x\"}}],\"remote\":[{\"type\":\"a\"}]}]",
                "[{\"local\":[{\"group\":{\"name\":\"x\"}}],\"remote\":[{\"type\":\"a\"}]}]",
                "[{\"local\":[{\"groups\":\"x\"}],\"remote\":[{\"type\":\"a\"}]}]",
                "[{\"local\":[{\"projects\":[{\"name\":\"x\"}]}],\"remote\":[{\"type\":\"a\"}]}]",
                "[{\"local\":[{\"nonsense\":\"x\"}],\"remote\":[{\"type\":\"a\"}]}]",
                "[{\"local\":[{\"user\":{\"name\":7}}],\"remote\":[{\"type\":\"a\"}]}]")) {
            assertThatThrownBy(() -> rules(bad))
                    .as(bad)
                    .isInstanceOfSatisfying(
                            Fault.class, f -> assertThat(f.kind()).isEqualTo(Fault.Kind.BAD_REQUEST))
                    .hasMessageContaining("rules");
        }
    }
}
