package cloud.haneul.identity.rest;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.testing.TestCloud;
import cloud.haneul.kernel.testing.TestRest;
import cloud.haneul.kernel.testing.With;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Credentials and EC2 keys, as their owner meets them and as others try to. */
@ExtendWith(TestCloud.class)
@With("haneul.identity.password-hash-memory=1024")
class CredentialsRestTest {
    private static final String KEYS = "{\\\"access\\\": \\\"%s\\\", \\\"secret\\\": \\\"s3cret-of-mine\\\"}";

    private final TestCloud cloud;
    private final TestRest rest;
    private Client admin;
    private Client ann;
    private Client bob;
    private String annId;
    private String bobId;
    private String project;

    CredentialsRestTest(TestCloud cloud) {
        this.cloud = cloud;
        rest = TestRest.of(cloud);
    }

    @BeforeEach
    void people() throws Exception {
        admin = Client.admin(rest, cloud);
        project = admin.project();
        String annName = Client.name("ann");
        String bobName = Client.name("bob");
        annId = admin.user(annName);
        bobId = admin.user(bobName);
        admin.give(annId, "member", project);
        admin.give(bobId, "member", project);
        ann = admin.inProject(annName, project);
        bob = admin.inProject(bobName, project);
    }

    @AfterEach
    void close() {
        rest.close();
    }

    private String body(String user, String type, String blob) {
        return """
                {"credential":{"user_id":"%s","project_id":"%s","type":"%s","blob":"%s"}}""".formatted(user, project, type, blob);
    }

    private String keysOf(String user, Client who) throws Exception {
        return who.post("/credentials", body(user, "ec2", KEYS.formatted(Client.name("access"))))
                .is(201)
                .text("/credential/id");
    }

    @Test
    void aCredentialIsMadeShownChangedAndDeleted() throws Exception {
        String blob = KEYS.formatted(Client.name("access"));
        JsonNode made = ann.post("/credentials", body(annId, "ec2", blob))
                .is(201)
                .json()
                .path("credential");
        String path = "/credentials/" + made.path("id").asText();
        assertThat(made.path("id").asText()).matches("[0-9a-f]{64}");
        assertThat(made.at("/links/self").asText()).endsWith("/identity/v3" + path);
        assertThat(made.path("blob").asText()).contains("s3cret-of-mine");
        assertThat(ann.get(path).is(200).json().path("credential")).isEqualTo(made);
        String other = admin.project();
        JsonNode changed = ann.patch(path, """
                {"credential":{"blob":"%s","project_id":"%s","type":"ec2"}}""".formatted(KEYS.formatted("new"), other))
                .is(200)
                .json()
                .path("credential");
        assertThat(changed.path("id")).isEqualTo(made.path("id"));
        assertThat(changed.path("project_id").asText()).isEqualTo(other);
        assertThat(ann.get("/credentials?type=ec2&user_id=" + annId)
                        .is(200)
                        .json()
                        .path("credentials"))
                .containsExactly(changed);
        ann.delete(path).is(204);
        admin.get(path).is(404);
    }

    @Test
    void nothingSecretStandsInTheDatabase(Database database) throws Exception {
        keysOf(annId, ann);
        List<?> stored = database.read(em ->
                em.createNativeQuery("select sealed from identity_credential").getResultList());
        assertThat(stored.isEmpty()).isFalse();
        assertThat(stored.toString()).doesNotContain("s3cret");
    }

    @Test
    void whatIsWrongWithAnEc2CredentialIsSaid() throws Exception {
        assertThat(ann.post("/credentials", body(annId, "ec2", "no json"))
                        .is(400)
                        .text("/error/message"))
                .isEqualTo("Invalid blob in credential");
        assertThat(ann.post("/credentials", """
                {"credential":{"user_id":"%s","type":"ec2","blob":"%s"}}""".formatted(annId, KEYS.formatted("x")))
                        .is(400)
                        .text("/error/message"))
                .contains("project_id");
        assertThat(ann.post("/credentials", body(annId, "totp", "1!1")).is(400).text("/error/message"))
                .contains("base32");
        String blob = KEYS.formatted("twice");
        ann.post("/credentials", body(annId, "ec2", blob)).is(201);
        bob.post("/credentials", body(bobId, "ec2", blob)).is(409);
    }

    @Test
    void nobodySeesMakesOrTakesTheCredentialsOfAnother() throws Exception {
        String path = "/credentials/" + keysOf(annId, ann);
        bob.get(path).is(403);
        bob.patch(path, "{\"credential\":{\"blob\":\"{}\"}}").is(403);
        bob.delete(path).is(403);
        bob.post("/credentials", body(annId, "ec2", KEYS.formatted("y"))).is(403);
        assertThat(bob.get("/credentials").is(200).json().path("credentials")).isEmpty();
        assertThat(bob.get("/credentials?user_id=" + annId).is(200).json().path("credentials"))
                .isEmpty();
        assertThat(admin.get("/credentials?user_id=" + annId).is(200).json().path("credentials"))
                .hasSize(1);
        Client.of(rest).get(path).is(401);
    }

    @Test
    void aCredentialCannotBeSlippedToSomebodyElse() throws Exception {
        String path = "/credentials/" + keysOf(annId, ann);
        ann.patch(path, "{\"credential\":{\"user_id\":\"" + bobId + "\"}}").is(403);
        assertThat(ann.get(path).text("/credential/user_id")).isEqualTo(annId);
        for (String mark : new String[] {"trust_id", "app_cred_id"}) {
            ann.patch(path, """
                    {"credential":{"blob":"{\\"access\\":\\"a\\",\\"secret\\":\\"s\\",\\"%s\\":\\"1\\"}"}}""".formatted(mark)).is(400);
        }
    }

    @Test
    void ec2KeysLiveUnderTheirUser() throws Exception {
        String mine = "/users/" + annId + "/credentials/OS-EC2";
        JsonNode pair = ann.post(mine, "{\"tenant_id\":\"" + project + "\"}")
                .is(201)
                .json()
                .path("credential");
        assertThat(pair.path("user_id").asText()).isEqualTo(annId);
        assertThat(pair.path("tenant_id").asText()).isEqualTo(project);
        assertThat(pair.path("access").asText()).matches("[0-9a-f]{32}");
        assertThat(pair.path("secret").asText()).matches("[0-9a-f]{32}");
        assertThat(pair.path("trust_id").isNull()).isTrue();
        String one = mine + "/" + pair.path("access").asText();
        assertThat(ann.get(one).is(200).json().path("credential")).isEqualTo(pair);
        assertThat(ann.get(mine).is(200).json().path("credentials")).containsExactly(pair);
        bob.get(one).is(403);
        bob.delete(one).is(403);
        bob.post(mine, "{\"tenant_id\":\"" + project + "\"}").is(403);
        bob.get("/users/" + bobId + "/credentials/OS-EC2/" + pair.path("access").asText())
                .is(404);
        ann.post(mine, "{\"tenant_id\":\"nowhere\"}").is(404);
        ann.delete(one).is(204);
        ann.get(one).is(404);
    }

    @Test
    void whatBelongsToAUserOrProjectGoesWithIt() throws Exception {
        String ofBob = "/credentials/" + keysOf(bobId, bob);
        String ofAnn = "/credentials/" + keysOf(annId, ann);
        admin.delete("/users/" + bobId).is(204);
        admin.get(ofBob).is(404);
        admin.get(ofAnn).is(200);
        admin.delete("/projects/" + project).is(204);
        admin.get(ofAnn).is(404);
    }
}
