package cloud.haneul.identity.rest;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.haneul.kernel.testing.TestClock;
import cloud.haneul.kernel.testing.TestCloud;
import cloud.haneul.kernel.testing.TestRest;
import cloud.haneul.kernel.testing.With;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An unrestricted application credential may hand on what it has, and never what its user has besides. */
@ExtendWith(TestCloud.class)
@With("haneul.identity.password-hash-memory=1024")
class HandingOnRestTest {
    private static final String TRUSTS = "/OS-TRUST/trusts";

    private final TestCloud cloud;
    private final TestRest rest;
    private Client admin;
    private Client ann;
    private String annId;
    private String annName;
    private String project;
    private String mine;
    private Instant now;

    HandingOnRestTest(TestCloud cloud) {
        this.cloud = cloud;
        rest = TestRest.of(cloud);
    }

    @BeforeEach
    void people(TestClock clock) throws Exception {
        now = clock.instant();
        admin = Client.admin(rest, cloud);
        project = admin.project();
        annName = Client.name("ann");
        annId = admin.user(annName);
        admin.give(annId, "manager", project);
        ann = admin.inProject(annName, project);
        mine = "/users/" + annId + "/application_credentials";
    }

    @AfterEach
    void close() {
        rest.close();
    }

    private Client.Answer make(Client who, String more) throws Exception {
        return who.post(mine, "{\"application_credential\":{\"name\":\"" + Client.name("app") + "\"" + more + "}}");
    }

    /** Who acts by an unrestricted one of Ann's. */
    private Client robot(String more) throws Exception {
        JsonNode made =
                make(ann, ",\"unrestricted\":true" + more).is(201).json().path("application_credential");
        return ann.with(ann.auth(
                        """
                        {"methods":["application_credential"],"application_credential":{"id":"%s","secret":"%s"}}""".formatted(
                                made.path("id").asText(), made.path("secret").asText()),
                        "")
                .is(201)
                .header("X-Subject-Token"));
    }

    private Client.Answer lend(Client who, String where, String role, String more) throws Exception {
        return who.post(TRUSTS, """
                {"trust":{"trustor_user_id":"%s","trustee_user_id":"%s","impersonation":true,"project_id":"%s",
                 "roles":[{"name":"%s"}]%s}}""".formatted(annId, annId, where, role, more));
    }

    private static String until(Instant end) {
        return ",\"expires_at\":\"" + Times.zulu(end) + "\"";
    }

    @Test
    void whatItMakesEndsWithItAndIsHeldToSomeOfItsRules() throws Exception {
        Instant end = now.plus(Duration.ofHours(1));
        Client timed = robot(",\"expires_at\":\"" + Times.plain(end) + "\"");
        assertThat(make(timed, "").is(403).text("/error/message")).contains("expires later");
        make(timed, ",\"expires_at\":\"" + Times.plain(end.plusSeconds(1)) + "\"")
                .is(403);
        make(timed, ",\"expires_at\":\"" + Times.plain(end) + "\"").is(201);

        String rules = """
                ,"access_rules":[{"service":"identity","method":"POST","path":"/v3/users/*/application_credentials"},
                 {"service":"identity","method":"POST","path":"/v3/OS-TRUST/trusts"}%s]""";
        Client ruled = robot(rules.formatted(""));
        assertThat(make(ruled, "").is(403).text("/error/message")).contains("access rules");
        make(ruled, rules.formatted(",{\"service\":\"compute\",\"method\":\"GET\",\"path\":\"/v2.1/servers\"}"))
                .is(403);
        make(ruled, rules.formatted("")).is(201);
        // a trust has no rules to be held to
        lend(ruled, project, "member", "").is(403);
    }

    @Test
    void itLendsItsOwnRolesInItsOwnProjectForItsOwnTime() throws Exception {
        String elsewhere = admin.post("/projects", "{\"project\":{\"name\":\"" + Client.name("p") + "\"}}")
                .is(201)
                .text("/project/id");
        admin.give(annId, "member", elsewhere);
        Instant end = now.plus(Duration.ofHours(1));
        Client robot = robot(",\"roles\":[{\"name\":\"member\"}],\"expires_at\":\"" + Times.plain(end) + "\"");
        lend(ann, project, "manager", "").is(201);
        lend(ann, elsewhere, "member", "").is(201);

        lend(robot, project, "manager", "").is(404);
        assertThat(lend(robot, elsewhere, "member", "").is(403).text("/error/message"))
                .contains("its own project");
        robot.post(TRUSTS, """
                {"trust":{"trustor_user_id":"%s","trustee_user_id":"%s","impersonation":true}}""".formatted(annId, annId)).is(403);
        lend(robot, project, "member", until(end.plusSeconds(1))).is(403);
        JsonNode trust = lend(robot, project, "reader", "").is(201).json().path("trust");
        assertThat(trust.path("expires_at").asText()).isEqualTo(Times.zulu(end));
        assertThat(trust.path("roles").findValuesAsText("name")).containsExactly("reader");
        lend(robot, project, "member", until(end.minusSeconds(1))).is(201);
        robot.delete(TRUSTS + "/" + trust.path("id").asText()).is(204);
    }

    @Test
    void itSeesAndMakesNoSecretsOfItsUserButKeysThatAreAsGoodAsItself() throws Exception {
        String pairs = "/users/" + annId + "/credentials/OS-EC2";
        String tenant = "{\"tenant_id\":\"" + project + "\"}";
        String hers = ann.post(pairs, tenant).is(201).text("/credential/access");
        String totp = ann.post("/credentials", """
                {"credential":{"user_id":"%s","type":"totp","blob":"GEZDGNBV"}}""".formatted(annId)).is(201).text("/credential/id");
        Client robot = robot("");

        robot.get(pairs + "/" + hers).is(404);
        robot.delete(pairs + "/" + hers).is(404);
        robot.get("/credentials/" + totp).is(404);
        robot.patch("/credentials/" + totp, "{\"credential\":{\"blob\":\"GEZDGNBV\"}}")
                .is(404);
        robot.delete("/credentials/" + totp).is(404);
        assertThat(robot.get("/credentials").is(200).json().path("credentials")).isEmpty();
        assertThat(robot.get(pairs).is(200).json().path("credentials")).isEmpty();
        robot.post("/credentials", """
                {"credential":{"user_id":"%s","type":"totp","blob":"GEZDGNBV"}}""".formatted(annId)).is(403);

        JsonNode own = robot.post(pairs, tenant).is(201).json().path("credential");
        robot.get(pairs + "/" + own.path("access").asText()).is(200);
        JsonNode listed = robot.get("/credentials").is(200).json().path("credentials");
        assertThat(listed).hasSize(1);
        String path = "/credentials/" + listed.get(0).path("id").asText();
        robot.patch(path, "{\"credential\":{\"type\":\"totp\",\"blob\":\"GEZDGNBV\"}}")
                .is(403);
        robot.delete(path).is(204);
    }

    @Test
    void itSaysYesToNoConsumerEvenAsAdministrator() throws Exception {
        admin.give(annId, "admin", project);
        ann = admin.inProject(annName, project);
        Client robot = robot("");
        robot.call(
                        "PUT",
                        "/OS-OAUTH1/authorize/0123456789abcdef0123456789abcdef",
                        "{\"roles\":[{\"id\":\"" + admin.role("member") + "\"}]}")
                .is(403);
        ann.call(
                        "PUT",
                        "/OS-OAUTH1/authorize/0123456789abcdef0123456789abcdef",
                        "{\"roles\":[{\"id\":\"" + admin.role("member") + "\"}]}")
                .is(404);
    }

    @Test
    void whoActsByATrustEndsNoOther() throws Exception {
        String trustee = Client.name("trustee");
        String trusteeId = admin.user(trustee);
        String body = """
                {"trust":{"trustor_user_id":"%s","trustee_user_id":"%s","impersonation":true,"project_id":"%s",
                 "roles":[{"name":"member"}]}}""".formatted(annId, trusteeId, project);
        String one = ann.post(TRUSTS, body).is(201).text("/trust/id");
        String other = ann.post(TRUSTS, body).is(201).text("/trust/id");
        Client unscoped = admin.in(trustee, Client.PASSWORD, "\"unscoped\"");
        Client lent = unscoped.with(unscoped.auth(
                        "{\"methods\":[\"token\"],\"token\":{\"id\":\"" + unscoped.token() + "\"}}",
                        "{\"OS-TRUST:trust\":{\"id\":\"" + one + "\"}}")
                .is(201)
                .header("X-Subject-Token"));
        lent.delete(TRUSTS + "/" + other).is(403);
        lent.delete(TRUSTS + "/" + one).is(204);
    }
}
