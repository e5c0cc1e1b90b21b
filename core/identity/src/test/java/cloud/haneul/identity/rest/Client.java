package cloud.haneul.identity.rest;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.haneul.kernel.Ids;
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

/** Somebody with an HTTP client and, once he has logged in, a token. */
final class Client {
    static final String PASSWORD = "correct horse battery staple";
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final TestRest rest;
    private final String token;

    private Client(TestRest rest, String token) {
        this.rest = rest;
        this.token = token;
    }

    record Answer(int status, JsonNode json, Map<String, List<String>> headers) {
        String header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of(""))
                    .get(0);
        }

        Answer is(int expected) {
            assertThat(status).as(json.toString()).isEqualTo(expected);
            return this;
        }

        String text(String pointer) {
            return json.at(pointer).asText();
        }
    }

    /** Somebody without a token. */
    static Client of(TestRest rest) {
        return new Client(rest, "");
    }

    /** The first administrator in his project. */
    static Client admin(TestRest rest, TestCloud cloud) throws Exception {
        return of(rest).in("admin", adminPassword(cloud), """
                {"project":{"name":"admin","domain":{"id":"default"}}}""");
    }

    static String adminPassword(TestCloud cloud) {
        try {
            return Files.readString(cloud.home().resolve("clouds.yaml"))
                    .lines()
                    .filter(line -> line.contains("password:"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String token() {
        return token;
    }

    Client with(String other) {
        return new Client(rest, other);
    }

    /** A user of the default domain with his password. */
    Client in(String user, String password, String scope) throws Exception {
        return with(auth("""
                {"methods":["password"],"password":{"user":{"name":"%s","domain":{"id":"default"},"password":"%s"}}}""".formatted(user, password), scope).is(201).header("X-Subject-Token"));
    }

    Client inProject(String user, String projectId) throws Exception {
        return in(user, PASSWORD, "{\"project\":{\"id\":\"" + projectId + "\"}}");
    }

    /** @param scope empty for none said */
    Answer auth(String identity, String scope, String... headers) throws Exception {
        return new Client(rest, "")
                .call(
                        "POST",
                        "/auth/tokens",
                        "{\"auth\":{\"identity\":" + identity + (scope.isEmpty() ? "" : ",\"scope\":" + scope) + "}}",
                        headers);
    }

    Answer call(String method, String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        rest.uri(path.startsWith("//") ? path.substring(1) : "/identity/v3" + path))
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
        HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Answer(
                response.statusCode(),
                response.body().isEmpty() ? MissingNode.getInstance() : MAPPER.readTree(response.body()),
                response.headers().map());
    }

    Answer get(String path) throws Exception {
        return call("GET", path, "");
    }

    Answer post(String path, String body) throws Exception {
        return call("POST", path, body);
    }

    Answer patch(String path, String body) throws Exception {
        return call("PATCH", path, body);
    }

    Answer delete(String path) throws Exception {
        return call("DELETE", path, "");
    }

    // ---- for administrators

    static String name(String what) {
        return what + "-" + Ids.newSecret(6);
    }

    /** The id of a new user of that name. */
    String user(String name) throws Exception {
        return post("/users", """
                {"user":{"name":"%s","password":"%s"}}""".formatted(name, PASSWORD)).is(201).text("/user/id");
    }

    String project() throws Exception {
        return post("/projects", "{\"project\":{\"name\":\"" + name("project") + "\"}}")
                .is(201)
                .text("/project/id");
    }

    String role(String name) throws Exception {
        return get("/roles?name=" + name).is(200).text("/roles/0/id");
    }

    void give(String user, String role, String project) throws Exception {
        call("PUT", grant(user, role, project), "").is(204);
    }

    void take(String user, String role, String project) throws Exception {
        delete(grant(user, role, project)).is(204);
    }

    private String grant(String user, String role, String project) throws Exception {
        return "/projects/" + project + "/users/" + user + "/roles/" + role(role);
    }
}
