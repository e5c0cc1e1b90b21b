package cloud.haneul.portal.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MappingTextTest {
    private static final String TEXT = """
        [
          {
            "remote": [
              {"type": "OIDC-sub"},
              {"type": "groups",
               "any_one_of": ["staff"]}
            ],
            "local": [
              {"user": {"name": "{0}"}}
            ]
          }
        ]
        """;

    @Test
    void theLineOfAPlaceInTheRulesIsFound() {
        assertThat(MappingText.line(TEXT, "rules")).hasValue(1);
        assertThat(MappingText.line(TEXT, "rules/0")).hasValue(2);
        assertThat(MappingText.line(TEXT, "rules/0/remote")).hasValue(3);
        assertThat(MappingText.line(TEXT, "rules/0/remote/1")).hasValue(5);
        assertThat(MappingText.line(TEXT, "rules/0/remote/1/any_one_of")).hasValue(6);
        assertThat(MappingText.line(TEXT, "rules/0/local/0/user/name")).hasValue(9);
        assertThat(MappingText.line(TEXT, "rules/1")).isEmpty();
    }

    @Test
    void whatIsWrittenIsRead() {
        assertThat(MappingText.read(MappingText.write(MappingText.read(TEXT)))).isEqualTo(MappingText.read(TEXT));
    }

    @Test
    void whereTextIsNoJsonIsTold() {
        assertThatThrownBy(() -> MappingText.read("[\n  {\"remote\": [}\n]"))
                .isInstanceOfSatisfying(
                        MappingText.Malformed.class, e -> assertThat(e.line()).isEqualTo(2));
        assertThatThrownBy(() -> MappingText.read("[{\"a\": 1,\n\"a\": 2}]"))
                .isInstanceOfSatisfying(
                        MappingText.Malformed.class, e -> assertThat(e.line()).isEqualTo(2));
        assertThatThrownBy(() -> MappingText.read("{}")).isInstanceOf(MappingText.Malformed.class);
        assertThatThrownBy(() -> MappingText.read("[] []")).isInstanceOf(MappingText.Malformed.class);
    }
}
