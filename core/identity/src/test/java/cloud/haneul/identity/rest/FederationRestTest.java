package cloud.haneul.identity.rest;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.haneul.identity.rest.ApiClient.Answer;
import cloud.haneul.kernel.reconcile.Reconciler;
import cloud.haneul.kernel.testing.TestCloud;
import cloud.haneul.kernel.testing.With;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.BeanManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** People of an OpenID provider: its registration, their way in by token and by browser, and what they cannot get. */
@ExtendWith(TestCloud.class)
@With("haneul.identity.password-hash-memory=1024")
@With("haneul.identity.oidc-timeout=PT2S")
@With("haneul.identity.trusted-dashboards=https://horizon.example.org/auth/websso/")
class FederationRestTest {
    private static final String ORIGIN = "https://horizon.example.org/auth/websso/";
    private static final Pattern TOKEN = Pattern.compile("name=\"token\" value=\"([^\"]+)\"");

    private final ApiClient api;
    private final TestCloud cloud;
    private final OpenIdProvider op = new OpenIdProvider();
    private final HttpClient browser = HttpClient.newHttpClient();
    private String idp;
    private String domain;
    private String group;

    FederationRestTest(TestCloud cloud) {
        this.cloud = cloud;
        api = ApiClient.admin(cloud);
    }

    @BeforeEach
    void provider() {
        idp = "idp" + System.nanoTime();
        group = api.made("/groups", "{\"group\":{\"name\":\"makers" + idp + "\"}}");
        domain = api.put(
                        "/OS-FEDERATION/identity_providers/" + idp,
                        "{\"identity_provider\":{\"enabled\":true,\"remote_ids\":[\"" + op.issuer() + "\"]}}")
                .is(201)
                .at("/identity_provider/domain_id");
        map("""
                {"local":[{"user":{"name":"{0}","email":"{1}"}}],
                 "remote":[{"type":"OIDC-preferred_username"},{"type":"OIDC-email"}]},
                {"local":[{"groups":"{0}","domain":{"id":"default"}}],
                 "remote":[{"type":"HTTP_OIDC_GROUPS","whitelist":["%s"]}]}""".formatted("makers" + idp));
        api.put(
                        "/OS-FEDERATION/identity_providers/" + idp + "/protocols/openid",
                        "{\"protocol\":{\"mapping_id\":\"m" + idp + "\"}}")
                .is(201);
        client(op.issuer()).is(200);
        ann("makers" + idp);
    }

    @AfterEach
    void close() {
        api.close();
        op.close();
    }

    private void ann(Object... groups) {
        op.user(Map.of(
                "sub", "1234", "preferred_username", "ann", "email", "ann@example.org", "groups", List.of(groups)));
    }

    private void map(String rules) {
        String body = "{\"mapping\":{\"rules\":[" + rules + "],\"schema_version\":\"2.0\"}}";
        if (api.head("/OS-FEDERATION/mappings/m" + idp) == 200) {
            api.patch("/OS-FEDERATION/mappings/m" + idp, body).is(200);
        } else {
            api.put("/OS-FEDERATION/mappings/m" + idp, body).is(201);
        }
    }

    private Answer client(String issuer) {
        return api.put(
                "/haneul/v1/federation/" + idp + "/openid/oidc",
                "{\"oidc\":{\"issuer\":\"" + issuer + "\",\"client_id\":\"" + OpenIdProvider.CLIENT
                        + "\",\"client_secret\":\"" + OpenIdProvider.SECRET + "\"}}");
    }

    private Answer login(String accessToken) {
        return api.anonymous()
                .call(
                        "POST",
                        "/OS-FEDERATION/identity_providers/" + idp + "/protocols/openid/auth",
                        "",
                        "Authorization",
                        "Bearer " + accessToken);
    }

    private Answer scoped(Answer unscoped, String project) {
        return api.anonymous()
                .post(
                        "/auth/tokens",
                        "{\"auth\":{\"identity\":{\"methods\":[\"token\"],\"token\":{\"id\":\""
                                + unscoped.header("X-Subject-Token") + "\"}},\"scope\":{\"project\":{\"id\":\""
                                + project
                                + "\"}}}}");
    }

    private String projectOfGroup() {
        String project = api.made("/projects", "{\"project\":{\"name\":\"p" + System.nanoTime() + "\"}}");
        api.put("/projects/" + project + "/groups/" + group + "/roles/" + api.role("member"))
                .is(204);
        return project;
    }

    private void reconcile() {
        cloud.get(BeanManager.class).createInstance().select(Reconciler.class, Any.Literal.INSTANCE).stream()
                .filter(one -> one.name().equals("memberships"))
                .forEach(Reconciler::reconcile);
    }

    @Test
    void providersProtocolsAndMappingsAreKeptAsKeystoneKeepsThem() {
        String path = "/OS-FEDERATION/identity_providers/" + idp;
        Answer shown = api.get(path).is(200);
        assertThat(shown.at("/identity_provider/remote_ids/0")).isEqualTo(op.issuer());
        assertThat(shown.at("/identity_provider/links/protocols")).endsWith(path + "/protocols");
        assertThat(shown.json().at("/identity_provider/authorization_ttl").isNull())
                .isTrue();
        assertThat(api.get("/domains/" + domain).at("/domain/description")).contains(idp);
        api.put(path, "{\"identity_provider\":{}}").is(409);
        api.put(path + "2", "{\"identity_provider\":{\"remote_ids\":[\"" + op.issuer() + "\"]}}")
                .is(409);
        api.put(path + "2", "{\"identity_provider\":{\"colour\":\"blue\"}}").is(400);
        assertThat(api.put(path + "2", "{\"identity_provider\":{\"domain_id\":\"default\"}}")
                        .is(201)
                        .json()
                        .at("/identity_provider/enabled")
                        .asBoolean(true))
                .isFalse();
        assertThat(api.get("/OS-FEDERATION/identity_providers?id=" + idp).json().path("identity_providers"))
                .hasSize(1);
        assertThat(api.patch(path, "{\"identity_provider\":{\"authorization_ttl\":5,\"description\":\"x\"}}")
                        .is(200)
                        .at("/identity_provider/authorization_ttl"))
                .isEqualTo("5");
        assertThat(api.get(path + "/protocols/openid").is(200).at("/protocol/mapping_id"))
                .isEqualTo("m" + idp);
        assertThat(api.get(path + "/protocols").json().path("protocols")).hasSize(1);
        api.put(path + "/protocols/openid", "{\"protocol\":{\"mapping_id\":\"m" + idp + "\"}}")
                .is(409);
        api.put(path + "/protocols/other", "{\"protocol\":{\"mapping_id\":\"nope\"}}")
                .is(400);
        api.get(path + "/protocols/nope").is(404);
        assertThat(api.get("/OS-FEDERATION/mappings/m" + idp).is(200).at("/mapping/rules/0/remote/0/type"))
                .isEqualTo("OIDC-preferred_username");
        api.patch("/OS-FEDERATION/mappings/m" + idp, "{\"mapping\":{\"rules\":[{\"local\":[]}]}}")
                .is(400);
        api.delete("/OS-FEDERATION/mappings/m" + idp).is(403);
        String client = api.get("/haneul/v1/federation/" + idp + "/openid/oidc")
                .is(200)
                .json()
                .toString();
        assertThat(client).contains(op.issuer()).doesNotContain("secret");
        client("http://example.org").is(400);
        login(op.accessToken()).is(201);
        api.delete(path).is(204);
        api.get(path).is(404);
        api.delete("/OS-FEDERATION/mappings/m" + idp).is(204);
        assertThat(api.get("/users?domain_id=" + domain).json().path("users")).isEmpty();
    }

    @Test
    void otherCloudsAreKeptToo() {
        String path = "/OS-FEDERATION/service_providers/sp" + System.nanoTime();
        api.put(path, "{\"service_provider\":{\"auth_url\":\"https://a/auth\",\"sp_url\":\"https://a/sp\"}}")
                .is(201);
        assertThat(api.get(path).at("/service_provider/relay_state_prefix")).isEqualTo("ss:mem:");
        api.put(path, "{\"service_provider\":{\"auth_url\":\"https://a\",\"sp_url\":\"https://a\"}}")
                .is(409);
        api.patch(path, "{\"service_provider\":{\"sp_url\":\"javascript:alert(1)\"}}")
                .is(400);
        assertThat(api.patch(path, "{\"service_provider\":{\"enabled\":true}}")
                        .is(200)
                        .at("/service_provider/enabled"))
                .isEqualTo("true");
        assertThat(api.get("/OS-FEDERATION/service_providers").json().path("service_providers"))
                .isNotEmpty();
        api.delete(path).is(204);
        api.get(path).is(404);
    }

    @Test
    void anAccessTokenOfTheProviderLetsItsUserIn() {
        String project = projectOfGroup();
        Answer answer = login(op.accessToken()).is(201);
        JsonNode user = answer.json().at("/token/user");
        assertThat(user.path("name").asText()).isEqualTo("ann");
        assertThat(user.at("/domain/id").asText()).isEqualTo(domain);
        assertThat(user.at("/OS-FEDERATION/identity_provider/id").asText()).isEqualTo(idp);
        assertThat(user.at("/OS-FEDERATION/groups/0/id").asText()).isEqualTo(group);
        assertThat(answer.json().at("/token/methods").toString()).isEqualTo("[\"openid\"]");
        assertThat(scoped(answer, project).is(201).json().at("/token/roles").findValuesAsText("name"))
                .containsExactly("member", "reader");
        ApiClient ann = api.with(answer.header("X-Subject-Token"));
        assertThat(ann.get("/OS-FEDERATION/projects")
                        .is(200)
                        .json()
                        .path("projects")
                        .findValuesAsText("id"))
                .containsExactly(project);
        // the same person again, with another name
        op.user(Map.of("sub", "1234", "preferred_username", "ann", "email", "other@example.org"));
        assertThat(login(op.accessToken()).at("/token/user/id"))
                .isEqualTo(user.path("id").asText());
        assertThat(api.get("/users/" + user.path("id").asText()).at("/user/email"))
                .isEqualTo("other@example.org");
        // by a token that says nothing itself, too
        assertThat(login(op.opaqueToken(true)).is(201).at("/token/user/id"))
                .isEqualTo(user.path("id").asText());
    }

    @Test
    void aGroupOfTheSameNameInAnotherDomainIsAnother() {
        String elsewhere = api.made("/domains", "{\"domain\":{\"name\":\"d" + System.nanoTime() + "\"}}");
        String name = "strangers" + idp;
        api.made("/groups", "{\"group\":{\"name\":\"" + name + "\",\"domain_id\":\"" + elsewhere + "\"}}");
        map("""
                {"local":[{"user":{"name":"{0}"}},{"group":{"name":"%s","domain":{"id":"default"}}}],
                 "remote":[{"type":"OIDC-preferred_username"}]}""".formatted(name));
        assertThat(login(op.accessToken()).is(201).json().at("/token/user/OS-FEDERATION/groups"))
                .isEmpty();
        String here = api.made("/groups", "{\"group\":{\"name\":\"" + name + "\"}}");
        assertThat(login(op.accessToken())
                        .is(201)
                        .json()
                        .at("/token/user/OS-FEDERATION/groups")
                        .findValuesAsText("id"))
                .containsExactly(here);
    }

    @Test
    void aTokenThatIsNoGoodLetsNobodyIn() {
        login(op.accessToken()).is(201);
        login("nonsense").is(401);
        login("").is(401);
        login(op.opaqueToken(false)).is(401);
        login(op.accessToken("another client", Instant.now().plusSeconds(300))).is(401);
        login(op.accessToken(OpenIdProvider.CLIENT, Instant.now().minusSeconds(300)))
                .is(401);
        login(op.unsignedToken()).is(401);
        login(op.confusedToken()).is(401);
        login(op.accessToken() + "x").is(401);
        try (OpenIdProvider stranger = new OpenIdProvider(OpenIdProvider.newKey())) {
            stranger.user(Map.of("sub", "1234", "preferred_username", "ann", "email", "x", "iss", op.issuer()));
            login(stranger.accessToken()).is(401);
        }
        // nobody without the claims that the mapping wants
        op.user(Map.of("sub", "1234"));
        login(op.accessToken()).is(401);
    }

    @Test
    void whatAUserCallsHisGroupsGivesHimNoOthers() {
        String project = projectOfGroup();
        String name = "makers" + idp;
        for (String odd : List.of("['" + name + "']", "x;" + name, name + ",x", "[\"" + name + "\"]", "MAKERS" + idp)) {
            ann(odd);
            Answer answer = login(op.accessToken()).is(201);
            assertThat(answer.json().at("/token/user/OS-FEDERATION/groups")).isEmpty();
            scoped(answer, project).is(401);
        }
    }

    @Test
    void membershipsLastAsLongAsTheyAreVouchedFor() {
        String project = projectOfGroup();
        api.patch("/OS-FEDERATION/identity_providers/" + idp, "{\"identity_provider\":{\"authorization_ttl\":30}}")
                .is(200);
        Answer first = login(op.accessToken()).is(201);
        String token = scoped(first, project).is(201).header("X-Subject-Token");
        api.with(token).get("/auth/catalog").is(200);
        ann("others");
        login(op.accessToken()).is(201);
        api.with(token).get("/auth/catalog").is(401);
        ann("makers" + idp);
        String again = scoped(login(op.accessToken()), project).is(201).header("X-Subject-Token");
        cloud.clock().forward(Duration.ofMinutes(31));
        reconcile();
        api.with(again).get("/auth/catalog").is(401);
    }

    @Test
    void rolesAreGivenInTheProjectsTheyAreForAndInTheProvidersDomain() {
        // a project of that name elsewhere is not meant
        String other = api.made("/projects", "{\"project\":{\"name\":\"one" + idp + "\"}}");
        map("""
                {"local":[{"user":{"name":"{0}"}},{"projects":[
                   {"name":"one%1$s","roles":[{"name":"reader"}]},
                   {"name":"two%1$s","roles":[{"name":"member"}]}]}],
                 "remote":[{"type":"preferred_username"}]}""".formatted(idp));
        Answer answer = login(op.accessToken()).is(201);
        JsonNode projects = api.with(answer.header("X-Subject-Token"))
                .get("/auth/projects")
                .json()
                .path("projects");
        assertThat(projects.findValuesAsText("domain_id")).containsOnly(domain).hasSize(2);
        for (JsonNode project : projects) {
            JsonNode roles =
                    scoped(answer, project.path("id").asText()).is(201).json().at("/token/roles");
            assertThat(roles.findValuesAsText("name"))
                    .containsExactlyElementsOf(
                            project.path("name").asText().startsWith("one")
                                    ? List.of("reader")
                                    : List.of("member", "reader"));
        }
        scoped(answer, other).is(401);
        assertThat(api.get("/role_assignments?scope.project.id=" + other).json().path("role_assignments"))
                .isEmpty();
        // a role that is not there keeps the user out
        map("""
                {"local":[{"user":{"name":"{0}"}},{"projects":[{"name":"one","roles":[{"name":"emperor"}]}]}],
                 "remote":[{"type":"preferred_username"}]}""");
        login(op.accessToken()).is(401);
    }

    @Test
    void aMappingCanNameSomebodyWhoIsHereAlready() {
        String name = "local" + System.nanoTime();
        String user = api.made("/users", "{\"user\":{\"name\":\"" + name + "\"}}");
        map("""
                {"local":[{"user":{"name":"%s","type":"local","domain":{"id":"default"}},"group":{"id":"%s"}}],
                 "remote":[{"type":"preferred_username","any_one_of":["ann"]}]}""".formatted(name, group));
        assertThat(login(op.accessToken()).is(201).at("/token/user/id")).isEqualTo(user);
        assertThat(api.get("/users/" + user + "/groups").json().path("groups")).isEmpty();
        api.patch("/users/" + user, "{\"user\":{\"enabled\":false}}").is(200);
        login(op.accessToken()).is(401);
        op.user(Map.of("sub", "5", "preferred_username", "bob"));
        login(op.accessToken()).is(401);
    }

    @Test
    void whoIsDisabledHereIsOutAndSoAreAllOfADisabledProvider() {
        Answer answer = login(op.accessToken()).is(201);
        String user = answer.at("/token/user/id");
        String token = answer.header("X-Subject-Token");
        api.with(token).get("/auth/catalog").is(200);
        api.patch("/users/" + user, "{\"user\":{\"enabled\":false}}").is(200);
        api.with(token).get("/auth/catalog").is(401);
        login(op.accessToken()).is(401);
        api.patch("/users/" + user, "{\"user\":{\"enabled\":true}}").is(200);
        String again = login(op.accessToken()).is(201).header("X-Subject-Token");
        api.patch("/OS-FEDERATION/identity_providers/" + idp, "{\"identity_provider\":{\"enabled\":false}}")
                .is(200);
        api.with(again).get("/auth/catalog").is(401);
        login(op.accessToken()).is(403);
        api.patch(
                        "/OS-FEDERATION/identity_providers/" + idp,
                        "{\"identity_provider\":{\"enabled\":true,\"remote_ids\":[\"https://somebody.else\"]}}")
                .is(200);
        login(op.accessToken()).is(403);
    }

    @Test
    void aProviderThatIsDownIsSaidToBe() {
        client("http://127.0.0.1:1").is(200);
        Answer answer = login(op.accessToken()).is(503);
        assertThat(answer.at("/error/message")).contains("identity provider").doesNotContain("127.0.0.1");
    }

    @Test
    void aBrowserComesBackFromTheProviderWithAToken() throws Exception {
        HttpResponse<String> begun = begin(ORIGIN);
        assertThat(begun.statusCode()).isEqualTo(303);
        String cookie = begun.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie).contains("HttpOnly", "SameSite=Lax");
        URI back = location(get(location(begun), ""));
        HttpResponse<String> done = get(back, cookie.substring(0, cookie.indexOf(';')));
        assertThat(done.statusCode()).isEqualTo(200);
        assertThat(done.headers().firstValue("Content-Security-Policy")).isPresent();
        assertThat(done.body()).contains("action=\"" + ORIGIN + "\"");
        Matcher token = TOKEN.matcher(done.body());
        assertThat(token.find()).isTrue();
        assertThat(api.with(token.group(1)).get("/auth/projects").is(200).json().path("projects"))
                .isEmpty();
        // the code is used up
        assertThat(get(back, cookie.substring(0, cookie.indexOf(';'))).statusCode())
                .isEqualTo(401);
    }

    @Test
    void aWebLoginIsGoodInItsOwnBrowserForAWhileAndForTrustedPages() throws Exception {
        for (String evil : List.of("https://evil.example.org/", ORIGIN + "x", "//evil", "", "javascript:alert(1)")) {
            assertThat(begin(evil).statusCode()).as(evil).isEqualTo(401);
        }
        HttpResponse<String> begun = begin(ORIGIN);
        String mine = begun.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
        String others =
                begin(ORIGIN).headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
        URI back = location(get(location(begun), ""));
        assertThat(get(back, "").statusCode()).isEqualTo(401);
        assertThat(get(back, others).statusCode()).isEqualTo(401);
        assertThat(get(URI.create(back.toString().replaceAll("state=[^&]+", "state=AAAA")), mine)
                        .statusCode())
                .isEqualTo(401);
        op.nonce("of another login");
        assertThat(get(back, mine).statusCode()).isEqualTo(401);
        op.nonce("");
        URI late = location(get(location(begin(ORIGIN)), ""));
        cloud.clock().forward(Duration.ofMinutes(11));
        assertThat(get(late, mine).statusCode()).isEqualTo(401);
    }

    private HttpResponse<String> begin(String origin) throws Exception {
        return get(
                api.rest()
                        .uri("/identity/v3/auth/OS-FEDERATION/identity_providers/" + idp
                                + "/protocols/openid/websso?origin="
                                + URLEncoder.encode(origin, StandardCharsets.UTF_8)),
                "");
    }

    private HttpResponse<String> get(URI uri, String cookie) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        if (!cookie.isEmpty()) {
            request.header("Cookie", cookie);
        }
        return browser.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static URI location(HttpResponse<String> answer) {
        return URI.create(answer.headers().firstValue("Location").orElseThrow());
    }
}
