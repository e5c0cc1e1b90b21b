package cloud.haneul.kernel.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeptJsonTest {
    private static final Optional<Microversion> OLD = Optional.of(Microversion.of("2.1"));
    private static final Optional<Microversion> NEW = Optional.of(Microversion.of("2.19"));
    private static final KeptJson.Scope SCOPE = new KeptJson.Scope("thing", true, OLD, "http://a");

    private final List<String> rendered = new ArrayList<>();
    private final Map<String, Long> changes = new HashMap<>();
    private KeptJson kept = new KeptJson(1 << 20, list -> changes.getOrDefault(list, 0L));

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
    void aWholeAnswerIsMadeAnewOnceItsListHasChanged() {
        assertThat(answer(SCOPE, "/things?", "one")).isEqualTo("{\"text\":\"one\"}");
        assertThat(answer(SCOPE, "/things?", "not looked at")).isEqualTo("{\"text\":\"one\"}");
        changes.put("other", 1L);
        assertThat(answer(SCOPE, "/things?", "not looked at")).isEqualTo("{\"text\":\"one\"}");
        changes.put("thing", 1L);
        assertThat(answer(SCOPE, "/things?", "two")).isEqualTo("{\"text\":\"two\"}");
        assertThat(answer(SCOPE, "/things?", "not looked at")).isEqualTo("{\"text\":\"two\"}");
    }

    @Test
    void whatChangesWhileAnAnswerIsMadeIsInTheNext() {
        kept.answer(SCOPE, "/things?", () -> {
            changes.put("thing", 1L);
            return new View("before or after it", "yes");
        });
        assertThat(answer(SCOPE, "/things?", "after it")).contains("after it");
    }

    @Test
    void anotherQuestionIsAnotherAnswer() {
        answer(SCOPE, "/things?", "one");
        assertThat(answer(SCOPE, "/things?limit=2", "two")).contains("two");
        assertThat(answer(new KeptJson.Scope("thing", true, NEW, "http://a"), "/things?", "three"))
                .contains("three");
        assertThat(answer(new KeptJson.Scope("thing", false, OLD, "http://a"), "/things?", "four"))
                .contains("four");
        assertThat(answer(new KeptJson.Scope("thing", true, OLD, "http://b"), "/things?", "five"))
                .contains("five");
    }

    private String answer(KeptJson.Scope scope, String target, String text) {
        return JsonMapper.write(kept.answer(scope, target, () -> new View(text, "yes")), Microversion.of("2.1"));
    }

    @Test
    void itTakesNoMoreMemoryThanItMay() {
        kept = new KeptJson(2_000, list -> 0);
        for (int i = 0; i < 100; i++) {
            shown(SCOPE, new Row("row" + i, 1, "x".repeat(100)));
        }
        rendered.clear();
        for (int i = 0; i < 100; i++) {
            shown(SCOPE, new Row("row" + i, 1, "x".repeat(100)));
        }
        assertThat(rendered).hasSizeBetween(95, 100);
    }

    @Test
    void longQuestionsCountAsWell() {
        kept = new KeptJson(20_000, list -> 0);
        for (int round = 1; round <= 2; round++) {
            for (int i = 0; i < 100; i++) {
                String text = "round " + round;
                answer(SCOPE, "/things?" + "x".repeat(2_000) + i, text);
                answer(new KeptJson.Scope("thing", true, OLD, "http://" + "a".repeat(2_000) + i), "/things?", text);
            }
        }
        long stillTheFirst = IntStream.range(0, 100)
                .filter(i ->
                        answer(SCOPE, "/things?" + "x".repeat(2_000) + i, "now").contains("round 1"))
                .count();
        assertThat(stillTheFirst).isLessThan(10);
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
