package cloud.haneul.identity.rest;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.haneul.identity.rest.ApiClient.Answer;
import cloud.haneul.kernel.testing.TestCloud;
import cloud.haneul.kernel.testing.With;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Limits where a project's cannot exceed its domain's. */
@ExtendWith(TestCloud.class)
@With("haneul.identity.password-hash-memory=1024")
@With("haneul.identity.limit-model=strict_two_level")
class TwoLevelLimitsTest {
    private final ApiClient api;

    TwoLevelLimitsTest(TestCloud cloud) {
        api = ApiClient.admin(cloud);
    }

    @AfterEach
    void close() {
        api.close();
    }

    private String wish(String owner, String service, int most) {
        return "{" + owner + ",\"service_id\":\"" + service + "\",\"resource_name\":\"x\",\"resource_limit\":" + most
                + "}";
    }

    private Answer limit(String... wishes) {
        return api.post("/limits", "{\"limits\":[" + String.join(",", wishes) + "]}");
    }

    @Test
    void noLimitExceedsItsDomains() {
        assertThat(api.get("/limits/model").at("/model/name")).isEqualTo("strict_two_level");
        String service = api.made("/services", "{\"service\":{\"type\":\"thing\",\"name\":\"t\"}}");
        api.post(
                        "/registered_limits",
                        "{\"registered_limits\":[{\"service_id\":\"" + service
                                + "\",\"resource_name\":\"x\",\"default_limit\":10}]}")
                .is(201);
        String domain = api.made("/domains", "{\"domain\":{\"name\":\"d\"}}");
        String project = api.made("/projects", "{\"project\":{\"name\":\"p\",\"domain_id\":\"" + domain + "\"}}");
        String ofDomain = "\"domain_id\":\"" + domain + "\"";
        String ofProject = "\"project_id\":\"" + project + "\"";
        // the domain has the default as long as it has nothing else
        limit(wish(ofProject, service, 11)).is(403);
        limit(wish(ofProject, service, -1)).is(403);
        assertThat(api.get("/limits?project_id=" + project).json().path("limits"))
                .isEmpty();
        // in one request, in whatever order
        Answer both =
                limit(wish(ofProject, service, 15), wish(ofDomain, service, 20)).is(201);
        String child = "/limits/" + both.at("/limits/0/id");
        String parent = "/limits/" + both.at("/limits/1/id");
        api.patch(child, "{\"limit\":{\"resource_limit\":21}}").is(403);
        api.patch(parent, "{\"limit\":{\"resource_limit\":14}}").is(403);
        assertThat(api.get(child).at("/limit/resource_limit")).isEqualTo("15");
        assertThat(api.get(parent).at("/limit/resource_limit")).isEqualTo("20");
        api.patch(parent, "{\"limit\":{\"resource_limit\":-1}}").is(200);
        api.patch(child, "{\"limit\":{\"resource_limit\":1000}}").is(200);
        api.patch(parent, "{\"limit\":{\"resource_limit\":999}}").is(403);
    }

    @Test
    void projectsAreNotNested() {
        String project = api.made("/projects", "{\"project\":{\"name\":\"top\"}}");
        api.post("/projects", "{\"project\":{\"name\":\"below\",\"parent_id\":\"" + project + "\"}}")
                .is(403);
    }
}
