package cloud.haneul.portal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OriginTest {
    @Test
    void aPageOfOursIsOfTheHostThatWasAsked() {
        assertThat(FrontFilter.isOwn("http://cloud.example:8080", "cloud.example:8080"))
                .isTrue();
        assertThat(FrontFilter.isOwn("https://cloud.example", "cloud.example")).isTrue();
    }

    @Test
    void aPageOfAnotherSiteIsNot() {
        assertThat(FrontFilter.isOwn("http://evil.example", "cloud.example")).isFalse();
        assertThat(FrontFilter.isOwn("http://cloud.example.evil.example", "cloud.example"))
                .isFalse();
        assertThat(FrontFilter.isOwn("http://cloud.example:81", "cloud.example"))
                .isFalse();
        assertThat(FrontFilter.isOwn("null", "cloud.example")).isFalse();
        assertThat(FrontFilter.isOwn("http://[", "cloud.example")).isFalse();
    }
}
