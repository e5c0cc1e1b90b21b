package cloud.haneul.identity.rest;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.haneul.kernel.testing.TestCloud;
import cloud.haneul.kernel.testing.With;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Policies, what they are for, and the endpoints that projects see. */
@ExtendWith(TestCloud.class)
@With("haneul.identity.password-hash-memory=1024")
class PoliciesRestTest {
    private static final String LINK = "/OS-ENDPOINT-POLICY/";

    private final ApiClient api;
    private String service;
    private String endpoint;
    private String region;

    PoliciesRestTest(TestCloud cloud) {
        api = ApiClient.admin(cloud);
    }

    @BeforeEach
    void catalogue() {
        String above = "r" + System.nanoTime();
        region = above + "-below";
        api.made("/regions", "{\"region\":{\"id\":\"" + above + "\"}}");
        api.made("/regions", "{\"region\":{\"id\":\"" + region + "\",\"parent_region_id\":\"" + above + "\"}}");
        service = api.made("/services", "{\"service\":{\"type\":\"thing\",\"name\":\"t\"}}");
        endpoint = endpoint("public");
    }

    @AfterEach
    void close() {
        api.close();
    }

    private String endpoint(String face) {
        return api.made(
                "/endpoints",
                "{\"endpoint\":{\"service_id\":\"" + service + "\",\"interface\":\"" + face
                        + "\",\"url\":\"http://thing:1/" + face + "\",\"region_id\":\"" + region + "\"}}");
    }

    private String policy(String blob) {
        return api.made(
                "/policies",
                "{\"policy\":{\"type\":\"application/json\",\"blob\":\"" + blob + "\",\"colour\":\"blue\"}}");
    }

    private List<String> endpointsOf(String policy) {
        return api.get("/policies/" + policy + LINK + "endpoints")
                .is(200)
                .json()
                .path("endpoints")
                .findValuesAsText("id");
    }

    @Test
    void aPolicyIsKeptAsItIs() {
        String id = policy("{}");
        assertThat(api.get("/policies/" + id).is(200).at("/policy/blob")).isEqualTo("{}");
        assertThat(api.get("/policies/" + id).at("/policy/colour")).isEqualTo("blue");
        assertThat(api.patch("/policies/" + id, "{\"policy\":{\"blob\":\"x\",\"type\":\"text/" + id + "\"}}")
                        .is(200)
                        .at("/policy/blob"))
                .isEqualTo("x");
        assertThat(api.get("/policies?type=text/" + id).json().path("policies")).hasSize(1);
        api.post("/policies", "{\"policy\":{\"type\":\"x\"}}").is(400);
        api.post("/policies", "{\"policy\":{\"type\":\"x\",\"blob\":{}}}").is(400);
        api.delete("/policies/" + id).is(204);
        api.get("/policies/" + id).is(404);
    }

    @Test
    void theNearestPolicyIsAnEndpoints() {
        String byService = policy("service");
        String byRegion = policy("region");
        String own = policy("own");
        String above = region.substring(0, region.indexOf('-'));
        String effective = "/endpoints/" + endpoint + LINK + "policy";
        api.get(effective).is(404);
        List<String> links = List.of(
                "/policies/" + byService + LINK + "services/" + service,
                "/policies/" + byRegion + LINK + "services/" + service + "/regions/" + above,
                "/policies/" + own + LINK + "endpoints/" + endpoint);
        List<String> blobs = List.of("service", "region", "own");
        for (int i = 0; i < links.size(); i++) {
            api.get(links.get(i)).is(404);
            api.put(links.get(i)).is(204);
            api.put(links.get(i)).is(204);
            api.get(links.get(i)).is(204);
            assertThat(api.head(links.get(i))).isEqualTo(204);
            assertThat(api.get(effective).is(200).at("/policy/blob")).isEqualTo(blobs.get(i));
        }
        assertThat(endpointsOf(byService)).containsExactly(endpoint);
        assertThat(endpointsOf(byRegion)).containsExactly(endpoint);
        assertThat(endpointsOf(own)).containsExactly(endpoint);
        // one place has one policy
        api.put("/policies/" + byRegion + LINK + "endpoints/" + endpoint).is(204);
        api.get(links.get(2)).is(404);
        api.delete("/policies/" + byRegion + LINK + "endpoints/" + endpoint).is(204);
        api.delete(links.get(1)).is(204);
        api.delete(links.get(1)).is(404);
        assertThat(api.get(effective).at("/policy/blob")).isEqualTo("service");
        api.put("/policies/" + own + LINK + "services/nope").is(404);
        api.put("/policies/nope" + LINK + "services/" + service).is(404);
        // all goes with what it hangs on
        api.put(links.get(2)).is(204);
        api.delete("/services/" + service).is(204);
        assertThat(endpointsOf(byService)).isEmpty();
        api.delete("/policies/" + own).is(204);
    }

    @Test
    void aProjectsCatalogueHasWhatItWasGiven() {
        String name = "p" + System.nanoTime();
        String project = api.made("/projects", "{\"project\":{\"name\":\"" + name + "\"}}");
        String user = api.made("/users", "{\"user\":{\"name\":\"" + name + "\",\"password\":\"secret\"}}");
        api.put("/projects/" + project + "/users/" + user + "/roles/" + api.role("reader"))
                .is(204);
        ApiClient reader = api.as(name, "default", "secret", "{\"project\":{\"id\":\"" + project + "\"}}");
        assertThat(urls(reader)).contains("http://thing:1/public").hasSizeGreaterThan(1);

        String given = "/OS-EP-FILTER/projects/" + project + "/endpoints/" + endpoint;
        api.get(given).is(404);
        api.put(given).is(204);
        api.put(given).is(204);
        api.get(given).is(204);
        assertThat(urls(reader)).containsExactly("http://thing:1/public");
        assertThat(reader.login(name, "default", "secret", "{\"project\":{\"id\":\"" + project + "\"}}")
                        .json()
                        .at("/token/catalog"))
                .hasSize(1);
        assertThat(urls(api)).hasSizeGreaterThan(1);
        assertThat(api.get("/OS-EP-FILTER/projects/" + project + "/endpoints")
                        .json()
                        .path("endpoints")
                        .findValuesAsText("id"))
                .containsExactly(endpoint);
        assertThat(api.get("/OS-EP-FILTER/endpoints/" + endpoint + "/projects")
                        .json()
                        .path("projects")
                        .findValuesAsText("id"))
                .containsExactly(project);
        reader.get(given).is(403);
        reader.delete(given).is(403);

        endpoint("admin");
        String group = api.made(
                "/OS-EP-FILTER/endpoint_groups",
                "{\"endpoint_group\":{\"name\":\"g\",\"filters\":{\"service_id\":\"" + service
                        + "\",\"interface\":\"admin\"}}}");
        String groupGiven = "/OS-EP-FILTER/endpoint_groups/" + group + "/projects/" + project;
        api.get(groupGiven).is(404);
        api.put(groupGiven).is(204);
        assertThat(api.get(groupGiven).is(200).at("/project_endpoint_group/project_id"))
                .isEqualTo(project);
        assertThat(urls(reader)).containsExactlyInAnyOrder("http://thing:1/public", "http://thing:1/admin");
        api.delete(given).is(204);
        api.delete(given).is(404);
        assertThat(urls(reader)).containsExactly("http://thing:1/admin");
        assertThat(api.get("/OS-EP-FILTER/endpoint_groups/" + group + "/endpoints")
                        .json()
                        .path("endpoints"))
                .hasSize(1);
        assertThat(api.get("/OS-EP-FILTER/endpoint_groups/" + group + "/projects")
                        .json()
                        .path("projects"))
                .hasSize(1);
        assertThat(api.get("/OS-EP-FILTER/projects/" + project + "/endpoint_groups")
                        .json()
                        .path("endpoint_groups")
                        .findValuesAsText("id"))
                .containsExactly(group);
        // a group that takes nothing leaves an empty catalogue, not the whole one
        api.patch(
                        "/OS-EP-FILTER/endpoint_groups/" + group,
                        "{\"endpoint_group\":{\"name\":\"h\",\"filters\":{\"region_id\":\"nowhere\"}}}")
                .is(200);
        assertThat(urls(reader)).isEmpty();
        api.delete("/OS-EP-FILTER/endpoint_groups/" + group).is(204);
        assertThat(urls(reader)).hasSizeGreaterThan(1);
        api.put(given).is(204);
        api.delete("/endpoints/" + endpoint).is(204);
        api.delete("/projects/" + project).is(204);
    }

    @Test
    void aGroupNeedsAFilterThatMakesSense() {
        for (String filters : List.of("{}", "{\"colour\":\"blue\"}", "{\"interface\":\"private\"}", "[]")) {
            api.post(
                            "/OS-EP-FILTER/endpoint_groups",
                            "{\"endpoint_group\":{\"name\":\"g\",\"filters\":" + filters + "}}")
                    .is(400);
        }
        api.post("/OS-EP-FILTER/endpoint_groups", "{\"endpoint_group\":{\"name\":\"g\"}}")
                .is(400);
        api.get("/OS-EP-FILTER/endpoint_groups/nope").is(404);
    }

    private static List<String> urls(ApiClient client) {
        return client.get("/auth/catalog").is(200).json().findValuesAsText("url");
    }
}
