package cloud.haneul.identity.rest;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.testing.TestClock;
import cloud.haneul.kernel.testing.TestCloud;
import cloud.haneul.kernel.testing.TestRest;
import cloud.haneul.kernel.testing.With;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a consumer gets once, or so many times, it gets no more often when it asks many times at once. */
@ExtendWith(TestCloud.class)
@With("haneul.identity.password-hash-memory=1024")
class OAuth1RushTest {
    private static final String REQUEST = "/OS-OAUTH1/request_token";
    private static final String ACCESS = "/OS-OAUTH1/access_token";
    private static final int RUSH = 20;

    private final TestRest rest;
    private final Client admin;
    private String project;
    private OAuth1Client consumer;

    OAuth1RushTest(TestCloud cloud) throws Exception {
        rest = TestRest.of(cloud);
        admin = Client.admin(rest, cloud);
    }

    @BeforeEach
    void aConsumer(TestClock clock) throws Exception {
        project = admin.project();
        consumer = OAuth1Client.made(admin, rest, clock);
    }

    @AfterEach
    void close() {
        rest.close();
    }

    private OAuth1Client.Answer ask() {
        return consumer.post(REQUEST, "oob", "", "Requested-Project-Id", project);
    }

    @Test
    void aRequestTokenIsChangedOnce() throws Exception {
        String name = Client.name("owner");
        String id = admin.user(name);
        admin.give(id, "admin", project);
        OAuth1Client asked = ask().is(201).token();
        String verifier = admin.inProject(name, project)
                .call(
                        "PUT",
                        "/OS-OAUTH1/authorize/" + asked.token(),
                        "{\"roles\":[{\"id\":\"" + admin.role("member") + "\"}]}")
                .is(200)
                .text("/token/oauth_verifier");

        List<Integer> told = Rush.atOnce(
                RUSH, () -> asked.post(ACCESS, "", verifier).response().statusCode());

        assertThat(told)
                .containsOnlyOnce(201)
                .filteredOn(status -> status == 401)
                .hasSize(RUSH - 1);
        assertThat(admin.get("/users/" + id + "/OS-OAUTH1/access_tokens")
                        .is(200)
                        .json()
                        .path("access_tokens"))
                .hasSize(1);
    }

    @Test
    void aConsumerHasNoMoreThanAThousandWishesOpen(Database database) throws Exception {
        String first = ask().is(201).token().token();
        database.run(em -> {
            for (int i = 1; i < 997; i++) {
                em.createNativeQuery("insert into identity_oauth1_request_token select id || cast(?1 as"
                                + " varchar(8)), consumer_id, project_id, sealed, user_id, roles, verifier_hash,"
                                + " expires_at, version from identity_oauth1_request_token where id = ?2")
                        .setParameter(1, "-" + i)
                        .setParameter(2, first)
                        .executeUpdate();
            }
        });

        List<Integer> told = Rush.atOnce(RUSH, () -> ask().response().statusCode());

        assertThat(told.stream().filter(status -> status == 201)).hasSize(3);
        assertThat(told.stream().filter(status -> status == 403)).hasSize(RUSH - 3);
    }
}
