package cloud.haneul.portal.wiring;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What requests can be about: things of the own project, made by its administrator through the APIs when they are first needed
 * and again after they were used up.
 */
final class Things {
    private static final String TOKENS = "/identity/v3/auth/tokens";
    /** What a thing is known by, other than the names of parts that are chosen by who makes them. */
    private static final Set<String> KEYS = Set.of("id", "name", "access");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern PLACEHOLDER = Pattern.compile("<([a-z/][^>]*)>");

    private final HttpClient client = HttpClient.newHttpClient();
    private final Function<String, URI> uris;
    private final Examples examples;
    private final Principal admin;
    private final Map<String, String> made = new HashMap<>();
    private final Map<String, Supplier<String>> fixed = new HashMap<>();
    private int number;
    /** The newest token that the administrator was given for somebody. */
    private String subject = "";

    /** @param admin the own project's administrator */
    Things(Function<String, URI> uris, Examples examples, Principal admin) {
        this.uris = uris;
        this.examples = examples;
        this.admin = admin;
    }

    void fix(String name, String id) {
        fixed.put(name, () -> id);
    }

    /** @param id made anew for each request */
    void fix(String name, Supplier<String> id) {
        fixed.put(name, id);
    }

    HttpResponse<String> send(String method, String path, String body, String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uris.apply(path)).timeout(Duration.ofSeconds(30));
        if (!token.isEmpty()) {
            request.header("X-Auth-Token", token);
        }
        if (path.startsWith("/compute") || path.startsWith("/placement")) {
            request.header("OpenStack-API-Version", path.split("/")[1] + " latest");
        }
        if (path.startsWith(TOKENS) && !subject.isEmpty()) {
            request.header("X-Subject-Token", subject);
        }
        if (path.endsWith("/OS-OAUTH2/token")) {
            request.header("Authorization", "Basic " + fixed.get("client").get());
        }
        if (!body.isEmpty()) {
            request.header("Content-Type", type(method, path));
        }
        try {
            return client.send(
                    request.method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String type(String method, String path) {
        if (path.startsWith("/image") && method.equals("PATCH")) {
            return "application/openstack-images-v2.1-json-patch";
        }
        if (path.contains("/OS-OAUTH")) {
            return path.endsWith("token") ? "application/x-www-form-urlencoded" : "application/json";
        }
        return path.startsWith("/image") && path.endsWith("/file") ? "application/octet-stream" : "application/json";
    }

    HttpResponse<String> asAdmin(String method, String path, String body) {
        HttpResponse<String> answer = send(method, path, body, admin.token());
        answer.headers().firstValue("X-Subject-Token").ifPresent(token -> subject = token);
        return answer;
    }

    /** The administrator's request, which must succeed. */
    JsonNode must(String method, String path, String body) {
        HttpResponse<String> answer = asAdmin(method, path, body);
        if (answer.statusCode() >= 300) {
            throw new AssertionError(
                    method + " " + path + " " + body + ": " + answer.statusCode() + " " + answer.body());
        }
        try {
            return answer.body().isEmpty() ? JSON.nullNode() : JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A body with its placeholders filled, for the administrator. */
    String filled(String body) {
        return filled(body, admin);
    }

    /** @param asker whose request it is */
    String filled(String body, Principal asker) {
        Matcher matcher = PLACEHOLDER.matcher(body);
        StringBuilder text = new StringBuilder();
        while (matcher.find()) {
            matcher.appendReplacement(text, Matcher.quoteReplacement(value(matcher.group(1), asker)));
        }
        return matcher.appendTail(text).toString();
    }

    private String value(String name, Principal asker) {
        number++;
        return switch (name) {
            case "unique" -> "example-" + number;
            case "self" -> asker.userId();
            case "cidr" -> "10." + number / 200 + "." + number % 200 + ".0/24";
            default ->
                name.startsWith("new /")
                        ? make(name.substring(4), name.substring(4))
                        : name.startsWith("/") ? id(name) : fixed.get(name).get();
        };
    }

    /** What a path is about: its parameters' values. */
    String path(String template) {
        StringBuilder path = new StringBuilder();
        StringBuilder above = new StringBuilder();
        String before = "";
        for (String segment : segments(template)) {
            boolean parameter = segment.startsWith("{");
            // a parameter may hold several segments, or begin behind a word
            String value = parameter ? parameter(path.toString(), above.toString(), before, name(segment)) : segment;
            path.append('/').append(value);
            above.append('/').append(segment);
            before = value;
        }
        // those that begin behind a word of their segment
        return path.toString()
                .replace("roles{role}", "roles/" + id("/identity/v3/roles"))
                .replace("{rest}", "");
    }

    private static List<String> segments(String template) {
        // expressions may hold slashes
        String plain = template.replaceAll("\\{\\s*(\\w+)\\s*:(?:[^{}]|\\{[^{}]*})*}", "{$1}");
        return List.of(plain.substring(1).split("/"));
    }

    private static String name(String segment) {
        return segment.substring(1, segment.indexOf('}'));
    }

    /** @param template of the path above, whose parameters are filled there */
    private String parameter(String above, String template, String before, String name) {
        if (fixed.containsKey(before + "/" + name)) {
            return fixed.get(before + "/" + name).get();
        }
        if (fixed.containsKey(name)) {
            return fixed.get(name).get();
        }
        if (KEYS.contains(name) && examples.bodyOf("POST", template).isPresent()) {
            return id(above, template);
        }
        for (String collection : new String[] {"/identity/v3/" + before, "/identity/v3/" + name + "s"}) {
            if (examples.bodyOf("POST", collection).isPresent()) {
                return id(collection);
            }
        }
        return "example";
    }

    /** The thing of a collection that is there now. */
    String id(String collection) {
        return id(collection, collection);
    }

    private String id(String collection, String template) {
        String known = made.get(collection);
        if (known == null) {
            known = make(collection, template);
            made.put(collection, known);
        }
        return known;
    }

    private String make(String collection, String template) {
        JsonNode answer = must(
                "POST", collection, filled(examples.bodyOf("POST", template).orElseThrow()));
        JsonNode thing = answer.has("id") ? answer : answer.elements().next();
        JsonNode one = thing.isArray() ? thing.get(0) : thing;
        String id = one.path(
                        one.has("access")
                                ? "access"
                                : one.has("id") && !collection.endsWith("keypairs") ? "id" : "name")
                .asText();
        if (collection.equals("/image/v2/images")) {
            must("PUT", collection + "/" + id + "/file", "x".repeat(512));
        }
        if (collection.equals("/compute/v2.1/servers")) {
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                JsonNode server = must("GET", collection + "/" + id, "").path("server");
                if (server.path("status").asText().equals("ERROR")) {
                    throw new AssertionError(server.path("fault"));
                }
                return server.path("status").asText().equals("ACTIVE");
            });
        }
        examples.bodyOf("PUT", collection + "/{id}/tags")
                .ifPresent(body -> must("PUT", collection + "/" + id + "/tags", body));
        examples.bodyOf("POST", collection + "/{id}/os-extra_specs")
                .ifPresent(body -> must("POST", collection + "/" + id + "/os-extra_specs", body));
        return id;
    }

    /** What a request was about is used up. */
    void consumed(String path, String body) {
        made.values().removeIf(id -> path.contains("/" + id) || body.contains("\"" + id + "\""));
    }
}
