package cloud.haneul.identity.rest;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.testing.TestClock;
import cloud.haneul.kernel.testing.TestCloud;
import cloud.haneul.kernel.testing.TestRest;
import cloud.haneul.kernel.testing.With;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestCloud.class)
@With("haneul.identity.password-hash-memory=1024")
class OAuth1RestTest {
    private static final String CONSUMERS = "/OS-OAUTH1/consumers";
    private static final String REQUEST = "/OS-OAUTH1/request_token";
    private static final String ACCESS = "/OS-OAUTH1/access_token";
    private static final String LOGIN = "{\"auth\":{\"identity\":{\"methods\":[\"oauth1\"],\"oauth1\":{}}}}";

    private final TestCloud cloud;
    private final TestRest rest;
    private Client admin;
    private Client owner;
    private String ownerId;
    private String project;
    private OAuth1Client consumer;

    OAuth1RestTest(TestCloud cloud) {
        this.cloud = cloud;
        rest = TestRest.of(cloud);
    }

    @BeforeEach
    void people(TestClock clock) throws Exception {
        admin = Client.admin(rest, cloud);
        project = admin.project();
        String name = Client.name("owner");
        ownerId = admin.user(name);
        admin.give(ownerId, "admin", project);
        owner = admin.inProject(name, project);
        consumer = OAuth1Client.made(admin, rest, clock);
    }

    @AfterEach
    void close() {
        rest.close();
    }

    private OAuth1Client asked() {
        return consumer.post(REQUEST, "oob", "", "Requested-Project-Id", project)
                .is(201)
                .token();
    }

    private String authorized(Client who, OAuth1Client asked, String role) throws Exception {
        return who.call(
                        "PUT",
                        "/OS-OAUTH1/authorize/" + asked.token(),
                        "{\"roles\":[{\"id\":\"" + admin.role(role) + "\"}]}")
                .is(200)
                .text("/token/oauth_verifier");
    }

    private OAuth1Client granted(String role) throws Exception {
        OAuth1Client asked = asked();
        return asked.post(ACCESS, "", authorized(owner, asked, role)).is(201).token();
    }

    @Test
    void aConsumersSecretIsToldOnceAndKeptSealed(Database database) throws Exception {
        JsonNode made = admin.post(CONSUMERS, "{\"consumer\":{\"description\":null,\"team\":\"blue\"}}")
                .is(201)
                .json()
                .path("consumer");
        String path = CONSUMERS + "/" + made.path("id").asText();
        assertThat(made.path("secret").asText()).matches("[0-9a-f]{64}");
        assertThat(made.path("description").isNull()).isTrue();
        assertThat(made.path("team").asText()).isEqualTo("blue");
        assertThat(made.at("/links/self").asText()).endsWith(path);
        JsonNode shown = admin.get(path).is(200).json().path("consumer");
        assertThat(shown.has("secret")).isFalse();
        assertThat(admin.get(CONSUMERS).is(200).json().path("consumers")).contains(shown);
        List<?> stored = database.read(em -> em.createNativeQuery("select sealed from identity_oauth1_consumer")
                .getResultList());
        assertThat(stored)
                .noneMatch(text -> text.toString().contains(made.path("secret").asText()));
        admin.patch(path, "{\"consumer\":{\"secret\":\"mine\"}}").is(400);
        admin.post(CONSUMERS, "{\"consumer\":{\"description\":7}}").is(400);
        assertThat(admin.patch(path, "{\"consumer\":{\"description\":\"new\"}}")
                        .is(200)
                        .text("/consumer/description"))
                .isEqualTo("new");
        admin.delete(path).is(204);
        admin.get(path).is(404);
        admin.patch(path, "{\"consumer\":{\"description\":\"new\"}}").is(404);
        admin.delete(path).is(404);
    }

    @Test
    void consumersAndLeaveAreForAdministrators() throws Exception {
        String name = Client.name("member");
        String id = admin.user(name);
        admin.give(id, "member", project);
        Client member = admin.inProject(name, project);

        member.get(CONSUMERS).is(403);
        member.post(CONSUMERS, "{\"consumer\":{}}").is(403);
        member.delete(CONSUMERS + "/" + consumer.consumer()).is(403);
        member.get("/users/" + id + "/OS-OAUTH1/access_tokens").is(403);
        member.call(
                        "PUT",
                        "/OS-OAUTH1/authorize/" + asked().token(),
                        "{\"roles\":[{\"id\":\"" + admin.role("member") + "\"}]}")
                .is(403);
    }

    @Test
    void aConsumerActsWithWhatItsUserLendsAndNoMore() throws Exception {
        OAuth1Client access = granted("member");

        OAuth1Client.Answer login = access.send("/auth/tokens", LOGIN, "", "").is(201);
        JsonNode token = login.json().path("token");
        assertThat(token.path("methods")).hasToString("[\"oauth1\"]");
        assertThat(token.at("/user/id").asText()).isEqualTo(ownerId);
        assertThat(token.at("/project/id").asText()).isEqualTo(project);
        assertThat(token.path("roles").findValuesAsText("name")).containsExactly("member", "reader");
        assertThat(token.at("/OS-OAUTH1/access_token_id").asText()).isEqualTo(access.token());
        assertThat(token.at("/OS-OAUTH1/consumer_id").asText()).isEqualTo(consumer.consumer());
        Client lent = admin.with(login.header("X-Subject-Token"));
        lent.get("/auth/projects").is(200);
        lent.get(CONSUMERS).is(403);
        lent.auth(
                        "{\"methods\":[\"token\"],\"token\":{\"id\":\"" + lent.token() + "\"}}",
                        "{\"project\":{\"id\":\"" + project + "\"}}")
                .is(403);
        lent.post("/users/" + ownerId + "/credentials/OS-EC2", "{\"tenant_id\":\"" + project + "\"}")
                .is(403);
        lent.post("/users/" + ownerId + "/application_credentials", "{\"application_credential\":{\"name\":\"x\"}}")
                .is(403);
    }

    @Test
    void whoActsByLeaveLendsNothingOn() throws Exception {
        Client lent = admin.with(
                granted("admin").send("/auth/tokens", LOGIN, "", "").is(201).header("X-Subject-Token"));

        lent.get(CONSUMERS).is(200);
        lent.get("/users/" + ownerId + "/OS-OAUTH1/access_tokens").is(403);
        lent.call(
                        "PUT",
                        "/OS-OAUTH1/authorize/" + asked().token(),
                        "{\"roles\":[{\"id\":\"" + admin.role("admin") + "\"}]}")
                .is(403);
    }

    @Test
    void accessTokensAreSeenAndTakenBack() throws Exception {
        OAuth1Client access = granted("member");
        Client lent =
                admin.with(access.send("/auth/tokens", LOGIN, "", "").is(201).header("X-Subject-Token"));
        String all = "/users/" + ownerId + "/OS-OAUTH1/access_tokens";
        String path = all + "/" + access.token();

        JsonNode shown = admin.get(path).is(200).json().path("access_token");
        assertThat(shown.path("consumer_id").asText()).isEqualTo(consumer.consumer());
        assertThat(shown.path("authorizing_user_id").asText()).isEqualTo(ownerId);
        assertThat(shown.path("project_id").asText()).isEqualTo(project);
        assertThat(shown.toString()).doesNotContain("secret");
        assertThat(admin.get(all).is(200).json().path("access_tokens")).containsExactly(shown);
        assertThat(admin.get(path + "/roles").is(200).json().path("roles").findValuesAsText("name"))
                .containsExactly("member");
        admin.get(path + "/roles/" + admin.role("member")).is(200);
        admin.get(path + "/roles/" + admin.role("reader")).is(404);
        admin.get("/users/nobody/OS-OAUTH1/access_tokens/" + access.token()).is(404);
        admin.delete(path).is(204);
        admin.get(path).is(404);
        lent.get("/auth/projects").is(401);
        access.send("/auth/tokens", LOGIN, "", "").is(401);
    }

    @Test
    void leaveEndsWithTheConsumerTheRolesAndItsTime(TestClock clock) throws Exception {
        OAuth1Client first = granted("member");
        Client lent =
                admin.with(first.send("/auth/tokens", LOGIN, "", "").is(201).header("X-Subject-Token"));
        admin.take(ownerId, "admin", project);
        lent.get("/auth/projects").is(401);
        first.send("/auth/tokens", LOGIN, "", "").is(401);
        admin.give(ownerId, "admin", project);
        lent.get("/auth/projects").is(200);
        clock.forward(Duration.ofHours(24).plusMinutes(1));
        first.send("/auth/tokens", LOGIN, "", "").is(401);
        clock.forward(Duration.ofHours(-24).minusMinutes(1));
        lent.get("/auth/projects").is(200);
        admin.delete(CONSUMERS + "/" + consumer.consumer()).is(204);
        lent.get("/auth/projects").is(401);
        first.send("/auth/tokens", LOGIN, "", "").is(401);
        consumer.post(REQUEST, "oob", "", "Requested-Project-Id", project).is(401);
    }

    @Test
    void aRequestTokenIsChangedOnceByWhoAskedWithTheRightVerifierInTime(TestClock clock) throws Exception {
        OAuth1Client asked = asked();
        asked.post(ACCESS, "", "nobodysaidyes").is(401);
        asked.post(ACCESS, "", "").is(400);
        String verifier = authorized(owner, asked, "member");
        asked.post(ACCESS, "", verifier + "x").is(401);
        asked.withTokenSecret("wrong").post(ACCESS, "", verifier).is(401);
        JsonNode other =
                admin.post(CONSUMERS, "{\"consumer\":{}}").is(201).json().path("consumer");
        asked.as(other.path("id").asText(), other.path("secret").asText())
                .post(ACCESS, "", verifier)
                .is(401);
        asked.post(ACCESS, "", verifier).is(201);
        asked.post(ACCESS, "", verifier).is(401);
        OAuth1Client late = asked();
        clock.forward(Duration.ofHours(8).plusSeconds(1));
        owner.call("PUT", "/OS-OAUTH1/authorize/" + late.token(), "{\"roles\":[{\"name\":\"member\"}]}")
                .is(401);
        clock.forward(Duration.ofHours(-8).minusSeconds(1));
    }

    @Test
    void nobodyLendsWhatHeHasNot() throws Exception {
        String path = "/OS-OAUTH1/authorize/" + asked().token();

        admin.call("PUT", path, "{\"roles\":[{\"name\":\"member\"}]}").is(403);
        owner.call("PUT", path, "{\"roles\":[{\"name\":\"service\"}]}").is(403);
        owner.call("PUT", path, "{\"roles\":[]}").is(400);
        owner.call("PUT", path, "{}").is(400);
        owner.call("PUT", "/OS-OAUTH1/authorize/nothing", "{\"roles\":[{\"name\":\"member\"}]}")
                .is(404);
    }

    @Test
    void aSignatureIsTakenOnceInTimeAndForWhatItSigned(TestClock clock) {
        OAuth1Client.Signed signed = consumer.sign(REQUEST, "oob", "");
        signed.send("Requested-Project-Id", project).is(201);
        signed.send("Requested-Project-Id", project).is(401);

        OAuth1Client.Signed old = consumer.sign(REQUEST, "oob", "");
        clock.forward(Duration.ofMinutes(11));
        old.send("Requested-Project-Id", project).is(401);
        OAuth1Client.Signed early = consumer.sign(REQUEST, "oob", "");
        clock.forward(Duration.ofMinutes(-11));
        early.send("Requested-Project-Id", project).is(401);
        consumer.sign(REQUEST, "oob", "")
                .to(REQUEST + "?more=1")
                .send("Requested-Project-Id", project)
                .is(401);
        consumer.as(consumer.consumer(), "wrong")
                .post(REQUEST, "oob", "", "Requested-Project-Id", project)
                .is(401);
        consumer.as("nobody", "wrong")
                .post(REQUEST, "oob", "", "Requested-Project-Id", project)
                .is(401);
    }

    @Test
    void whatIsMissingIsNamed() throws Exception {
        assertThat(consumer.post(REQUEST, "oob", "").is(400).text()).contains("Requested-Project-Id");
        assertThat(consumer.post(REQUEST, "", "", "Requested-Project-Id", project)
                        .is(400)
                        .text())
                .contains("oauth_callback");
        consumer.post(REQUEST, "oob", "", "Requested-Project-Id", "nowhere").is(404);
        assertThat(Client.of(rest).call("POST", "/auth/tokens", LOGIN).is(400).text("/error/message"))
                .contains("oauth_");
        assertThat(Client.of(rest)
                        .call("POST", "/auth/tokens", LOGIN, "Authorization", "OAuth oauth_token")
                        .is(400)
                        .text("/error/message"))
                .contains("Authorization");
    }
}
