package cloud.haneul.kernel.rest;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import java.lang.reflect.Proxy;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which address a request is believed to come from, and what follows from it. */
class AddressTest {
    private RestServer server;

    @AfterEach
    void stop() {
        server.close();
        System.clearProperty("haneul.rest.trust-forwarded");
        System.clearProperty("haneul.public-url");
    }

    @Test
    void metricsAreOpenToThisMachineUnlessAProxyStandsBetween() throws Exception {
        start("127.0.0.1");
        assertThat(get("/metrics").statusCode()).isEqualTo(200);
        assertThat(get("/metrics", "X-Forwarded-For", "127.0.0.1").statusCode()).isEqualTo(401);
    }

    @Test
    void metricsAreClosedToOtherMachinesWhateverTheyClaim() throws Exception {
        start("192.0.2.7");
        assertThat(get("/metrics").statusCode()).isEqualTo(401);
        assertThat(get("/metrics", "X-Forwarded-For", "127.0.0.1").statusCode()).isEqualTo(401);
    }

    @Test
    void aProxyIsNotBelievedByDefault() throws Exception {
        start("127.0.0.1");
        HttpResponse<String> answer =
                get("/network/v2.0", "X-Forwarded-Proto", "https", "X-Forwarded-Host", "evil.example.org");
        assertThat(answer.body()).doesNotContain("evil", "https");
    }

    @Test
    void aTrustedProxyTellsSchemeAndHost() throws Exception {
        System.setProperty("haneul.rest.trust-forwarded", "true");
        start("127.0.0.1");
        assertThat(get("/network/v2.0", "X-Forwarded-Proto", "https", "X-Forwarded-Host", "cloud.example.org")
                        .body())
                .contains("https://cloud.example.org/network/v2.0/");
        assertThat(get("/network/v2.0", "X-Forwarded-Host", "\"><script>").body())
                .doesNotContain("script");
    }

    @Test
    void pagesBelieveAProxyAsTheApisDo() {
        start("127.0.0.1");
        assertThat(pageFrom("198.51.100.1, 192.0.2.9")).isEqualTo("10.0.0.1");
        System.setProperty("haneul.rest.trust-forwarded", "true");
        assertThat(pageFrom("198.51.100.1, 192.0.2.9")).isEqualTo("192.0.2.9");
        assertThat(pageFrom("<script>")).isEqualTo("10.0.0.1");
        assertThat(pageFrom(null)).isEqualTo("10.0.0.1");
    }

    /** Whom a page is told it is asked by, on a connection from 10.0.0.1. */
    private static String pageFrom(String forwardedFor) {
        HttpServletRequest request = (HttpServletRequest) Proxy.newProxyInstance(
                AddressTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, values) -> switch (method.getName()) {
                    case "getRemoteAddr" -> "10.0.0.1";
                    case "getHeader" -> values[0].equals("X-Forwarded-For") ? forwardedFor : null;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
        return new ClientAddress(new RestSettings()).address(request);
    }

    @Test
    void thePublicAddressOverridesAll() throws Exception {
        System.setProperty("haneul.public-url", "https://cloud.example.org/");
        start("127.0.0.1");
        assertThat(get("/network/v2.0").body()).contains("\"https://cloud.example.org/network/v2.0/\"");
    }

    private void start(String remoteAddress) {
        server = new RestServer(new From(remoteAddress));
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.uri(path));
        return HttpClient.newHttpClient()
                .send((headers.length == 0 ? request : request.headers(headers)).build(), BodyHandlers.ofString());
    }

    /** Does what the servlet filter does in the real server. */
    @PreMatching
    @jakarta.annotation.Priority(0)
    private static final class From implements ContainerRequestFilter {
        private final String address;

        From(String address) {
            this.address = address;
        }

        @Override
        public void filter(ContainerRequestContext request) {
            request.setProperty(ClientAddress.PROPERTY, address);
        }
    }
}
