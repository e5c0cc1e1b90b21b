package cloud.haneul.identity.rest;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.haneul.kernel.testing.TestClock;
import cloud.haneul.kernel.testing.TestCloud;
import cloud.haneul.kernel.testing.TestRest;
import cloud.haneul.kernel.testing.With;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestCloud.class)
@With("haneul.identity.password-hash-memory=1024")
class ApplicationCredentialsRestTest {
    private final TestCloud cloud;
    private final TestRest rest;
    private Client admin;
    private Client ann;
    private String annId;
    private String annName;
    private String project;
    private String mine;

    ApplicationCredentialsRestTest(TestCloud cloud) {
        this.cloud = cloud;
        rest = TestRest.of(cloud);
    }

    @BeforeEach
    void people() throws Exception {
        admin = Client.admin(rest, cloud);
        project = admin.project();
        annName = Client.name("ann");
        annId = admin.user(annName);
        admin.give(annId, "member", project);
        ann = admin.inProject(annName, project);
        mine = "/users/" + annId + "/application_credentials";
    }

    @AfterEach
    void close() {
        rest.close();
    }

    /** @param more fields after the name, each with a comma before it */
    private JsonNode made(Client who, String more) throws Exception {
        return who.post(mine, "{\"application_credential\":{\"name\":\"" + Client.name("app") + "\"" + more + "}}")
                .is(201)
                .json()
                .path("application_credential");
    }

    private Client.Answer login(String id, String secret) throws Exception {
        return ann.auth("""
                {"methods":["application_credential"],"application_credential":{"id":"%s","secret":"%s"}}""".formatted(id, secret), "");
    }

    private Client by(JsonNode credential) throws Exception {
        return ann.with(
                login(credential.path("id").asText(), credential.path("secret").asText())
                        .is(201)
                        .header("X-Subject-Token"));
    }

    @Test
    void theSecretIsToldOnceAndOpensTheProject() throws Exception {
        JsonNode made = made(ann, ",\"description\":\"for the robot\"");
        assertThat(made.path("secret").asText()).hasSize(86);
        assertThat(made.path("project_id").asText()).isEqualTo(project);
        assertThat(made.path("unrestricted").asBoolean(true)).isFalse();
        assertThat(made.path("expires_at").isNull()).isTrue();
        assertThat(made.path("roles").findValuesAsText("name")).containsExactly("member", "reader");
        String path = mine + "/" + made.path("id").asText();
        assertThat(made.at("/links/self").asText()).endsWith(path);
        JsonNode shown = ann.get(path).is(200).json().path("application_credential");
        assertThat(shown.has("secret")).isFalse();
        assertThat(shown.path("description").asText()).isEqualTo("for the robot");
        assertThat(ann.get(mine).is(200).json().path("application_credentials")).containsExactly(shown);
        assertThat(ann.get(mine + "?name=other").is(200).json().path("application_credentials"))
                .isEmpty();
        Client.Answer answer =
                login(made.path("id").asText(), made.path("secret").asText()).is(201);
        JsonNode token = answer.json().path("token");
        assertThat(token.at("/project/id").asText()).isEqualTo(project);
        assertThat(token.at("/methods/0").asText()).isEqualTo("application_credential");
        assertThat(token.at("/application_credential/id")).isEqualTo(made.path("id"));
        assertThat(token.at("/application_credential/restricted").asBoolean()).isTrue();
        ann.auth("""
                {"methods":["application_credential"],"application_credential":{"name":"%s","secret":"%s",
                 "user":{"name":"%s","domain":{"id":"default"}}}}""".formatted(made.path("name").asText(), made.path("secret").asText(), annName), "")
                .is(201);
        login(made.path("id").asText(), "wrong").is(401);
        ann.delete(path).is(204);
        ann.get(path).is(404);
        ann.with(answer.header("X-Subject-Token")).get("/auth/projects").is(401);
        login(made.path("id").asText(), made.path("secret").asText()).is(401);
    }

    @Test
    void aSecretOfOnesOwnAndAnEndArePossible(TestClock clock) throws Exception {
        String end = Times.plain(clock.instant().plus(Duration.ofMinutes(5)));
        JsonNode made = made(ann, ",\"secret\":\"chosen\",\"expires_at\":\"" + end + "\"");
        assertThat(made.path("expires_at").asText()).isEqualTo(end);
        JsonNode token =
                login(made.path("id").asText(), "chosen").is(201).json().path("token");
        assertThat(token.path("expires_at").asText()).isEqualTo(end + "Z");
        Client robot = by(made);
        clock.forward(Duration.ofMinutes(6));
        robot.get("/auth/projects").is(401);
        login(made.path("id").asText(), "chosen").is(401);
        clock.forward(Duration.ofMinutes(-6));
        ann.post(mine, """
                {"application_credential":{"name":"late","expires_at":"2020-01-01T00:00:00"}}""").is(400);
    }

    @Test
    void nobodyMakesOneForAnotherOrWithRolesHeLacks() throws Exception {
        String bobName = Client.name("bob");
        String bobId = admin.user(bobName);
        admin.give(bobId, "reader", project);
        Client bob = admin.inProject(bobName, project);
        String body = "{\"application_credential\":{\"name\":\"x\"}}";
        bob.post(mine, body).is(403);
        admin.post(mine, body).is(403);
        bob.get(mine).is(403);
        JsonNode ofAnn = made(ann, "");
        bob.delete(mine + "/" + ofAnn.path("id").asText()).is(403);
        bob.get("/users/" + bobId + "/application_credentials/"
                        + ofAnn.path("id").asText())
                .is(404);
        assertThat(ann.post(mine, """
                {"application_credential":{"name":"y","roles":[{"name":"admin"}]}}""").is(400).text("/error/message")).contains("admin");
        JsonNode reader = made(ann, ",\"roles\":[{\"name\":\"reader\"}]");
        assertThat(reader.path("roles").findValuesAsText("name")).containsExactly("reader");
        ann.post(
                        mine,
                        "{\"application_credential\":{\"name\":\""
                                + reader.path("name").asText() + "\"}}")
                .is(409);
    }

    @Test
    void aRestrictedOneMakesNothingThatWouldOutliveIt() throws Exception {
        Client robot = by(made(ann, ""));
        JsonNode keys = ann.post("/users/" + annId + "/credentials/OS-EC2", "{\"tenant_id\":\"" + project + "\"}")
                .is(201)
                .json()
                .path("credential");
        robot.post(mine, "{\"application_credential\":{\"name\":\"x\"}}").is(403);
        robot.delete(mine + "/" + made(ann, "").path("id").asText()).is(403);
        robot.post("/users/" + annId + "/credentials/OS-EC2", "{\"tenant_id\":\"" + project + "\"}")
                .is(403);
        robot.post("/credentials", """
                {"credential":{"user_id":"%s","type":"totp","blob":"GEZDGNBV"}}""".formatted(annId)).is(403);
        robot.post("/OS-TRUST/trusts", """
                {"trust":{"trustor_user_id":"%s","trustee_user_id":"%s","impersonation":true,"project_id":"%s",
                 "roles":[{"name":"member"}]}}""".formatted(annId, annId, project)).is(403);
        // nor does it learn a secret that is worth more
        robot.get("/users/" + annId + "/credentials/OS-EC2/"
                        + keys.path("access").asText())
                .is(404);
        assertThat(robot.get("/credentials").is(200).json().path("credentials")).isEmpty();
    }

    @Test
    void anUnrestrictedOneMakesOthersButNoneThatMayMore() throws Exception {
        Client robot = by(made(ann, ",\"unrestricted\":true,\"roles\":[{\"name\":\"reader\"}]"));
        JsonNode child = made(robot, "");
        assertThat(child.path("roles").findValuesAsText("name")).containsExactly("reader");
        robot.post(mine, """
                {"application_credential":{"name":"more","roles":[{"name":"member"}]}}""").is(400);
        by(child)
                .post(mine, "{\"application_credential\":{\"name\":\"grandchild\"}}")
                .is(403);
    }

    @Test
    void itCannotBecomeAnythingElse() throws Exception {
        Client robot = by(made(ann, ",\"unrestricted\":true"));
        String identity = "{\"methods\":[\"token\"],\"token\":{\"id\":\"" + robot.token() + "\"}}";
        robot.auth(identity, "{\"project\":{\"id\":\"" + project + "\"}}").is(403);
        robot.auth(identity, "").is(403);
        JsonNode made = made(ann, "");
        ann.auth(
                        """
                {"methods":["application_credential"],"application_credential":{"id":"%s","secret":"%s"}}""".formatted(
                                made.path("id").asText(), made.path("secret").asText()),
                        "{\"project\":{\"id\":\"" + project + "\"}}")
                .is(401);
    }

    @Test
    void itHasNoRoleThatItsUserHasNot() throws Exception {
        admin.give(annId, "manager", project);
        Client manager = admin.inProject(annName, project);
        JsonNode made = made(manager, "");
        Client robot = by(made);
        assertThat(robot.get("/auth/tokens").status()).isEqualTo(400);
        admin.take(annId, "manager", project);
        // what was chosen from the roles he had ends with them
        robot.get("/auth/projects").is(401);
        login(made.path("id").asText(), made.path("secret").asText()).is(401);
        Client.Answer disabled =
                login(made(admin.inProject(annName, project), "").path("id").asText(), "wrong");
        disabled.is(401);
        Client last = by(made(admin.inProject(annName, project), ""));
        admin.patch("/users/" + annId, "{\"user\":{\"enabled\":false}}").is(200);
        last.get("/auth/projects").is(401);
    }

    @Test
    void accessRulesLetThroughWhatTheyNameAndNothingElse() throws Exception {
        JsonNode made = made(ann, """
                ,"access_rules":[{"service":"identity","method":"GET","path":"/v3/users/*/application_credentials"},
                 {"service":"identity","method":"GET","path":"/v3/auth/**"},
                 {"service":"compute","method":"GET","path":"/v3/projects"}]""");
        assertThat(made.path("access_rules")).hasSize(3);
        Client robot = by(made);
        robot.get(mine).is(200);
        robot.get("/auth/projects").is(200);
        robot.get("/auth/catalog").is(200);
        robot.get("/users/" + annId).is(401);
        robot.get(mine + "/" + made.path("id").asText()).is(401);
        robot.get("/projects").is(401);
        robot.post(mine, "{\"application_credential\":{\"name\":\"x\"}}").is(401);
        assertThat(ann.get("/users/" + annId).status()).isEqualTo(200);
    }

    @Test
    void accessRulesAreKeptForTheNextCredential() throws Exception {
        String rules = "/users/" + annId + "/access_rules";
        String wanted = """
                ,"access_rules":[{"service":"compute","method":"GET","path":"/v2.1/servers/*/ips"}]""";
        JsonNode first = made(ann, wanted);
        JsonNode second = made(ann, wanted);
        JsonNode rule = first.at("/access_rules/0");
        assertThat(second.at("/access_rules/0")).isEqualTo(rule);
        assertThat(ann.get(rules).is(200).json().path("access_rules")).hasSize(1);
        String one = rules + "/" + rule.path("id").asText();
        assertThat(ann.get(one).is(200).text("/access_rule/path")).isEqualTo("/v2.1/servers/*/ips");
        ann.delete(one).is(403);
        ann.delete(mine + "/" + first.path("id").asText()).is(204);
        ann.delete(mine + "/" + second.path("id").asText()).is(204);
        JsonNode third =
                made(ann, ",\"access_rules\":[{\"id\":\"" + rule.path("id").asText() + "\"}]");
        ann.delete(mine + "/" + third.path("id").asText()).is(204);
        ann.delete(one).is(204);
        assertThat(ann.get(rules).json().path("access_rules")).isEmpty();
        ann.get(one).is(404);
        ann.post(mine, """
                {"application_credential":{"name":"odd","access_rules":[{"service":"compute","method":"READ","path":"/x"}]}}""").is(400);
    }

    @Test
    void anOAuth2ClientGetsABearerToken() throws Exception {
        JsonNode made = made(ann, "");
        HttpResponse<String> answer =
                oauth2(made.path("id").asText(), made.path("secret").asText(), "client_credentials");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode body = new com.fasterxml.jackson.databind.ObjectMapper().readTree(answer.body());
        assertThat(body.path("token_type").asText()).isEqualTo("Bearer");
        assertThat(body.path("expires_in").asInt()).isEqualTo(3600);
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        Client.of(rest)
                .call(
                        "GET",
                        "/auth/projects",
                        "",
                        "Authorization",
                        "Bearer " + body.path("access_token").asText())
                .is(200);
        Client.of(rest)
                .call("GET", "/auth/projects", "", "Authorization", "Bearer nonsense")
                .is(401);
        HttpResponse<String> wrong = oauth2(made.path("id").asText(), "wrong", "client_credentials");
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(wrong.body()).contains("invalid_client");
        HttpResponse<String> grant =
                oauth2(made.path("id").asText(), made.path("secret").asText(), "password");
        assertThat(grant.statusCode()).isEqualTo(400);
        assertThat(grant.body()).contains("unsupported_grant_type");
    }

    private HttpResponse<String> oauth2(String id, String secret, String grant) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(rest.uri("/identity/v3/OS-OAUTH2/token"))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .header(
                                        "Authorization",
                                        "Basic "
                                                + Base64.getEncoder()
                                                        .encodeToString(
                                                                (id + ":" + secret).getBytes(StandardCharsets.UTF_8)))
                                .POST(HttpRequest.BodyPublishers.ofString(
                                        "grant_type=" + URLEncoder.encode(grant, StandardCharsets.UTF_8)))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
