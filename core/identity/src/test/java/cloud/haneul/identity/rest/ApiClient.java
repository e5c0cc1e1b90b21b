package cloud.haneul.identity.rest;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.haneul.kernel.testing.TestCloud;
import cloud.haneul.kernel.testing.TestRest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A client of the identity API, by default the administrator in his project. Paths are those below {@code /identity/v3}, or start with {@code /haneul}.
 *
 * <pre>{@code
 * String id = api.made("/projects", "{\"project\":{\"name\":\"place\"}}");
 * assertThat(api.get("/projects/" + id).at("/project/name")).isEqualTo("place");
 * }</pre>
 */
final class ApiClient implements AutoCloseable {
    static final String ADMIN_PROJECT = "{\"project\":{\"name\":\"admin\",\"domain\":{\"id\":\"default\"}}}";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final TestRest rest;
    private final String token;

    private ApiClient(TestRest rest, String token) {
        this.rest = rest;
        this.token = token;
    }

    /** What came back. */
    record Answer(int status, JsonNode json, Map<String, List<String>> headers) {
        String header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of(""))
                    .get(0);
        }

        /** Text at a JSON pointer; empty when there is nothing. */
        String at(String pointer) {
            return json.at(pointer).asText();
        }

        /** The answer itself once its status is sure. */
        Answer is(int wanted) {
            assertThat(status).as(json.toString()).isEqualTo(wanted);
            return this;
        }
    }

    static ApiClient admin(TestCloud cloud) {
        TestRest rest = TestRest.of(cloud);
        try {
            String password = Files.readString(cloud.home().resolve("clouds.yaml"))
                    .lines()
                    .filter(line -> line.contains("password:"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElseThrow();
            return new ApiClient(rest, "").as("admin", "default", password, ADMIN_PROJECT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ApiClient anonymous() {
        return with("");
    }

    ApiClient with(String otherToken) {
        return new ApiClient(rest, otherToken);
    }

    /** Somebody else; must get in. */
    ApiClient as(String user, String domain, String password, String scope) {
        return with(login(user, domain, password, scope).is(201).header("X-Subject-Token"));
    }

    /** @param scope JSON; empty for none */
    Answer login(String user, String domain, String password, String scope) {
        return anonymous().post("/auth/tokens", """
                {"auth":{"identity":{"methods":["password"],"password":{"user":
                 {"name":"%s","domain":{"id":"%s"},"password":"%s"}}}%s}}""".formatted(
                        user, domain, password, scope.isEmpty() ? "" : ",\"scope\":" + scope));
    }

    String token() {
        return token;
    }

    TestRest rest() {
        return rest;
    }

    Answer get(String path) {
        return call("GET", path, "");
    }

    Answer post(String path, String body) {
        return call("POST", path, body);
    }

    Answer put(String path) {
        return call("PUT", path, "");
    }

    Answer put(String path, String body) {
        return call("PUT", path, body);
    }

    Answer patch(String path, String body) {
        return call("PATCH", path, body);
    }

    Answer delete(String path) {
        return call("DELETE", path, "");
    }

    int head(String path) {
        return call("HEAD", path, "").status();
    }

    /** The id of something that is made by this. */
    String made(String path, String body) {
        return post(path, body).is(201).json().elements().next().path("id").asText();
    }

    /** The id of the role of the whole cloud with this name. */
    String role(String name) {
        return get("/roles?name=" + name).at("/roles/0/id");
    }

    Answer call(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        rest.uri(path.startsWith("/haneul/") ? path : "/identity/v3" + path))
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        if (!token.isEmpty()) {
            request.header("X-Auth-Token", token);
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        try {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(
                    response.statusCode(),
                    response.body().isEmpty() ? MissingNode.getInstance() : MAPPER.readTree(response.body()),
                    response.headers().map());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        rest.close();
    }
}
