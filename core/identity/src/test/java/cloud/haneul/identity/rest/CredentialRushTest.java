package cloud.haneul.identity.rest;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.haneul.kernel.testing.TestCloud;
import cloud.haneul.kernel.testing.TestRest;
import cloud.haneul.kernel.testing.With;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is bounded for each user stays so when he asks for all of it at once. */
@ExtendWith(TestCloud.class)
@With("haneul.identity.password-hash-memory=1024")
@With("haneul.identity.application-credential-user-limit=4")
class CredentialRushTest {
    private final TestCloud cloud;

    CredentialRushTest(TestCloud cloud) {
        this.cloud = cloud;
    }

    @Test
    void manyAtOnceMakeAsManyApplicationCredentialsAsThereMayBe() throws Exception {
        TestRest rest = TestRest.of(cloud);
        Client admin = Client.admin(rest, cloud);
        String name = Client.name("ann");
        String id = admin.user(name);
        String project = admin.project();
        admin.give(id, "member", project);
        Client ann = admin.inProject(name, project);
        String path = "/users/" + id + "/application_credentials";
        List<Callable<Integer>> wishes = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            String body = "{\"application_credential\":{\"name\":\"app" + i + "\"}}";
            wishes.add(() -> ann.post(path, body).status());
        }
        List<Integer> told = Rush.atOnce(wishes);
        rest.close();
        assertThat(told.stream().filter(status -> status == 201)).hasSize(4);
        assertThat(told.stream().filter(status -> status == 403)).hasSize(36);
    }
}
