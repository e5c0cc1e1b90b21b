package cloud.haneul.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PathPatternTest {
    private static boolean matches(String pattern, String path) {
        return new PathPattern(pattern).matches(path);
    }

    @Test
    void aStarIsOneSegmentAndTwoAreAny() {
        assertThat(matches("/v2.1/servers", "/v2.1/servers")).isTrue();
        assertThat(matches("/v2.1/servers", "/v2.1/servers/1")).isFalse();
        assertThat(matches("/v2.1/servers", "/v2x1/servers")).isFalse();
        assertThat(matches("/v2.1/servers/*/ips", "/v2.1/servers/1/ips")).isTrue();
        assertThat(matches("/v2.1/servers/*/ips", "/v2.1/servers/1/2/ips")).isFalse();
        assertThat(matches("/v2.1/servers/*/ips", "/v2.1/servers//ips")).isFalse();
        assertThat(matches("/v2.1/servers/{server_id}/ips", "/v2.1/servers/1/ips"))
                .isTrue();
        assertThat(matches("/v2.1/**", "/v2.1/servers/1/ips")).isTrue();
        assertThat(matches("/v2.1/**", "/v2.1/")).isTrue();
        assertThat(matches("/v2.1/**", "/v2.0/")).isFalse();
        assertThat(matches("**/ips", "/v2.1/servers/1/ips")).isTrue();
        assertThat(matches("**", "")).isTrue();
        assertThat(matches("/a*c/**/d", "/abc/x/y/d")).isTrue();
        assertThat(matches("/(.+)", "/x")).isFalse();
        assertThat(matches("/{", "/{")).isTrue();
    }

    @Test
    @Timeout(5)
    void noPatternTakesLong() {
        String path = "/" + "a".repeat(8000);
        long start = System.nanoTime();
        assertThat(matches("/" + "**a".repeat(16) + "b", path)).isFalse();
        assertThat(matches("/" + "*a".repeat(16) + "b", path)).isFalse();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void aRuleNamesItsServicesPathWithOrWithoutTheService() {
        PathPattern rule = new PathPattern("/v2.1/servers");
        assertThat(AccessRules.matches(rule, "/compute/v2.1", "/compute/v2.1/servers"))
                .isTrue();
        assertThat(AccessRules.matches(rule, "/compute/v2.1", "/v2.1/servers")).isFalse();
        assertThat(AccessRules.matches(rule, "/compute/v2.1", "/computer/v2.1/servers"))
                .isFalse();
        assertThat(AccessRules.matches(
                        new PathPattern("/compute/v2.1/servers"), "/compute/v2.1", "/compute/v2.1/servers"))
                .isTrue();
        assertThat(AccessRules.matches(
                        new PathPattern("/v3/*/volumes"), "/volume/v3/%(project_id)s", "/volume/v3/p/volumes"))
                .isTrue();
        assertThat(AccessRules.matches(new PathPattern("/v3/users"), "/identity", "/identity/v3/users"))
                .isTrue();
    }
}
