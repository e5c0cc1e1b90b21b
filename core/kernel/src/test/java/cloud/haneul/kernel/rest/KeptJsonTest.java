package cloud.haneul.kernel.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class KeptJsonTest {
    private static final Optional<Microversion> OLD = Optional.of(Microversion.of("2.1"));
    private static final Optional<Microversion> NEW = Optional.of(Microversion.of("2.19"));
    private static final KeptJson.Scope SCOPE = new KeptJson.Scope("thing", true, OLD, "http://a");

    private final List<String> rendered = new ArrayList<>();
    private KeptJson kept = new KeptJson(1 << 20);

    record Row(String id, int stamp, String text) {}

    record View(String text, @Since("2.19") String since) {}

    @Test
    void onlyWhatChangedIsRenderedAgainAndTheOrderStays() {
        assertThat(shown(SCOPE, new Row("a", 1, "one"), new Row("b", 1, "two")))
                .isEqualTo("[{\"text\":\"one\"},{\"text\":\"two\"}]");
        assertThat(shown(SCOPE, new Row("b", 2, "\ud558\ub298"), new Row("a", 1, "not looked at")))
                .isEqualTo("[{\"text\":\"\ud558\ub298\"},{\"text\":\"one\"}]");
        assertThat(rendered).containsExactly("a", "b", "b");
    }

    @Test
    void anotherViewIsAnotherText() {
        Row row = new Row("a", 1, "one");
        assertThat(shown(SCOPE, row)).doesNotContain("since");
        assertThat(shown(new KeptJson.Scope("thing", true, NEW, "http://a"), row))
                .contains("since");
        shown(new KeptJson.Scope("thing", false, OLD, "http://a"), row);
        shown(new KeptJson.Scope("thing", true, OLD, "http://b"), row);
        shown(new KeptJson.Scope("other", true, OLD, "http://a"), row);
        shown(new KeptJson.Scope("thing", true, Optional.empty(), "http://a"), row);
        assertThat(rendered).hasSize(6);
    }

    @Test
    void aRowThatHasGoneMeanwhileIsLeftOut() {
        assertThat(shown(SCOPE, new Row("a", 1, "one"), new Row("gone", 1, ""), new Row("b", 1, "two")))
                .isEqualTo("[{\"text\":\"one\"},{\"text\":\"two\"}]");
    }

    @Test
    void itTakesNoMoreMemoryThanItMay() {
        kept = new KeptJson(2_000);
        for (int i = 0; i < 100; i++) {
            shown(SCOPE, new Row("row" + i, 1, "x".repeat(100)));
        }
        rendered.clear();
        for (int i = 0; i < 100; i++) {
            shown(SCOPE, new Row("row" + i, 1, "x".repeat(100)));
        }
        assertThat(rendered).hasSizeBetween(95, 100);
    }

    private String shown(KeptJson.Scope scope, Row... rows) {
        Function<List<Row>, Map<String, View>> render = missing -> missing.stream()
                .peek(row -> rendered.add(row.id()))
                .filter(row -> !row.id().equals("gone"))
                .collect(Collectors.toMap(Row::id, row -> new View(row.text(), "yes")));
        List<Object> list = kept.list(scope, List.of(rows), Row::id, Row::stamp, render);
        String text = JsonMapper.write(list, Microversion.of("2.1"));
        assertThat(new String(JsonMapper.bytes(list, OLD), StandardCharsets.UTF_8))
                .isEqualTo(text);
        return text;
    }
}
