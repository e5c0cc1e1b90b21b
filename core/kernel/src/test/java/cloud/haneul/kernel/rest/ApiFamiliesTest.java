package cloud.haneul.kernel.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.haneul.kernel.Fault;
import java.util.List;
import org.junit.jupiter.api.Test;

class ApiFamiliesTest {
    private final ApiFamilies families = new ApiFamilies(List.of(
            ApiFamily.of("compute", "/compute", ErrorShapes.nova()),
            ApiFamily.of("compute-old", "/compute/v2", ErrorShapes.nova()),
            ApiFamily.of("image", "/image", ErrorShapes.glance()).status(Fault.Kind.OVER_QUOTA, 413)));

    @Test
    void theLongestPrefixOfWholeSegmentsWins() {
        assertThat(families.of("/compute").name()).isEqualTo("compute");
        assertThat(families.of("/compute/v2.1/servers").name()).isEqualTo("compute");
        assertThat(families.of("/compute/v2/servers").name()).isEqualTo("compute-old");
        assertThat(families.of("/computers").name()).isEqualTo("other");
        assertThat(families.of("/").name()).isEqualTo("other");
    }

    @Test
    void aFamilyMayUseAnotherStatus() {
        assertThat(families.of("/image/v2").statusOf(Fault.Kind.OVER_QUOTA)).isEqualTo(413);
        assertThat(families.of("/image/v2").statusOf(Fault.Kind.NOT_FOUND)).isEqualTo(404);
    }

    @Test
    void twoFamiliesAtOnePathAreAMistake() {
        ApiFamily one = ApiFamily.of("one", "/x", ErrorShapes.nova());
        ApiFamily two = ApiFamily.of("two", "/x", ErrorShapes.nova());
        assertThatThrownBy(() -> new ApiFamilies(List.of(one, two))).hasMessageContaining("/x");
        assertThatThrownBy(() -> ApiFamily.of("x", "/x/", ErrorShapes.nova())).hasMessageContaining("/x/");
    }
}
