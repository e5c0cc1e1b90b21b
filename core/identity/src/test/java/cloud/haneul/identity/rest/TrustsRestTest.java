package cloud.haneul.identity.rest;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.haneul.kernel.testing.TestClock;
import cloud.haneul.kernel.testing.TestCloud;
import cloud.haneul.kernel.testing.TestRest;
import cloud.haneul.kernel.testing.With;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestCloud.class)
@With("haneul.identity.password-hash-memory=1024")
class TrustsRestTest {
    private static final String TRUSTS = "/OS-TRUST/trusts";

    private final TestCloud cloud;
    private final TestRest rest;
    private Client admin;
    private Client trustor;
    private Client trustee;
    private String trustorId;
    private String trusteeId;
    private String trustorName;
    private String trusteeName;
    private String project;

    TrustsRestTest(TestCloud cloud) {
        this.cloud = cloud;
        rest = TestRest.of(cloud);
    }

    @BeforeEach
    void people() throws Exception {
        admin = Client.admin(rest, cloud);
        project = admin.project();
        trustorName = Client.name("trustor");
        trusteeName = Client.name("trustee");
        trustorId = admin.user(trustorName);
        trusteeId = admin.user(trusteeName);
        admin.give(trustorId, "manager", project);
        trustor = admin.inProject(trustorName, project);
        trustee = admin.in(trusteeName, Client.PASSWORD, "\"unscoped\"");
    }

    @AfterEach
    void close() {
        rest.close();
    }

    private String body(String from, String to, boolean impersonation, String role, String more) {
        return """
                {"trust":{"trustor_user_id":"%s","trustee_user_id":"%s","impersonation":%s,"project_id":"%s",
                 "roles":[{"name":"%s"}]%s}}""".formatted(from, to, impersonation, project, role, more);
    }

    private JsonNode made(boolean impersonation, String role, String more) throws Exception {
        return trustor.post(TRUSTS, body(trustorId, trusteeId, impersonation, role, more))
                .is(201)
                .json()
                .path("trust");
    }

    private Client.Answer enter(Client who, String trust) throws Exception {
        return who.auth(
                "{\"methods\":[\"token\"],\"token\":{\"id\":\"" + who.token() + "\"}}",
                "{\"OS-TRUST:trust\":{\"id\":\"" + trust + "\"}}");
    }

    private Client in(Client who, JsonNode trust) throws Exception {
        return who.with(enter(who, trust.path("id").asText()).is(201).header("X-Subject-Token"));
    }

    @Test
    void aTrustIsShownToBothAndToNobodyElse() throws Exception {
        JsonNode trust = made(true, "member", "");
        String path = TRUSTS + "/" + trust.path("id").asText();
        assertThat(trust.path("trustor_user_id").asText()).isEqualTo(trustorId);
        assertThat(trust.path("expires_at").isNull()).isTrue();
        assertThat(trust.path("remaining_uses").isNull()).isTrue();
        assertThat(trust.path("redelegation_count").asInt(-1)).isZero();
        assertThat(trust.at("/roles/0/name").asText()).isEqualTo("member");
        assertThat(trust.at("/roles/0/links/self").asText()).contains("/v3/roles/");
        assertThat(trust.at("/links/self").asText()).endsWith(path);
        assertThat(trustor.get(path).is(200).json().path("trust")).isEqualTo(trust);
        trustee.get(path).is(200);
        admin.inProject(stranger(), project).get(path).is(403);
        assertThat(trustor.get(TRUSTS + "?trustor_user_id=" + trustorId)
                        .is(200)
                        .json()
                        .path("trusts"))
                .hasSize(1)
                .noneMatch(t -> t.has("roles"));
        assertThat(trustee.get(TRUSTS + "?trustee_user_id=" + trusteeId)
                        .is(200)
                        .json()
                        .path("trusts"))
                .hasSize(1);
        trustee.get(TRUSTS + "?trustor_user_id=" + trustorId).is(403);
        trustor.get(TRUSTS).is(403);
        admin.get(TRUSTS).is(200);
        String role = trust.at("/roles/0/id").asText();
        assertThat(trustee.get(path + "/roles").is(200).json().path("roles")).hasSize(1);
        trustee.get(path + "/roles/" + role).is(200);
        trustee.call("HEAD", path + "/roles/" + role, "").is(200);
        trustee.get(path + "/roles/" + admin.role("manager")).is(404);
        trustee.delete(path).is(403);
        trustor.delete(path).is(204);
        trustor.get(path).is(404);
    }

    private String stranger() throws Exception {
        String name = Client.name("stranger");
        admin.give(admin.user(name), "reader", project);
        return name;
    }

    @Test
    void byImpersonationTheTrusteeActsAsTheTrustorWithWhatWasLent() throws Exception {
        JsonNode trust = made(true, "member", "");
        JsonNode token =
                enter(trustee, trust.path("id").asText()).is(201).json().path("token");
        assertThat(token.at("/user/id").asText()).isEqualTo(trustorId);
        assertThat(token.at("/project/id").asText()).isEqualTo(project);
        assertThat(token.path("roles").findValuesAsText("name")).containsExactly("member", "reader");
        assertThat(token.at("/OS-TRUST:trust/impersonation").asBoolean()).isTrue();
        assertThat(token.at("/OS-TRUST:trust/trustee_user/id").asText()).isEqualTo(trusteeId);
        JsonNode other = enter(trustee, made(false, "reader", "").path("id").asText())
                .is(201)
                .json()
                .path("token");
        assertThat(other.at("/user/id").asText()).isEqualTo(trusteeId);
        assertThat(other.path("roles").findValuesAsText("name")).containsExactly("reader");
    }

    @Test
    void onlyTheTrusteeGetsInAndNobodyLendsWhatHeHasNot() throws Exception {
        JsonNode trust = made(true, "member", "");
        enter(trustor, trust.path("id").asText()).is(403);
        enter(trustee, "0123456789abcdef0123456789abcdef").is(404);
        trustor.post(TRUSTS, body(trustorId, trusteeId, true, "admin", "")).is(404);
        trustor.post(TRUSTS, body(trustorId, "nobody", true, "member", "")).is(404);
        trustee.post(TRUSTS, body(trustorId, trusteeId, true, "member", "")).is(403);
        trustor.post(TRUSTS, body(trustorId, trusteeId, true, "member", ",\"expires_at\":\"bad.123Z\""))
                .is(400);
        trustor.post(TRUSTS, body(trustorId, trusteeId, true, "member", ",\"expires_at\":\"2020-01-01T00:00:00Z\""))
                .is(400);
        trustor.post(TRUSTS, body(trustorId, trusteeId, true, "member", ",\"remaining_uses\":0"))
                .is(400);
    }

    @Test
    void aTrustEndsWithItsTimeItsUsesItsRolesAndItsPeople(TestClock clock) throws Exception {
        String end = Times.zulu(clock.instant().plus(Duration.ofMinutes(5)));
        JsonNode timed = made(true, "member", ",\"expires_at\":\"" + end + "\"");
        assertThat(timed.path("expires_at").asText()).isEqualTo(end);
        Client inTime = in(trustee, timed);
        JsonNode counted = made(true, "member", ",\"remaining_uses\":2");
        in(trustee, counted);
        Client second = in(trustee, counted);
        enter(trustee, counted.path("id").asText()).is(403);
        second.get("/auth/projects").is(200);
        trustor.get(TRUSTS + "/" + counted.path("id").asText()).is(404);
        clock.forward(Duration.ofMinutes(6));
        inTime.get("/auth/projects").is(401);
        enter(trustee, timed.path("id").asText()).is(404);
        trustor.get(TRUSTS + "/" + timed.path("id").asText()).is(404);
        clock.forward(Duration.ofMinutes(-6));
        JsonNode lent = made(true, "manager", "");
        Client manager = in(trustee, lent);
        admin.take(trustorId, "manager", project);
        manager.get("/auth/projects").is(401);
        enter(trustee, lent.path("id").asText()).is(403);
        admin.give(trustorId, "manager", project);
        Client again = in(trustee, lent);
        admin.patch("/users/" + trustorId, "{\"user\":{\"enabled\":false}}").is(200);
        again.get("/auth/projects").is(401);
        enter(trustee, lent.path("id").asText()).is(403);
        admin.patch("/users/" + trustorId, "{\"user\":{\"enabled\":true}}").is(200);
        Client last = in(trustee, lent);
        admin.delete("/users/" + trusteeId).is(204);
        last.get("/auth/projects").is(401);
        admin.get(TRUSTS + "/" + lent.path("id").asText()).is(404);
    }

    @Test
    void aTrustTokenCannotBecomeAnythingElse() throws Exception {
        Client lent = in(trustee, made(true, "member", ""));
        String identity = "{\"methods\":[\"token\"],\"token\":{\"id\":\"" + lent.token() + "\"}}";
        lent.auth(identity, "{\"project\":{\"id\":\"" + project + "\"}}").is(403);
        lent.auth(identity, "").is(403);
        lent.post("/users/" + trustorId + "/application_credentials", "{\"application_credential\":{\"name\":\"x\"}}")
                .is(403);
        lent.post("/credentials", """
                {"credential":{"user_id":"%s","type":"totp","blob":"GEZDGNBV"}}""".formatted(trustorId)).is(403);
        // a trust that is not to be handed on is not
        lent.post(TRUSTS, body(trustorId, trusteeId, true, "member", "")).is(403);
    }

    @Test
    void ec2KeysMadeByATrustShowIt() throws Exception {
        JsonNode trust = made(true, "member", "");
        Client lent = in(trustee, trust);
        JsonNode keys = lent.post("/users/" + trustorId + "/credentials/OS-EC2", "{\"tenant_id\":\"" + project + "\"}")
                .is(201)
                .json()
                .path("credential");
        assertThat(keys.path("trust_id")).isEqualTo(trust.path("id"));
        lent.get("/users/" + trustorId + "/credentials/OS-EC2/"
                        + keys.path("access").asText())
                .is(200);
    }

    @Test
    void aTrustIsHandedOnWithinWhatItIs(TestClock clock) throws Exception {
        String end = Times.zulu(clock.instant().plus(Duration.ofHours(1)));
        JsonNode first = made(
                true,
                "manager",
                ",\"allow_redelegation\":true,\"redelegation_count\":2,\"expires_at\":\"" + end + "\"");
        assertThat(first.path("redelegation_count").asInt()).isEqualTo(2);
        Client lent = in(trustee, first);
        String thirdName = Client.name("third");
        String thirdId = admin.user(thirdName);
        Client third = admin.in(thirdName, Client.PASSWORD, "\"unscoped\"");
        JsonNode second = lent.post(TRUSTS, body(trustorId, thirdId, true, "member", ",\"allow_redelegation\":true"))
                .is(201)
                .json()
                .path("trust");
        assertThat(second.path("redelegated_trust_id")).isEqualTo(first.path("id"));
        assertThat(second.path("redelegation_count").asInt()).isEqualTo(1);
        assertThat(second.path("expires_at").asText()).isEqualTo(end);
        String later = Times.zulu(clock.instant().plus(Duration.ofHours(2)));
        lent.post(TRUSTS, body(trustorId, thirdId, true, "member", ",\"expires_at\":\"" + later + "\""))
                .is(403);
        lent.post(TRUSTS, body(trustorId, thirdId, true, "member", ",\"remaining_uses\":1"))
                .is(403);
        lent.post(TRUSTS, body(trustorId, thirdId, true, "admin", "")).is(403);
        // the trustor has it, the trust has not
        admin.give(trustorId, "admin", project);
        lent.post(TRUSTS, body(trustorId, thirdId, true, "admin", "")).is(403);
        trustor.post(
                        TRUSTS,
                        body(
                                trustorId,
                                trusteeId,
                                true,
                                "member",
                                ",\"allow_redelegation\":true,\"redelegation_count\":4"))
                .is(403);
        trustor.post(
                        TRUSTS,
                        body(trustorId, trusteeId, true, "member", ",\"allow_redelegation\":true,\"remaining_uses\":1"))
                .is(400);
        Client deep = in(third, second);
        trustor.delete(TRUSTS + "/" + first.path("id").asText()).is(204);
        deep.get("/auth/projects").is(401);
        admin.get(TRUSTS + "/" + second.path("id").asText()).is(404);
    }
}
