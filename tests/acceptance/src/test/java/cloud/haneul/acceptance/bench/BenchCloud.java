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
        token = answer.headers().firstValue("X-Subject-Token").orElseThrow();
        project = read(answer.body()).at("/token/project/id").asText();
    }

    HttpResponse<byte[]> issueToken() {
        String body = """
                {"auth": {"identity": {"methods": ["password"], "password": {"user": {
                  "name": "%s", "domain": {"name": "%s"}, "password": "%s"}}},
                  "scope": {"project": {"name": "%s", "domain": {"name": "%s"}}}}}
                """.formatted(
                        settings.get("OS_USERNAME"),
                        settings.getOrDefault("OS_USER_DOMAIN_NAME", "Default"),
                        settings.get("OS_PASSWORD"),
                        settings.get("OS_PROJECT_NAME"),
                        settings.getOrDefault("OS_PROJECT_DOMAIN_NAME", "Default"));
        return send("POST", "/identity/v3/auth/tokens", body);
    }

    void checkToken() {
        exchange(request("/identity/v3/auth/tokens")
                .header("X-Subject-Token", token)
                .GET());
    }

    JsonNode get(String path) {
        return read(bytes(path));
    }

    byte[] bytes(String path) {
        return exchange(request(path).GET()).body();
    }

    JsonNode post(String path, String body) {
        return read(send("POST", path, body).body());
    }

    void put(String path, String body) {
        send("PUT", path, body);
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
