package cloud.haneul.identity.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cloud.haneul.identity.SamlSignOn;
import cloud.haneul.identity.rest.ApiClient.Answer;
import cloud.haneul.kernel.testing.TestCloud;
import cloud.haneul.kernel.testing.With;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** People of a real SAML provider: how it is set up, and their way in by browser and by enhanced client. */
@ExtendWith(TestCloud.class)
@With("haneul.identity.password-hash-memory=1024")
@With("haneul.identity.trusted-dashboards=https://horizon.example.org/auth/websso/")
class SamlRestTest {
    private static final String ORIGIN = "https://horizon.example.org/auth/websso/";
    private static final String MAIL = "urn:oid:0.9.2342.19200300.100.1.3";
    private static final String UID = "urn:oid:0.9.2342.19200300.100.1.1";
    private static final String AFFILIATION = "urn:oid:1.3.6.1.4.1.5923.1.1.1.1";
    private static final Pattern FIELD = Pattern.compile("name=\"([^\"]+)\" value=\"([^\"]*)\"");
    private static final Pattern ACTION = Pattern.compile("action=\"([^\"]+)\"");

    private final HttpClient http = HttpClient.newHttpClient();
    private final ApiClient api;
    private final TestCloud cloud;
    private final String idp = "idp" + System.nanoTime();
    private final String settings = "/haneul/v1/federation/" + idp + "/saml2/saml2";
    private static SamlProvider provider;

    private String domain;
    private String group;

    SamlRestTest(TestCloud cloud) {
        this.cloud = cloud;
        api = ApiClient.admin(cloud);
    }

    /** A page with a form in it. */
    private record Form(int status, String action, Map<String, String> fields, Optional<String> cookie) {
        String body() {
            return fields.entrySet().stream()
                    .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                    .collect(Collectors.joining("&"));
        }

        Form with(String name, String value) {
            Map<String, String> changed = new LinkedHashMap<>(fields);
            changed.put(name, value);
            return new Form(status, action, changed, cookie);
        }

        String response() {
            return new String(Base64.getDecoder().decode(fields.get("SAMLResponse")), StandardCharsets.UTF_8);
        }

        Form withResponse(String xml) {
            return with("SAMLResponse", Base64.getEncoder().encodeToString(xml.getBytes(StandardCharsets.UTF_8)));
        }
    }

    @BeforeAll
    static void provider() {
        assumeTrue(SamlProvider.isInstalled(), "python3-pysaml2 and xmlsec1 are not installed");
        provider = new SamlProvider();
    }

    @AfterAll
    static void providerGoes() {
        if (provider != null) {
            provider.close();
        }
    }

    @BeforeEach
    void registered() {
        group = api.made("/groups", "{\"group\":{\"name\":\"makers" + idp + "\"}}");
        domain = api.put(
                        "/OS-FEDERATION/identity_providers/" + idp,
                        "{\"identity_provider\":{\"enabled\":true,\"remote_ids\":[\"" + provider.entityId() + "\"]}}")
                .is(201)
                .at("/identity_provider/domain_id");
        api.put("/OS-FEDERATION/mappings/m" + idp, """
                {"mapping":{"schema_version":"2.0","rules":[
                {"local":[{"user":{"id":"{0}","name":"{1}","email":"{2}"}}],
                 "remote":[{"type":"REMOTE_USER"},{"type":"uid"},{"type":"email"}]},
                {"local":[{"groups":"{0}","domain":{"id":"default"}}],
                 "remote":[{"type":"eduPersonAffiliation","whitelist":["makers%s"]}]}]}}""".formatted(idp)).is(201);
        api.put(
                        "/OS-FEDERATION/identity_providers/" + idp + "/protocols/saml2",
                        "{\"protocol\":{\"mapping_id\":\"m" + idp + "\"}}")
                .is(201);
        set(Map.of("metadata", provider.metadata())).is(200);
        provider.client(spMetadata());
        ann(Map.of());
    }

    @AfterEach
    void close() {
        api.delete("/OS-FEDERATION/identity_providers/" + idp);
        api.close();
    }

    private Answer set(Map<String, Object> more) {
        Map<String, Object> saml = new LinkedHashMap<>(more);
        saml.putIfAbsent("name_id_format", "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent");
        saml.putIfAbsent("attributes", Map.of(MAIL, "email", UID, "login", AFFILIATION, "affiliation"));
        JsonNode body = new ObjectMapper().valueToTree(Map.of("saml2", saml));
        return api.put(settings, body.toString());
    }

    private void ann(Map<String, Object> more) {
        Map<String, Object> manner = new LinkedHashMap<>(Map.of(
                "user",
                "ann",
                "password",
                "secret of ann",
                "identity",
                Map.of(
                        "uid", "ann",
                        "mail", "ann@example.org",
                        "eduPersonAffiliation", List.of("staff", "makers" + idp)),
                "sign_response",
                false,
                "sign_assertion",
                true,
                "encrypt",
                false));
        manner.putAll(more);
        provider.manner(manner);
    }

    private String spMetadata() {
        return send(HttpRequest.newBuilder(api.rest()
                        .uri("/identity/v3/auth/OS-FEDERATION/identity_providers/" + idp
                                + "/protocols/saml2/saml2/metadata")))
                .body();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Form form(HttpResponse<String> answer) {
        Matcher action = ACTION.matcher(answer.body());
        Map<String, String> fields = new LinkedHashMap<>();
        Matcher field = FIELD.matcher(answer.body());
        while (field.find()) {
            fields.put(field.group(1), field.group(2));
        }
        return new Form(
                answer.statusCode(),
                action.find() ? action.group(1) : "",
                fields,
                answer.headers().firstValue("Set-Cookie").map(cookie -> cookie.split(";")[0]));
    }

    private HttpResponse<String> begin(String origin) {
        return send(HttpRequest.newBuilder(api.rest()
                .uri("/identity/v3/auth/OS-FEDERATION/identity_providers/" + idp + "/protocols/saml2/websso?origin="
                        + URLEncoder.encode(origin, StandardCharsets.UTF_8))));
    }

    private Form post(Form form, String cookie) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(form.action))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form.body()));
        if (!cookie.isEmpty()) {
            request.header("Cookie", cookie);
        }
        return form(send(request));
    }

    /** What the provider makes the browser send us, with the browser's cookie. */
    private Form atProvider() {
        return atProvider(begin(ORIGIN));
    }

    private Form atProvider(HttpResponse<String> begun) {
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(303);
        HttpResponse<String> there = send(HttpRequest.newBuilder(
                URI.create(begun.headers().firstValue("Location").orElseThrow())));
        assertThat(there.statusCode()).as(there.body()).isEqualTo(200);
        Form form = form(there);
        return new Form(form.status, form.action, form.fields, form(begun).cookie);
    }

    private int arrives(Form form) {
        return post(form, form.cookie.orElseThrow()).status;
    }

    @Test
    void aBrowserComesBackFromTheProviderWithAToken() {
        String project = api.made("/projects", "{\"project\":{\"name\":\"p" + System.nanoTime() + "\"}}");
        api.put("/projects/" + project + "/groups/" + group + "/roles/" + api.role("member"))
                .is(204);
        HttpResponse<String> begun = begin(ORIGIN);
        assertThat(begun.headers().firstValue("Set-Cookie").orElseThrow()).contains("HttpOnly", "SameSite=Lax");
        Form form = atProvider();
        // from another site's form the cookie does not come along, and is fetched by one of our own
        Form again = post(form, "");
        assertThat(again.status).isEqualTo(200);
        assertThat(again.action).isEqualTo(form.action);
        assertThat(again.fields).containsAllEntriesOf(form.fields).containsKey("again");
        assertThat(post(again, "").status).isEqualTo(401);
        Form done = post(again, form.cookie.orElseThrow());
        assertThat(done.status).isEqualTo(200);
        assertThat(done.action).isEqualTo(ORIGIN);
        ApiClient ann = api.with(done.fields.get("token"));
        assertThat(ann.get("/auth/projects").is(200).json().path("projects").findValuesAsText("id"))
                .containsExactly(project);
        JsonNode user = api.get("/users?domain_id=" + domain).json().at("/users/0");
        assertThat(user.path("name").asText()).isEqualTo("ann");
        assertThat(user.path("email").asText()).isEqualTo("ann@example.org");
        assertThat(user.at("/federated/0/protocols/0/unique_id").asText()).isNotEqualTo("ann");
        // an assertion is good once
        assertThat(arrives(form)).isEqualTo(401);
        // the same person again
        assertThat(arrives(atProvider())).isEqualTo(200);
        assertThat(api.get("/users?domain_id=" + domain).json().path("users")).hasSize(1);
    }

    @Test
    void aSignedResponseAndAnEncryptedAssertionAreReadToo() {
        ann(Map.of("sign_response", true, "sign_assertion", false));
        assertThat(arrives(atProvider())).isEqualTo(200);
        ann(Map.of("sign_response", true));
        assertThat(arrives(atProvider())).isEqualTo(200);
        ann(Map.of("encrypt", true));
        Form encrypted = atProvider();
        assertThat(encrypted.response()).contains("EncryptedAssertion").doesNotContain("ann@example.org");
        assertThat(arrives(encrypted)).isEqualTo(200);
        ann(Map.of("encrypt", true, "sign_response", true, "sign_assertion", false));
        assertThat(arrives(atProvider())).isEqualTo(200);
        ann(Map.of("sign_assertion", false));
        assertThat(arrives(atProvider())).isEqualTo(401);
        ann(Map.of("encrypt", true, "sign_assertion", false));
        assertThat(arrives(atProvider())).isEqualTo(401);
    }

    @Test
    void whatWasChangedOnTheWayLetsNobodyIn() {
        List<Form> changed = new ArrayList<>();
        Form form = atProvider();
        changed.add(form.withResponse(form.response().replace("ann@example.org", "eve@example.org")));
        changed.add(form.withResponse(form.response().replace("Success", "AuthnFailed")));
        changed.add(form.withResponse("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>" + form.response()));
        changed.add(form.withResponse("nonsense"));
        changed.add(form.with("SAMLResponse", "%%%"));
        changed.add(form.with("RelayState", "another"));
        for (Form one : changed) {
            assertThat(arrives(one)).isEqualTo(401);
        }
        String most = "A".repeat(SamlSignOn.MOST_BYTES);
        assertThat(arrives(form.with("SAMLResponse", most))).isEqualTo(401);
        assertThat(arrives(form.with("SAMLResponse", most + "A"))).isEqualTo(413);
        assertThat(arrives(form.with("RelayState", "A".repeat(256)))).isEqualTo(413);
        assertThat(arrives(form)).isEqualTo(200);
        // of another login in the same browser
        assertThat(post(atProvider(), atProvider().cookie.orElseThrow()).status).isEqualTo(401);
        Form late = atProvider();
        cloud.clock().forward(Duration.ofMinutes(11));
        assertThat(arrives(late)).isEqualTo(401);
        // the provider's clock is the machine's
        cloud.clock().forward(Duration.ofMinutes(-11));
    }

    /** Whoever takes his time at his provider comes back with an assertion as fresh as anybody's. */
    @Test
    void aLoginThatBeganMoreThanTenMinutesAgoIsOver() {
        assertThat(arrives(atProvider(begun(Duration.ofSeconds(9 * 60 + 30))))).isEqualTo(200);
        assertThat(arrives(atProvider(begun(Duration.ofMinutes(10))))).isEqualTo(401);
    }

    private HttpResponse<String> begun(Duration ago) {
        cloud.clock().forward(ago.negated());
        try {
            return begin(ORIGIN);
        } finally {
            cloud.clock().forward(ago);
        }
    }

    @Test
    void anotherProviderOfThatNameLetsNobodyIn() {
        try (SamlProvider stranger = new SamlProvider()) {
            Pattern certificate = Pattern.compile("(?s)(X509Certificate>)[^<]+");
            Matcher their = certificate.matcher(stranger.metadata());
            assertThat(their.find()).isTrue();
            String theirs =
                    certificate.matcher(provider.metadata()).replaceAll(Matcher.quoteReplacement(their.group()));
            set(Map.of("metadata", theirs)).is(200);
            assertThat(arrives(atProvider())).isEqualTo(401);
        }
        set(Map.of("metadata_url", provider.entityId())).is(200);
        assertThat(arrives(atProvider())).isEqualTo(200);
        // what it said of itself is no good any more, by its own word
        String old = provider.metadata().replaceFirst(" entityID=", " validUntil=\"2020-01-01T00:00:00Z\" entityID=");
        assertThat(old).contains("validUntil");
        set(Map.of("metadata", old)).is(200);
        assertThat(begin(ORIGIN).statusCode()).isEqualTo(503);
        set(Map.of("metadata_url", provider.entityId())).is(200);
        api.patch(
                        "/OS-FEDERATION/identity_providers/" + idp,
                        "{\"identity_provider\":{\"remote_ids\":[\"https://somebody.else\"]}}")
                .is(200);
        assertThat(arrives(atProvider())).isEqualTo(403);
    }

    @Test
    void anEnhancedClientComesWithItsOwnAssertion() {
        Answer refused = api.anonymous().get("/OS-FEDERATION/identity_providers/" + idp + "/protocols/saml2/auth");
        refused.is(401);
        HttpResponse<String> request = paos();
        assertThat(request.headers().firstValue("Content-Type")).contains("application/vnd.paos+xml");
        HttpResponse<String> there = send(HttpRequest.newBuilder(URI.create(provider.enhanced()))
                .header(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString("ann:secret of ann".getBytes(StandardCharsets.UTF_8)))
                .POST(HttpRequest.BodyPublishers.ofString(
                        request.body().replaceAll("(?s)<S:Header>.*</S:Header>", ""))));
        assertThat(there.statusCode()).as(there.body()).isEqualTo(200);
        Matcher state = Pattern.compile("<ecp:RelayState.*</ecp:RelayState>").matcher(request.body());
        assertThat(state.find()).isTrue();
        String back = there.body()
                .replaceAll(
                        "(?s)<([A-Za-z0-9]+:Header)>.*</\\1>",
                        "<$1>" + Matcher.quoteReplacement(state.group()) + "</$1>");
        assertThat(back).contains("RelayState");
        assertThat(paos(back.replace("ann@example.org", "eve@example.org")).statusCode())
                .isEqualTo(401);
        assertThat(paos(back.replaceAll("(RelayState[^>]*>)[^<]*", "$1AAAA")).statusCode())
                .isEqualTo(401);
        assertThat(paos("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>" + back)
                        .statusCode())
                .isEqualTo(401);
        assertThat(paos(back.replaceAll("(?s)<([A-Za-z0-9]+:Header)>.*</\\1>", ""))
                        .statusCode())
                .isEqualTo(401);
        assertThat(paos(" ".repeat(SamlSignOn.MOST_BYTES) + back).statusCode()).isEqualTo(413);
        HttpResponse<String> token = paos(back);
        assertThat(token.statusCode()).as(token.body()).isEqualTo(201);
        assertThat(api.with(token.headers().firstValue("X-Subject-Token").orElseThrow())
                        .get("/auth/projects")
                        .status())
                .isEqualTo(200);
        assertThat(paos(back).statusCode()).isEqualTo(401);
    }

    private URI auth() {
        return api.rest().uri("/identity/v3/OS-FEDERATION/identity_providers/" + idp + "/protocols/saml2/auth");
    }

    private HttpResponse<String> paos() {
        return send(HttpRequest.newBuilder(auth())
                .header("Accept", "application/vnd.paos+xml")
                .header("PAOS", "ver=\"urn:liberty:paos:2003-08\";\"urn:oasis:names:tc:SAML:2.0:profiles:SSO:ecp\""));
    }

    private HttpResponse<String> paos(String envelope) {
        return send(HttpRequest.newBuilder(auth())
                .header("Content-Type", "application/vnd.paos+xml")
                .POST(HttpRequest.BodyPublishers.ofString(envelope)));
    }

    @Test
    void settingsAreKeptWithTheirKeyAndSayWhatIsWrongWithThem() {
        JsonNode first = api.get(settings).is(200).json().path("saml2");
        assertThat(first.toString()).doesNotContain("private");
        assertThat(first.path("entity_id").asText())
                .isEqualTo(first.path("sp_metadata_url").asText());
        assertThat(spMetadata())
                .contains(
                        first.path("certificate").asText(),
                        first.path("entity_id").asText(),
                        MAIL);
        JsonNode second = set(Map.of("metadata_url", provider.entityId(), "entity_id", "urn:cloud"))
                .is(200)
                .json()
                .path("saml2");
        assertThat(second.path("certificate")).isEqualTo(first.path("certificate"));
        assertThat(second.path("metadata").isNull()).isTrue();
        assertThat(spMetadata()).contains("entityID=\"urn:cloud\"");
        set(Map.of()).is(400);
        set(Map.of("metadata", "<a/>")).is(400);
        set(Map.of("metadata_url", provider.entityId(), "entity_id", "a\nb")).is(400);
        set(Map.of("metadata_url", provider.entityId(), "attributes", Map.of("a", "b\u0001")))
                .is(400);
        set(Map.of("metadata", "<a>")).is(400);
        set(Map.of("metadata", provider.metadata(), "provider", "another")).is(400);
        set(Map.of("metadata_url", "http://example.org/metadata")).is(400);
        set(Map.of("metadata_url", provider.entityId(), "metadata", provider.metadata()))
                .is(400);
        set(Map.of("metadata_url", provider.entityId(), "colour", "blue")).is(400);
        Answer wrong = set(Map.of("metadata", "<!DOCTYPE a><a/>"));
        assertThat(wrong.is(400).at("/error/message") + wrong.json()).contains("metadata");
        // nobody else may, and a protocol is of one kind
        api.anonymous().get(settings).is(401);
        api.put(
                        "/haneul/v1/federation/" + idp + "/saml2/oidc",
                        "{\"oidc\":{\"issuer\":\"https://a.example.org\",\"client_id\":\"a\"}}")
                .is(200);
        api.get(settings).is(404);
        set(Map.of("metadata_url", provider.entityId())).is(200);
        api.get("/haneul/v1/federation/" + idp + "/saml2/oidc").is(404);
        api.delete(settings).is(204);
        api.delete(settings).is(204);
        api.get(settings).is(404);
        assertThat(begin(ORIGIN).statusCode()).isEqualTo(404);
        set(Map.of("metadata_url", provider.entityId())).is(200);
        api.delete("/OS-FEDERATION/identity_providers/" + idp).is(204);
        api.get(settings).is(404);
    }

    @Test
    void aLoginPageOffersTheProviderAndNoStrangersPageGetsAToken() {
        assertThat(cloud.get(cloud.haneul.identity.SingleSignOn.class).choices())
                .anyMatch(choice -> choice.providerId().equals(idp));
        for (String evil : List.of("https://evil.example.org/", ORIGIN + "x", "", "javascript:alert(1)")) {
            assertThat(begin(evil).statusCode()).as(evil).isEqualTo(401);
        }
        Form form = atProvider();
        api.patch("/OS-FEDERATION/identity_providers/" + idp, "{\"identity_provider\":{\"enabled\":false}}")
                .is(200);
        assertThat(begin(ORIGIN).statusCode()).isEqualTo(403);
        assertThat(arrives(form)).isEqualTo(403);
        assertThat(cloud.get(cloud.haneul.identity.SingleSignOn.class).choices())
                .noneMatch(choice -> choice.providerId().equals(idp));
    }
}
