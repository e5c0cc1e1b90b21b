package cloud.haneul.identity.rest;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.haneul.kernel.Ids;
import cloud.haneul.kernel.testing.TestClock;
import cloud.haneul.kernel.testing.TestRest;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A consumer of OAuth 1, with a token of that once it has one. It signs by its own reading of RFC 5849. */
record OAuth1Client(TestRest rest, TestClock clock, String consumer, String secret, String token, String tokenSecret) {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    static OAuth1Client of(TestRest rest, TestClock clock, String consumer, String secret) {
        return new OAuth1Client(rest, clock, consumer, secret, "", "");
    }

    /** A consumer made for this. */
    static OAuth1Client made(Client admin, TestRest rest, TestClock clock) throws Exception {
        JsonNode made = admin.post("/OS-OAUTH1/consumers", "{\"consumer\":{\"description\":\"a program\"}}")
                .is(201)
                .json()
                .path("consumer");
        return of(rest, clock, made.path("id").asText(), made.path("secret").asText());
    }

    OAuth1Client as(String otherConsumer, String otherSecret) {
        return new OAuth1Client(rest, clock, otherConsumer, otherSecret, token, tokenSecret);
    }

    OAuth1Client withTokenSecret(String other) {
        return new OAuth1Client(rest, clock, consumer, secret, token, other);
    }

    /** Posts nothing; empty texts are left out. */
    Answer post(String path, String callback, String verifier, String... headers) {
        return sign(path, callback, verifier).send(headers);
    }

    /** Posts JSON. */
    Answer send(String path, String json, String callback, String verifier) {
        return sign(path, callback, verifier).with(json).send("Content-Type", "application/json");
    }

    Signed sign(String path, String callback, String verifier) {
        Map<String, String> parameters = new TreeMap<>();
        parameters.put("oauth_consumer_key", consumer);
        parameters.put("oauth_signature_method", "HMAC-SHA1");
        parameters.put("oauth_timestamp", "" + clock.instant().getEpochSecond());
        parameters.put("oauth_nonce", Ids.newHexId());
        parameters.put("oauth_version", "1.0");
        Map.of("oauth_token", token, "oauth_callback", callback, "oauth_verifier", verifier)
                .forEach((name, value) -> {
                    if (!value.isEmpty()) {
                        parameters.put(name, value);
                    }
                });
        String text = parameters.entrySet().stream()
                .map(e -> e.getKey() + "=" + encoded(e.getValue()))
                .collect(Collectors.joining("&"));
        String address = rest.uri("/identity/v3" + path).toString();
        parameters.put("oauth_signature", mac("POST&" + encoded(address) + "&" + encoded(text)));
        return new Signed(
                rest,
                path,
                parameters.entrySet().stream()
                        .map(e -> e.getKey() + "=\"" + encoded(e.getValue()) + "\"")
                        .collect(Collectors.joining(", ", "OAuth realm=\"cloud\", ", "")),
                "",
                this);
    }

    private String mac(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec((secret + "&" + tokenSecret).getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** A request that can be sent, also more than once. */
    record Signed(TestRest rest, String path, String authorization, String body, OAuth1Client client) {
        Signed with(String json) {
            return new Signed(rest, path, authorization, json, client);
        }

        /** Somewhere else than where it was signed for. */
        Signed to(String other) {
            return new Signed(rest, other, authorization, body, client);
        }

        Answer send(String... headers) {
            HttpRequest.Builder request = HttpRequest.newBuilder(rest.uri("/identity/v3" + path))
                    .POST(body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                    .header("Authorization", authorization);
            for (int i = 0; i < headers.length; i += 2) {
                request.header(headers[i], headers[i + 1]);
            }
            try {
                return new Answer(HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString()), client);
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    record Answer(HttpResponse<String> response, OAuth1Client client) {
        Answer is(int status) {
            assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
            return this;
        }

        String text() {
            return response.body();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        JsonNode json() {
            try {
                return new ObjectMapper().readTree(response.body());
            } catch (JsonProcessingException e) {
                throw new AssertionError(response.body(), e);
            }
        }

        /** The client with the token of this form. */
        OAuth1Client token() {
            assertThat(header("Content-Type")).startsWith("application/x-www-form-urlencoded");
            Map<String, String> form = new TreeMap<>();
            for (String pair : response.body().split("&")) {
                form.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
            }
            assertThat(form).containsOnlyKeys("oauth_token", "oauth_token_secret", "oauth_expires_at");
            return new OAuth1Client(
                    client.rest,
                    client.clock,
                    client.consumer,
                    client.secret,
                    form.get("oauth_token"),
                    form.get("oauth_token_secret"));
        }
    }
}
