package cloud.haneul.acceptance.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/**
 * The cloud that is measured, as a client sees it: one keep-alive client, one token, JSON in and out. It knows the
 * settings that {@code ./haneul env} prints, and ends with the request and the answer when the cloud refuses.
 */
final class BenchCloud {

    static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final Map<String, String> settings;
    private final String url;
    private volatile String token = "";
    private String project = "";

    BenchCloud(Map<String, String> settings) {
        this.settings = settings;
        this.url = settings.get("OS_AUTH_URL").replaceFirst("/identity.*$", "");
    }

    void logIn() {
        HttpResponse<byte[]> answer = issueToken();
        token = tokenOf(answer);
        project = read(answer.body()).at("/token/project/id").asText();
    }

    HttpResponse<byte[]> issueToken() {
        return issueToken(
                settings.get("OS_USERNAME"),
                settings.get("OS_PASSWORD"),
                "{\"project\": {\"name\": \"%s\", \"domain\": {\"name\": \"%s\"}}}"
                        .formatted(
                                settings.get("OS_PROJECT_NAME"),
                                settings.getOrDefault("OS_PROJECT_DOMAIN_NAME", "Default")));
    }

    /** @param scope JSON */
    HttpResponse<byte[]> issueToken(String user, String password, String scope) {
        return issueToken(
                """
                "methods": ["password"], "password": {"user": {"name": "%s", "domain": {"name": "%s"}, "password": "%s"}}
                """.formatted(user, settings.getOrDefault("OS_USER_DOMAIN_NAME", "Default"), password), scope);
    }

    /** Another token for this token's user. */
    HttpResponse<byte[]> rescope(String other, String scope) {
        return issueToken("\"methods\": [\"token\"], \"token\": {\"id\": \"" + other + "\"}", scope);
    }

    private HttpResponse<byte[]> issueToken(String identity, String scope) {
        return send(
                "POST",
                "/identity/v3/auth/tokens",
                "{\"auth\": {\"identity\": {" + identity + "}, \"scope\": " + scope + "}}");
    }

    static String tokenOf(HttpResponse<byte[]> issued) {
        return issued.headers().firstValue("X-Subject-Token").orElseThrow();
    }

    void checkToken() {
        checkToken(token);
    }

    /** By ours. */
    void checkToken(String other) {
        exchange(request("/identity/v3/auth/tokens")
                .header("X-Subject-Token", other)
                .GET());
    }

    JsonNode get(String path, String other) {
        return read(
                exchange(request(path).setHeader("X-Auth-Token", other).GET()).body());
    }

    JsonNode get(String path) {
        return read(bytes(path));
    }

    byte[] bytes(String path) {
        return exchange(request(path).GET()).body();
    }

    /** @param version of the compute API */
    byte[] bytes(String path, String version) {
        return exchange(request(path)
                        .header("OpenStack-API-Version", "compute " + version)
                        .GET())
                .body();
    }

    JsonNode post(String path, String body) {
        return read(send("POST", path, body).body());
    }

    void put(String path, String body) {
        send("PUT", path, body);
    }

    void patch(String path, String body) {
        send("PATCH", path, body);
    }

    void delete(String path) {
        exchange(request(path).DELETE());
    }

    String project() {
        return project;
    }

    private HttpResponse<byte[]> send(String method, String path, String body) {
        return exchange(
                request(path).header("Content-Type", "application/json").method(method, BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(60));
        return token.isEmpty() ? request : request.header("X-Auth-Token", token);
    }

    private HttpResponse<byte[]> exchange(HttpRequest.Builder builder) {
        HttpRequest request = builder.build();
        try {
            HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
            if (answer.statusCode() >= 400) {
                throw new IllegalStateException(request.method() + " " + request.uri() + ": " + answer.statusCode()
                        + " " + new String(answer.body()));
            }
            return answer;
        } catch (IOException e) {
            throw new IllegalStateException(request.method() + " " + request.uri() + ": " + e, e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode read(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new IllegalStateException(new String(body), e);
        }
    }
}
