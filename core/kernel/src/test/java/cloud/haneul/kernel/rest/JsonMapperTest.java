package cloud.haneul.kernel.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JsonMapperTest {
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.000001Z");

    record View(
            @JsonProperty("OS-EXT-STS:task_state") Optional<String> task,
            @Micros(zone = false) Instant launched,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<String> fault,
            @Since("2.3") @Until("2.5") List<Inner> inner) {}

    record Inner(@Since("2.4") int a, int b) {}

    @Test
    void viewsAreWrittenAsTheirAnnotationsSay() {
        View view = new View(Optional.empty(), TIME, Optional.empty(), List.of(new Inner(1, 2)));

        assertThat(JsonMapper.write(view, Microversion.of("2.2")))
                .isEqualTo("{\"OS-EXT-STS:task_state\":null,\"launched\":\"2026-01-02T03:04:05.000001\"}");
        assertThat(JsonMapper.write(view, Microversion.of("2.3"))).endsWith(",\"inner\":[{\"b\":2}]}");
        assertThat(JsonMapper.write(view, Microversion.of("2.5"))).endsWith(",\"inner\":[{\"a\":1,\"b\":2}]}");
        assertThat(JsonMapper.write(view, Microversion.of("2.6"))).doesNotContain("inner");
        assertThat(JsonMapper.write(view, Microversion.of("3.0"))).doesNotContain("inner");
    }

    @Test
    void anOptionalThatHasAValueIsWritten() {
        View view = new View(Optional.of("spawning"), TIME, Optional.of("boom"), List.of());
        assertThat(JsonMapper.write(view, Microversion.of("2.1")))
                .contains("\"OS-EXT-STS:task_state\":\"spawning\"", "\"fault\":\"boom\"");
    }
}
