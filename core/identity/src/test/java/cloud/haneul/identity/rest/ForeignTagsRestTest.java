package cloud.haneul.identity.rest;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.haneul.kernel.testing.TestCloud;
import cloud.haneul.kernel.testing.TestRest;
import cloud.haneul.kernel.testing.With;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who has power over one domain has none over another's projects, nor over what hangs on them. */
@ExtendWith(TestCloud.class)
@With("haneul.identity.password-hash-memory=1024")
class ForeignTagsRestTest {
    private final TestCloud cloud;
    private final TestRest rest;
    private Client admin;
    private Client neighbour;
    private String tags;

    ForeignTagsRestTest(TestCloud cloud) {
        this.cloud = cloud;
        rest = TestRest.of(cloud);
    }

    @BeforeEach
    void neighbours() throws Exception {
        admin = Client.admin(rest, cloud);
        String project = admin.post("/projects", "{\"project\":{\"name\":\"" + Client.name("p") + "\"}}")
                .is(201)
                .text("/project/id");
        tags = "/projects/" + project + "/tags";
        admin.call("PUT", tags + "/kept", "").is(201);
        String domain = admin.post("/domains", "{\"domain\":{\"name\":\"" + Client.name("d") + "\"}}")
                .is(201)
                .text("/domain/id");
        String name = Client.name("neighbour");
        String id = admin.post(
                        "/users",
                        "{\"user\":{\"name\":\"" + name + "\",\"domain_id\":\"" + domain + "\",\"password\":\""
                                + Client.PASSWORD + "\"}}")
                .is(201)
                .text("/user/id");
        admin.call("PUT", "/domains/" + domain + "/users/" + id + "/roles/" + admin.role("manager"), "")
                .is(204);
        neighbour =
                admin.with(admin.auth("""
                        {"methods":["password"],"password":{"user":{"id":"%s","password":"%s"}}}""".formatted(id, Client.PASSWORD), "{\"domain\":{\"id\":\"" + domain + "\"}}")
                        .is(201)
                        .header("X-Subject-Token"));
    }

    @AfterEach
    void close() {
        rest.close();
    }

    @Test
    void areNeitherReadNorChanged() throws Exception {
        neighbour.get(tags).is(403);
        neighbour.get(tags + "/kept").is(403);
        neighbour.call("PUT", tags, "{\"tags\":[\"mine\"]}").is(403);
        neighbour.call("PUT", tags + "/mine", "").is(403);
        neighbour.delete(tags + "/kept").is(403);
        neighbour.delete(tags).is(403);
        assertThat(admin.get(tags).is(200).json().path("tags").toString()).isEqualTo("[\"kept\"]");
    }
}
