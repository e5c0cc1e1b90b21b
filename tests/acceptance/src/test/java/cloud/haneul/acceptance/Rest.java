package cloud.haneul.acceptance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** The REST APIs of a cloud in the name of one user: {@code rest.get("/compute/v2.1/servers").ok().path("servers")}. */
final class Rest {
    static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    private final String url;
    private final String token;
    private final JsonNode scope;

    private Rest(String url, String token, JsonNode scope) {
        this.url = url;
        this.token = token;
        this.scope = scope;
    }

    static Rest anonymous(Cloud cloud) {
        return new Rest(cloud.url(), "", MissingNode.getInstance());
    }

    static Rest withToken(Cloud cloud, String token) {
        return new Rest(cloud.url(), token, MissingNode.getInstance());
    }

    static Rest as(Cloud cloud, Credentials credentials) {
        Answer answer = logIn(cloud, credentials);
        if (answer.status() != 201) {
            throw new AssertionError(answer);
        }
        return new Rest(
                cloud.url(), answer.header("X-Subject-Token"), answer.json().path("token"));
    }

    static Answer logIn(Cloud cloud, Credentials of) {
        Map<String, Object> user = Map.of(
                "name",
                of.get("username"),
                "password",
                of.get("password"),
                "domain",
                Map.of("name", domain(of, "user")));
        Map<String, Object> project =
                Map.of("name", of.get("project_name"), "domain", Map.of("name", domain(of, "project")));
        return anonymous(cloud)
                .post(
                        "/identity/v3/auth/tokens",
                        Map.of(
                                "auth",
                                Map.of(
                                        "identity",
                                        Map.of("methods", new String[] {"password"}, "password", Map.of("user", user)),
                                        "scope",
                                        Map.of("project", project))));
    }

    private static String domain(Credentials of, String whose) {
        return of.get(whose + "_domain_name").isEmpty() ? "Default" : of.get(whose + "_domain_name");
    }

    String token() {
        return token;
    }

    String project() {
        return scope.at("/project/id").asText();
    }

    String user() {
        return scope.at("/user/id").asText();
    }

    Answer get(String path) {
        return send("GET", path, BodyPublishers.noBody(), Map.of());
    }

    Answer delete(String path) {
        return send("DELETE", path, BodyPublishers.noBody(), Map.of());
    }

    Answer post(String path, Object body) {
        return send("POST", path, json(body), Map.of("Content-Type", "application/json"));
    }

    Answer put(String path, Object body) {
        return send("PUT", path, json(body), Map.of("Content-Type", "application/json"));
    }

    Answer patch(String path, Object body) {
        return send("PATCH", path, json(body), Map.of("Content-Type", "application/json"));
    }

    Answer upload(String path, Path file) {
        try {
            return send("PUT", path, BodyPublishers.ofFile(file), Map.of("Content-Type", "application/octet-stream"));
        } catch (FileNotFoundException e) {
            throw new UncheckedIOException(e);
        }
    }

    Answer send(String method, String path, BodyPublisher body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(Duration.ofSeconds(60))
                .method(method, body);
        headers.forEach(request::header);
        request.header("OpenStack-API-Version", "compute 2.79");
        if (!token.isEmpty()) {
            request.header("X-Auth-Token", token);
        }
        try {
            HttpResponse<byte[]> response = HTTP.send(request.build(), BodyHandlers.ofByteArray());
            return new Answer(method + " " + path, response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static BodyPublisher json(Object body) {
        try {
            return body instanceof String text
                    ? BodyPublishers.ofString(text)
                    : BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** What the cloud said. */
    record Answer(String request, int status, HttpHeaders headers, byte[] body) {
        String header(String name) {
            return headers.firstValue(name).orElse("");
        }

        String text() {
            return new String(body, java.nio.charset.StandardCharsets.UTF_8);
        }

        JsonNode json() {
            try {
                JsonNode tree = JSON.readTree(body);
                return tree == null ? MissingNode.getInstance() : tree;
            } catch (IOException e) {
                throw new AssertionError(this + " is not JSON", e);
            }
        }

        /** The answer's JSON, if all went well. */
        JsonNode ok() {
            if (status >= 300) {
                throw new AssertionError(this);
            }
            return json();
        }

        /** The message in whatever shape the API family has for errors. */
        String message() {
            JsonNode found = json().findValue("message");
            return (found == null ? json().findPath("detail") : found).asText();
        }

        @Override
        public String toString() {
            String text = text();
            return request + ": " + status + " " + (text.length() > 2000 ? text.substring(0, 2000) + "..." : text);
        }
    }
}
