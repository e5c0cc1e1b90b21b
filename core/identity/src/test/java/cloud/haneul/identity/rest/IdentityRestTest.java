package cloud.haneul.identity.rest;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.haneul.kernel.testing.TestCloud;
import cloud.haneul.kernel.testing.TestRest;
import cloud.haneul.kernel.testing.With;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The API as a client meets it: paths, status codes, headers and shapes. */
@ExtendWith(TestCloud.class)
@With("haneul.identity.password-hash-memory=1024")
class IdentityRestTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final String password;
    private final TestRest rest;
    private String token = "";

    private record Answer(int status, JsonNode json, Map<String, List<String>> headers) {
        String header(String name) {
            return headers.getOrDefault(name.toLowerCase(java.util.Locale.ROOT), List.of(""))
                    .get(0);
        }
    }

    IdentityRestTest(TestCloud cloud) throws IOException {
        rest = TestRest.of(cloud);
        password = Files.readString(cloud.home().resolve("clouds.yaml"))
                .lines()
                .filter(line -> line.contains("password:"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElseThrow();
    }

    @BeforeEach
    void logIn() throws Exception {
        token = login("admin", password, "{\"project\":{\"name\":\"admin\",\"domain\":{\"id\":\"default\"}}}")
                .header("X-Subject-Token");
    }

    @AfterEach
    void close() {
        rest.close();
    }

    private Answer login(String user, String secret, String scope) throws Exception {
        return call("POST", "/identity/v3/auth/tokens", """
                {"auth":{"identity":{"methods":["password"],"password":{"user":
                 {"name":"%s","domain":{"id":"default"},"password":"%s"}}}%s}}""".formatted(
                        user, secret, scope.isEmpty() ? "" : ",\"scope\":" + scope));
    }

    private Answer call(String method, String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(rest.uri(path))
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        if (!token.isEmpty()) {
            request.header("X-Auth-Token", token);
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Answer(
                response.statusCode(),
                response.body().isEmpty() ? MissingNode.getInstance() : MAPPER.readTree(response.body()),
                response.headers().map());
    }

    private Answer get(String path) throws Exception {
        return call("GET", path, "");
    }

    private String made(String path, String body) throws Exception {
        Answer answer = call("POST", "/identity/v3" + path, body);
        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(201);
        return answer.json().elements().next().path("id").asText();
    }

    private static List<String> fields(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void anybodyMayAskForTheVersions() throws Exception {
        token = "";
        for (String path : List.of("/identity", "/identity/")) {
            Answer list = get(path);
            assertThat(list.status()).isEqualTo(300);
            JsonNode version = list.json().at("/versions/values/0");
            assertThat(version.path("id").asText()).isEqualTo("v3.14");
            assertThat(version.path("status").asText()).isEqualTo("stable");
            assertThat(version.at("/links/0/href").asText()).endsWith("/identity/v3/");
        }
        for (String path : List.of("/identity/v3", "/identity/v3/")) {
            assertThat(get(path).status()).isEqualTo(200);
            assertThat(get(path).json().at("/version/media-types/0/type").asText())
                    .isEqualTo("application/vnd.openstack.identity-v3+json");
        }
    }

    @Test
    void aTokenLooksAsKeystonesDoes() throws Exception {
        Answer answer = login("admin", password, "{\"project\":{\"name\":\"admin\",\"domain\":{\"id\":\"default\"}}}");
        assertThat(answer.status()).isEqualTo(201);
        JsonNode body = answer.json().path("token");
        assertThat(fields(body))
                .containsExactlyInAnyOrder(
                        "methods",
                        "user",
                        "audit_ids",
                        "expires_at",
                        "issued_at",
                        "project",
                        "is_domain",
                        "roles",
                        "catalog");
        assertThat(body.path("expires_at").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");
        assertThat(body.at("/user/domain/name").asText()).isEqualTo("Default");
        assertThat(body.at("/user").has("password_expires_at")).isTrue();
        assertThat(body.at("/project/domain/id").asText()).isEqualTo("default");
        assertThat(body.path("is_domain").asBoolean(true)).isFalse();
        assertThat(body.path("roles").findValuesAsText("name")).containsExactly("admin", "manager", "member", "reader");
        JsonNode endpoint = body.at("/catalog/0/endpoints/0");
        assertThat(fields(endpoint)).containsExactlyInAnyOrder("id", "interface", "region_id", "url", "region");
        assertThat(endpoint.path("url").asText()).startsWith("http://127.0.0.1:");
        assertThat(answer.header("X-Subject-Token")).isNotEmpty();
        assertThat(answer.header("X-Openstack-Request-Id")).startsWith("req-");
    }

    @Test
    void scopesShowAsTheyAre() throws Exception {
        JsonNode system =
                login("admin", password, "{\"system\":{\"all\":true}}").json().path("token");
        assertThat(system.at("/system/all").asBoolean()).isTrue();
        assertThat(system.has("project") || system.has("is_domain") || system.has("domain"))
                .isFalse();
        JsonNode unscoped = login("admin", password, "\"unscoped\"").json().path("token");
        assertThat(fields(unscoped))
                .containsExactlyInAnyOrder("methods", "user", "audit_ids", "expires_at", "issued_at");
        Answer none = login("admin", password, "{\"domain\":{\"id\":\"default\"}}");
        assertThat(none.status()).isEqualTo(401);
        assertThat(none.json().at("/error/code").asInt()).isEqualTo(401);
        assertThat(none.json().at("/error/title").asText()).isEqualTo("Unauthorized");
    }

    @Test
    void aTokenIsShownCheckedRescopedAndRevoked() throws Exception {
        String subject = login("admin", password, "").header("X-Subject-Token");
        Answer shown = call("GET", "/identity/v3/auth/tokens", "", "X-Subject-Token", subject);
        assertThat(shown.status()).isEqualTo(200);
        assertThat(shown.header("X-Subject-Token")).isEqualTo(subject);
        Answer without = call("GET", "/identity/v3/auth/tokens?nocatalog", "", "X-Subject-Token", token);
        assertThat(without.json().path("token").has("catalog")).isFalse();
        assertThat(without.json().path("token").has("roles")).isTrue();
        assertThat(call("HEAD", "/identity/v3/auth/tokens", "", "X-Subject-Token", subject)
                        .status())
                .isEqualTo(200);
        Answer rescoped = call(
                "POST",
                "/identity/v3/auth/tokens",
                "{\"auth\":{\"identity\":{\"methods\":[\"token\"],\"token\":{\"id\":\"" + subject
                        + "\"}},\"scope\":{\"system\":{\"all\":true}}}}");
        assertThat(rescoped.json().at("/token/methods").toString()).isEqualTo("[\"password\",\"token\"]");
        assertThat(rescoped.json().at("/token/audit_ids").size()).isEqualTo(2);
        assertThat(call("DELETE", "/identity/v3/auth/tokens", "", "X-Subject-Token", subject)
                        .status())
                .isEqualTo(204);
        assertThat(call("GET", "/identity/v3/auth/tokens", "", "X-Subject-Token", subject)
                        .status())
                .isEqualTo(404);
        assertThat(call("HEAD", "/identity/v3/auth/tokens", "", "X-Subject-Token", "nonsense")
                        .status())
                .isEqualTo(404);
        token = subject;
        assertThat(get("/identity/v3/auth/projects").status()).isEqualTo(401);
    }

    @Test
    void badLoginsAreRefusedWithTheFieldsName() throws Exception {
        token = "";
        for (String[] bad : List.<String[]>of(
                new String[] {"{}", "auth"},
                new String[] {"{\"auth\":{}}", "identity"},
                new String[] {"{\"auth\":{\"identity\":{\"methods\":[]}}}", "methods"},
                new String[] {"{\"auth\":{\"identity\":{\"methods\":[\"password\"]}}}", "password"},
                new String[] {"{\"auth\":{\"identity\":{\"methods\":\"password\"}}}", "methods"},
                new String[] {
                    "{\"auth\":{\"identity\":{\"methods\":[\"password\"],\"password\":{\"user\":{\"name\":\"x\",\"password\":\"y\"}}}}}",
                    "domain"
                },
                new String[] {
                    "{\"auth\":{\"identity\":{\"methods\":[\"password\"],\"password\":{\"user\":{\"id\":7,\"password\":\"y\"}}}}}",
                    "id"
                })) {
            Answer answer = call("POST", "/identity/v3/auth/tokens", bad[0]);
            assertThat(answer.status()).as(bad[0]).isEqualTo(400);
            assertThat(answer.json().at("/error/message").asText()).contains(bad[1]);
        }
        assertThat(call("POST", "/identity/v3/auth/tokens", "{not json").status())
                .isEqualTo(400);
        Answer unknown = call(
                "POST", "/identity/v3/auth/tokens", "{\"auth\":{\"identity\":{\"methods\":[\"magic\"],\"magic\":{}}}}");
        assertThat(unknown.status()).isEqualTo(401);
    }

    @Test
    void withoutATokenThereIsNothingElse() throws Exception {
        for (String bad : List.of("", "nonsense", "a.b.c")) {
            token = bad;
            for (String path :
                    List.of("users", "projects", "roles", "auth/catalog", "role_assignments", "domains/default")) {
                Answer answer = get("/identity/v3/" + path);
                assertThat(answer.status()).as(path).isEqualTo(401);
                assertThat(answer.header("WWW-Authenticate")).contains("/identity/v3");
            }
        }
        token = "";
        Answer spoofed = call("GET", "/identity/v3/users", "", "X-User-Id", "admin", "X-Roles", "admin");
        assertThat(spoofed.status()).isEqualTo(401);
    }

    @Test
    void aUserIsMadeShownChangedListedAndDeleted() throws Exception {
        Answer made = call(
                "POST",
                "/identity/v3/users",
                "{\"user\":{\"name\":\"ann\",\"password\":\"secret\",\"email\":\"ann@example.org\",\"shoe_size\":38,"
                        + "\"description\":\"A user\"}}");
        assertThat(made.status()).isEqualTo(201);
        JsonNode user = made.json().path("user");
        assertThat(fields(user))
                .containsExactlyInAnyOrder(
                        "id",
                        "name",
                        "domain_id",
                        "enabled",
                        "description",
                        "email",
                        "password_expires_at",
                        "options",
                        "links",
                        "shoe_size");
        String path = "/identity/v3/users/" + user.path("id").asText();
        assertThat(user.at("/links/self").asText()).endsWith(path);
        assertThat(made.json().toString()).doesNotContain("secret");
        assertThat(login("ann", "secret", "").status()).isEqualTo(201);
        Answer changed = call("PATCH", path, "{\"user\":{\"name\":\"anne\",\"email\":null,\"shoe_size\":39}}");
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.json().at("/user/shoe_size").asInt()).isEqualTo(39);
        assertThat(changed.json().path("user").has("email")).isFalse();
        assertThat(get("/identity/v3/users?name=anne").json().path("users").size())
                .isEqualTo(1);
        assertThat(get("/identity/v3/users?name=ann").json().path("users").size())
                .isZero();
        assertThat(get("/identity/v3/users?name=anne&enabled=False")
                        .json()
                        .path("users")
                        .size())
                .isZero();
        assertThat(fields(get("/identity/v3/users").json().path("links")))
                .containsExactlyInAnyOrder("self", "next", "previous");
        assertThat(call("PATCH", path, "{\"user\":{\"domain_id\":\"other\"}}").status())
                .isEqualTo(400);
        assertThat(call("PATCH", path, "{\"user\":{\"enabled\":\"perhaps\"}}").status())
                .isEqualTo(400);
        token = "";
        assertThat(call("POST", path + "/password", "{\"user\":{\"original_password\":\"wrong\",\"password\":\"new\"}}")
                        .status())
                .isEqualTo(401);
        assertThat(call(
                                "POST",
                                path + "/password",
                                "{\"user\":{\"original_password\":\"secret\",\"password\":\"new\"}}")
                        .status())
                .isEqualTo(204);
        logIn();
        assertThat(call("HEAD", path, "").status()).isEqualTo(200);
        assertThat(call("DELETE", path, "").status()).isEqualTo(204);
        assertThat(get(path).status()).isEqualTo(404);
        assertThat(get(path).json().at("/error/title").asText()).isEqualTo("Not Found");
    }

    @Test
    void projectsHaveTreesAndTags() throws Exception {
        String top = made("/projects", "{\"project\":{\"name\":\"top\",\"domain_id\":\"default\",\"tags\":[\"a\"]}}");
        String low = made("/projects", "{\"project\":{\"name\":\"low\",\"parent_id\":\"" + top + "\"}}");
        JsonNode project = get("/identity/v3/projects/" + top).json().path("project");
        assertThat(fields(project))
                .containsExactlyInAnyOrder(
                        "id",
                        "name",
                        "domain_id",
                        "description",
                        "enabled",
                        "parent_id",
                        "is_domain",
                        "tags",
                        "options",
                        "links");
        assertThat(project.path("parent_id").asText()).isEqualTo("default");
        assertThat(project.path("tags").toString()).isEqualTo("[\"a\"]");
        JsonNode withTree =
                get("/identity/v3/projects/" + top + "?subtree_as_ids").json();
        assertThat(withTree.at("/project/subtree/" + low).isNull()).isTrue();
        JsonNode above =
                get("/identity/v3/projects/" + low + "?parents_as_list").json();
        assertThat(above.at("/project/parents/0/project/id").asText()).isEqualTo(top);
        assertThat(call("PUT", "/identity/v3/projects/" + low + "/tags", "{\"tags\":[\"x\",\"y\"]}")
                        .json()
                        .toString())
                .contains("[\"x\",\"y\"]");
        assertThat(call("PUT", "/identity/v3/projects/" + low + "/tags/z", "").status())
                .isEqualTo(201);
        assertThat(get("/identity/v3/projects/" + low + "/tags/z").status()).isEqualTo(204);
        assertThat(call("DELETE", "/identity/v3/projects/" + low + "/tags/z", "")
                        .status())
                .isEqualTo(204);
        assertThat(get("/identity/v3/projects/" + low + "/tags/z").status()).isEqualTo(404);
        assertThat(get("/identity/v3/projects?tags=x,y").json().path("projects").findValuesAsText("id"))
                .contains(low);
        assertThat(call("DELETE", "/identity/v3/projects/" + top, "").status()).isEqualTo(403);
        assertThat(call("DELETE", "/identity/v3/projects/" + low, "").status()).isEqualTo(204);
        assertThat(call("DELETE", "/identity/v3/projects/" + top, "").status()).isEqualTo(204);
        Answer twice = call("POST", "/identity/v3/projects", "{\"project\":{\"name\":\"admin\"}}");
        assertThat(twice.status()).isEqualTo(409);
        assertThat(twice.json().at("/error/title").asText()).isEqualTo("Conflict");
    }

    @Test
    void domainsAreDisabledBeforeTheyAreDeleted() throws Exception {
        String id = made("/domains", "{\"domain\":{\"name\":\"shop\",\"description\":\"A shop\"}}");
        String path = "/identity/v3/domains/" + id;
        assertThat(call("DELETE", path, "").status()).isEqualTo(403);
        assertThat(call("PATCH", path, "{\"domain\":{\"enabled\":false}}")
                        .json()
                        .at("/domain/enabled")
                        .asBoolean(true))
                .isFalse();
        assertThat(get("/identity/v3/domains?enabled=false")
                        .json()
                        .path("domains")
                        .size())
                .isEqualTo(1);
        assertThat(call("DELETE", path, "").status()).isEqualTo(204);
        String chosen = "0123456789abcdef0123456789abcdef";
        assertThat(made("/domains", "{\"domain\":{\"name\":\"x\",\"explicit_domain_id\":\"" + chosen + "\"}}"))
                .isEqualTo(chosen);
    }

    @Test
    void rolesAreGivenListedAndTaken() throws Exception {
        String user = made("/users", "{\"user\":{\"name\":\"bob\",\"password\":\"secret\"}}");
        String group = made("/groups", "{\"group\":{\"name\":\"staff\"}}");
        String project = made("/projects", "{\"project\":{\"name\":\"place\"}}");
        String role =
                get("/identity/v3/roles?name=member").json().at("/roles/0/id").asText();
        assertThat(call("PUT", "/identity/v3/groups/" + group + "/users/" + user, "")
                        .status())
                .isEqualTo(204);
        assertThat(call("HEAD", "/identity/v3/groups/" + group + "/users/" + user, "")
                        .status())
                .isEqualTo(204);
        for (String path : List.of(
                "/projects/" + project + "/users/" + user,
                "/projects/" + project + "/groups/" + group,
                "/domains/default/users/" + user,
                "/system/users/" + user,
                "/system/groups/" + group)) {
            String one = "/identity/v3" + path + "/roles/" + role;
            assertThat(call("HEAD", one, "").status()).as(path).isEqualTo(404);
            assertThat(call("PUT", one, "").status()).as(path).isEqualTo(204);
            assertThat(call("HEAD", one, "").status()).as(path).isEqualTo(204);
            assertThat(get("/identity/v3" + path + "/roles")
                            .json()
                            .at("/roles/0/name")
                            .asText())
                    .isEqualTo("member");
        }
        String inherited =
                "/identity/v3/OS-INHERIT/domains/default/users/" + user + "/roles/" + role + "/inherited_to_projects";
        assertThat(call("PUT", inherited, "").status()).isEqualTo(204);
        assertThat(get("/identity/v3/OS-INHERIT/domains/default/users/" + user + "/roles/inherited_to_projects")
                        .json()
                        .path("roles")
                        .size())
                .isEqualTo(1);
        JsonNode named = get("/identity/v3/role_assignments?user.id=" + user + "&scope.project.id=" + project
                        + "&include_names")
                .json()
                .at("/role_assignments/0");
        assertThat(named.at("/user/name").asText()).isEqualTo("bob");
        assertThat(named.at("/user/domain/name").asText()).isEqualTo("Default");
        assertThat(named.at("/scope/project/name").asText()).isEqualTo("place");
        assertThat(named.at("/role/name").asText()).isEqualTo("member");
        assertThat(named.at("/links/assignment").asText())
                .endsWith("/projects/" + project + "/users/" + user + "/roles/" + role);
        JsonNode system = get("/identity/v3/role_assignments?scope.system=all&group.id=" + group)
                .json();
        assertThat(system.at("/role_assignments/0/scope/system/all").asBoolean())
                .isTrue();
        JsonNode effective = get("/identity/v3/role_assignments?effective=true&scope.project.id=" + project
                        + "&user.id=" + user)
                .json();
        assertThat(effective.path("role_assignments").size()).isGreaterThanOrEqualTo(4);
        assertThat(effective.toString()).contains("/groups/" + group + "/users/" + user, "/implies/");
        assertThat(call("DELETE", inherited, "").status()).isEqualTo(204);
        assertThat(call("DELETE", inherited, "").status()).isEqualTo(404);
        assertThat(get("/identity/v3/users/" + user + "/projects")
                        .json()
                        .path("projects")
                        .size())
                .isEqualTo(1);
        assertThat(get("/identity/v3/users/" + user + "/groups")
                        .json()
                        .path("groups")
                        .size())
                .isEqualTo(1);
        token = login("bob", "secret", "").header("X-Subject-Token");
        assertThat(get("/identity/v3/auth/projects").json().path("projects").findValuesAsText("name"))
                .containsExactly("place");
        assertThat(get("/identity/v3/auth/domains").json().path("domains").findValuesAsText("id"))
                .containsExactly("default");
        assertThat(get("/identity/v3/auth/system").json().at("/system/0/all").asBoolean())
                .isTrue();
        assertThat(get("/identity/v3/auth/catalog").json().path("catalog").size())
                .isPositive();
        assertThat(get("/identity/v3/users").status()).isEqualTo(403);
        assertThat(get("/identity/v3/users/" + user).status()).isEqualTo(200);
    }

    @Test
    void rolesImplyOthers() throws Exception {
        String role = made("/roles", "{\"role\":{\"name\":\"operator\"}}");
        String reader =
                get("/identity/v3/roles?name=reader").json().at("/roles/0/id").asText();
        String path = "/identity/v3/roles/" + role + "/implies/" + reader;
        assertThat(call("HEAD", path, "").status()).isEqualTo(404);
        assertThat(call("PUT", path, "").status()).isEqualTo(201);
        assertThat(call("HEAD", path, "").status()).isEqualTo(204);
        assertThat(get(path).json().at("/role_inference/implies/name").asText()).isEqualTo("reader");
        assertThat(get("/identity/v3/roles/" + role + "/implies")
                        .json()
                        .at("/role_inference/implies/0/name")
                        .asText())
                .isEqualTo("reader");
        assertThat(get("/identity/v3/role_inferences")
                        .json()
                        .path("role_inferences")
                        .size())
                .isGreaterThanOrEqualTo(4);
        assertThat(call("DELETE", path, "").status()).isEqualTo(204);
        assertThat(call("DELETE", "/identity/v3/roles/" + reader, "").status()).isEqualTo(403);
        assertThat(get("/identity/v3/roles/" + reader)
                        .json()
                        .at("/role/options/immutable")
                        .asBoolean())
                .isTrue();
        assertThat(call("DELETE", "/identity/v3/roles/" + role, "").status()).isEqualTo(204);
    }

    @Test
    void theCatalogueIsKept() throws Exception {
        String service = made("/services", "{\"service\":{\"type\":\"thing\",\"name\":\"thingy\"}}");
        String endpoint = made(
                "/endpoints",
                "{\"endpoint\":{\"service_id\":\"" + service
                        + "\",\"interface\":\"public\",\"url\":\"http://thing:1\",\"region\":\"Two\"}}");
        assertThat(get("/identity/v3/regions/Two").status()).isEqualTo(200);
        assertThat(get("/identity/v3/endpoints?service_id=" + service)
                        .json()
                        .at("/endpoints/0/region_id")
                        .asText())
                .isEqualTo("Two");
        assertThat(call("PATCH", "/identity/v3/endpoints/" + endpoint, "{\"endpoint\":{\"enabled\":false}}")
                        .status())
                .isEqualTo(200);
        assertThat(get("/identity/v3/auth/catalog").json().toString()).doesNotContain("http://thing:1");
        assertThat(call("DELETE", "/identity/v3/services/" + service, "").status())
                .isEqualTo(204);
        assertThat(get("/identity/v3/endpoints/" + endpoint).status()).isEqualTo(404);
        assertThat(call("PUT", "/identity/v3/regions/Three", "{\"region\":{\"description\":\"x\"}}")
                        .status())
                .isEqualTo(201);
        assertThat(call("POST", "/identity/v3/regions", "{\"region\":{\"id\":\"Three\"}}")
                        .status())
                .isEqualTo(409);
        assertThat(get("/identity/v3/regions").json().path("regions").findValuesAsText("id"))
                .contains("RegionOne", "Two", "Three");
    }

    @Test
    void hugeAndOddInputIsRefusedAndNothingChanges() throws Exception {
        int before = get("/identity/v3/users").json().path("users").size();
        for (String body : Arrays.asList(
                "{\"user\":{\"name\":\"" + "x".repeat(100_000) + "\"}}",
                "{\"user\":{\"name\":\"\"}}",
                "{\"user\":{\"name\":7}}",
                "{\"user\":{\"name\":null}}",
                "{\"user\":{}}",
                "{\"user\":[]}",
                "[]",
                "{\"user\":{\"name\":\"a\\u0000b\"}}")) {
            Answer answer = call("POST", "/identity/v3/users", body);
            assertThat(answer.status()).as(body).isEqualTo(400);
            assertThat(fields(answer.json().path("error"))).containsExactlyInAnyOrder("code", "message", "title");
        }
        assertThat(get("/identity/v3/users").json().path("users").size()).isEqualTo(before);
        assertThat(get("/identity/v3/nonsense").status()).isEqualTo(404);
        assertThat(call("POST", "/identity/v3/auth/catalog", "{}").status()).isEqualTo(405);
    }
}
