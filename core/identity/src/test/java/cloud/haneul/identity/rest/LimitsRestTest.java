package cloud.haneul.identity.rest;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.haneul.identity.rest.ApiClient.Answer;
import cloud.haneul.kernel.testing.TestCloud;
import cloud.haneul.kernel.testing.With;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Registered limits and limits as a client meets them, where every limit stands for itself. */
@ExtendWith(TestCloud.class)
@With("haneul.identity.password-hash-memory=1024")
class LimitsRestTest {
    private final ApiClient api;
    private String service;

    LimitsRestTest(TestCloud cloud) {
        api = ApiClient.admin(cloud);
    }

    @BeforeEach
    void service() {
        service = api.made("/services", "{\"service\":{\"type\":\"thing\",\"name\":\"t\"}}");
    }

    @AfterEach
    void close() {
        api.close();
    }

    private Answer register(String resource, String more) {
        return api.post(
                "/registered_limits",
                "{\"registered_limits\":[{\"service_id\":\"" + service + "\",\"resource_name\":\"" + resource
                        + "\",\"default_limit\":10" + more + "}]}");
    }

    private Answer limit(String owner, String resource, int most) {
        return api.post(
                "/limits",
                "{\"limits\":[{" + owner + ",\"service_id\":\"" + service + "\",\"resource_name\":\"" + resource
                        + "\",\"resource_limit\":" + most + "}]}");
    }

    private static List<String> fields(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void aRegisteredLimitIsMadeShownChangedFoundAndDeleted() {
        JsonNode made = register("snail", ",\"region_id\":\"RegionOne\",\"description\":\"slow\"")
                .is(201)
                .json()
                .at("/registered_limits/0");
        assertThat(fields(made))
                .containsExactlyInAnyOrder(
                        "id", "service_id", "region_id", "resource_name", "default_limit", "description", "links");
        String path = "/registered_limits/" + made.path("id").asText();
        assertThat(api.get(path).is(200).json().path("registered_limit")).isEqualTo(made);
        assertThat(api.head(path)).isEqualTo(200);
        Answer changed = api.patch(
                path, "{\"registered_limit\":{\"default_limit\":-1,\"region_id\":null,\"resource_name\":\"slug\"}}");
        assertThat(changed.is(200).at("/registered_limit/default_limit")).isEqualTo("-1");
        assertThat(changed.json().at("/registered_limit/region_id").isNull()).isTrue();
        assertThat(api.get("/registered_limits?service_id=" + service + "&resource_name=slug")
                        .json()
                        .path("registered_limits"))
                .hasSize(1);
        assertThat(api.get("/registered_limits?service_id=" + service + "&region_id=RegionOne")
                        .json()
                        .path("registered_limits"))
                .isEmpty();
        api.delete(path).is(204);
        api.get(path).is(404);
        api.patch(path, "{\"registered_limit\":{\"default_limit\":1}}").is(404);
        api.delete(path).is(404);
    }

    @Test
    void whatIsRegisteredIsUniqueAndMakesSense() {
        register("ant", "").is(201);
        register("ant", "").is(409);
        register("ant", ",\"region_id\":\"RegionOne\"").is(201);
        register("bee", ",\"region_id\":\"nowhere\"").is(400);
        register("bee", ",\"colour\":\"black\"").is(400);
        for (String body : List.of(
                "{\"registered_limits\":[]}",
                "{\"registered_limits\":[{}]}",
                "{\"registered_limits\":[{\"service_id\":\"nope\",\"resource_name\":\"x\",\"default_limit\":1}]}",
                "{\"registered_limits\":[{\"service_id\":\"" + service
                        + "\",\"resource_name\":\"x\",\"default_limit\":-2}]}",
                "{\"registered_limits\":[{\"service_id\":\"" + service
                        + "\",\"resource_name\":\"\",\"default_limit\":1}]}")) {
            api.post("/registered_limits", body).is(400);
        }
        // all or none
        api.post(
                        "/registered_limits",
                        "{\"registered_limits\":[{\"service_id\":\"" + service
                                + "\",\"resource_name\":\"new\",\"default_limit\":1},{\"service_id\":\"" + service
                                + "\",\"resource_name\":\"ant\",\"default_limit\":1}]}")
                .is(409);
        assertThat(api.get("/registered_limits?service_id=" + service + "&resource_name=new")
                        .json()
                        .path("registered_limits"))
                .isEmpty();
    }

    @Test
    void aLimitNeedsARegisteredOneAndHoldsItFast() {
        String project = api.made("/projects", "{\"project\":{\"name\":\"p" + System.nanoTime() + "\"}}");
        String owner = "\"project_id\":\"" + project + "\"";
        limit(owner, "cat", 5).is(403);
        String registered = register("cat", "").is(201).at("/registered_limits/0/id");
        JsonNode made = limit(owner, "cat", 5).is(201).json().at("/limits/0");
        assertThat(fields(made))
                .containsExactlyInAnyOrder(
                        "id",
                        "project_id",
                        "domain_id",
                        "service_id",
                        "region_id",
                        "resource_name",
                        "resource_limit",
                        "description",
                        "links");
        assertThat(made.path("domain_id").isNull()).isTrue();
        limit(owner, "cat", 6).is(409);
        api.patch("/registered_limits/" + registered, "{\"registered_limit\":{\"default_limit\":1}}")
                .is(403);
        api.delete("/registered_limits/" + registered).is(403);
        String path = "/limits/" + made.path("id").asText();
        Answer changed = api.patch(path, "{\"limit\":{\"resource_limit\":7,\"description\":\"more\"}}");
        assertThat(changed.is(200).at("/limit/resource_limit")).isEqualTo("7");
        api.patch(path, "{\"limit\":{\"resource_name\":\"dog\"}}").is(400);
        assertThat(api.get("/limits?resource_name=cat&project_id=" + project)
                        .json()
                        .path("limits"))
                .hasSize(1);
        assertThat(api.get("/limits?service_id=" + service + "&domain_id=default")
                        .json()
                        .path("limits"))
                .isEmpty();
        limit("\"domain_id\":\"default\"", "cat", 100).is(201);
        limit("\"project_id\":\"nope\"", "cat", 1).is(400);
        limit("\"domain_id\":\"" + project + "\"", "cat", 1).is(400);
        limit(owner + ",\"domain_id\":\"default\"", "cat", 1).is(400);
        api.delete(path).is(204);
        api.get(path).is(404);
        // what a project was limited to goes with it
        limit(owner, "cat", 5).is(201);
        api.delete("/projects/" + project).is(204);
        assertThat(api.get("/limits?project_id=" + project).json().path("limits"))
                .isEmpty();
    }

    @Test
    void aMemberSeesHisProjectsLimitsAndChangesNone() {
        String name = "m" + System.nanoTime();
        String mine = api.made("/projects", "{\"project\":{\"name\":\"" + name + "\"}}");
        String other = api.made("/projects", "{\"project\":{\"name\":\"" + name + "-other\"}}");
        String user = api.made("/users", "{\"user\":{\"name\":\"" + name + "\",\"password\":\"secret\"}}");
        api.put("/projects/" + mine + "/users/" + user + "/roles/" + api.role("member"))
                .is(204);
        register("fox", "").is(201);
        String own = limit("\"project_id\":\"" + mine + "\"", "fox", 1).at("/limits/0/id");
        String foreign = limit("\"project_id\":\"" + other + "\"", "fox", 2).at("/limits/0/id");
        ApiClient member = api.as(name, "default", "secret", "{\"project\":{\"id\":\"" + mine + "\"}}");
        assertThat(member.get("/limits").is(200).json().path("limits").findValuesAsText("id"))
                .containsExactly(own);
        assertThat(member.get("/limits?project_id=" + other).json().path("limits"))
                .isEmpty();
        member.get("/limits/" + own).is(200);
        member.get("/limits/" + foreign).is(403);
        assertThat(member.get("/registered_limits?service_id=" + service)
                        .is(200)
                        .json()
                        .path("registered_limits"))
                .hasSize(1);
        member.post(
                        "/registered_limits",
                        "{\"registered_limits\":[{\"service_id\":\"" + service
                                + "\",\"resource_name\":\"x\",\"default_limit\":1}]}")
                .is(403);
        member.patch("/limits/" + own, "{\"limit\":{\"resource_limit\":1000}}").is(403);
        member.delete("/limits/" + own).is(403);
        assertThat(member.get("/limits/model").is(200).at("/model/name")).isEqualTo("flat");
    }

    @Test
    void aServiceTakesItsLimitsWithItAndARegionWaits() {
        api.made("/regions", "{\"region\":{\"id\":\"Far" + service + "\"}}");
        register("elk", ",\"region_id\":\"Far" + service + "\"").is(201);
        api.delete("/regions/Far" + service).is(403);
        api.delete("/services/" + service).is(204);
        api.delete("/regions/Far" + service).is(204);
    }
}
