package cloud.haneul.identity.rest;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.haneul.identity.rest.ApiClient.Answer;
import cloud.haneul.kernel.testing.TestCloud;
import cloud.haneul.kernel.testing.With;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Roles given to users and groups in projects, domains, below them and in the system; and the list of it all. */
@ExtendWith(TestCloud.class)
@With("haneul.identity.password-hash-memory=1024")
class GrantsRestTest {
    private final ApiClient api;
    private String domain;
    private String project;
    private String user;
    private String group;
    private String member;
    private String reader;

    GrantsRestTest(TestCloud cloud) {
        api = ApiClient.admin(cloud);
    }

    @BeforeEach
    void world() {
        String name = "n" + System.nanoTime();
        domain = api.made("/domains", "{\"domain\":{\"name\":\"" + name + "\"}}");
        project = api.made("/projects", "{\"project\":{\"name\":\"p\",\"domain_id\":\"" + domain + "\"}}");
        user = api.made(
                "/users", "{\"user\":{\"name\":\"u\",\"password\":\"secret\",\"domain_id\":\"" + domain + "\"}}");
        group = api.made("/groups", "{\"group\":{\"name\":\"g\",\"domain_id\":\"" + domain + "\"}}");
        member = api.role("member");
        reader = api.role("reader");
    }

    @AfterEach
    void close() {
        api.close();
    }

    private List<String> paths() {
        return List.of(
                "/projects/" + project + "/%s/roles%s",
                "/domains/" + domain + "/%s/roles%s",
                "/OS-INHERIT/projects/" + project + "/%s/roles%s/inherited_to_projects",
                "/OS-INHERIT/domains/" + domain + "/%s/roles%s/inherited_to_projects",
                "/system/%s/roles%s");
    }

    @Test
    void aDomainsRoleCountsByWhatItImplies() {
        String own = api.made("/roles", "{\"role\":{\"name\":\"own\",\"domain_id\":\"" + domain + "\"}}");
        String other = api.made("/domains", "{\"domain\":{\"name\":\"other" + System.nanoTime() + "\"}}");
        String theirs = api.made("/roles", "{\"role\":{\"name\":\"theirs\",\"domain_id\":\"" + other + "\"}}");
        api.put("/projects/" + project + "/users/" + user + "/roles/" + own).is(204);
        String effective = "/role_assignments?effective&scope.project.id=" + project + "&user.id=" + user;
        assertThat(api.get(effective).is(200).json().path("role_assignments")).isEmpty();

        api.put("/roles/" + own + "/implies/" + theirs).is(201);
        api.put("/roles/" + own + "/implies/" + reader).is(201);
        api.put("/roles/" + reader + "/implies/" + own).is(403);

        JsonNode counts = api.get(effective).is(200).json().path("role_assignments");
        assertThat(counts).hasSize(1);
        assertThat(counts.at("/0/role/id").asText()).isEqualTo(reader);
    }

    @Test
    void aWordForTrueIsNoTruthValue() {
        for (String word : List.of("\"True\"", "\"False\"", "1")) {
            api.post("/domains", "{\"domain\":{\"name\":\"d" + System.nanoTime() + "\",\"enabled\":" + word + "}}")
                    .is(400);
            api.patch("/users/" + user, "{\"user\":{\"enabled\":" + word + "}}").is(400);
        }
        assertThat(api.get("/users/" + user).json().at("/user/enabled").asBoolean())
                .isTrue();
    }

    @Test
    void everyPlaceTakesShowsAndForgetsRolesOfUsersAndGroups() {
        for (String template : paths()) {
            for (String actor : List.of("users/" + user, "groups/" + group)) {
                String list = template.formatted(actor, "");
                String one = template.formatted(actor, "/" + member);
                assertThat(api.head(one)).as(one).isEqualTo(404);
                api.get(one).is(404);
                api.put(one).is(204);
                api.put(one).is(204);
                assertThat(api.head(one)).isEqualTo(204);
                api.get(one).is(204);
                assertThat(api.head(list)).isEqualTo(200);
                Answer roles = api.get(list).is(200);
                assertThat(roles.json().path("roles").findValuesAsText("name")).containsExactly("member");
                assertThat(roles.at("/links/self")).endsWith(list);
                api.delete(one).is(204);
                api.delete(one).is(404);
                assertThat(api.get(list).json().path("roles")).isEmpty();
                api.put(list).is(405);
                api.delete(list).is(405);
                api.post(list, "{}").is(405);
                api.put(template.formatted(actor, "/nonsense")).is(404);
            }
        }
    }

    @Test
    void whatIsGivenInOnePlaceIsNotGivenInAnother() {
        List<String> all = paths();
        for (int given = 0; given < all.size(); given++) {
            String one = all.get(given).formatted("users/" + user, "/" + member);
            api.put(one).is(204);
            for (String other : all) {
                assertThat(api.head(other.formatted("users/" + user, "/" + member)))
                        .as(other)
                        .isEqualTo(other.equals(all.get(given)) ? 204 : 404);
            }
            api.delete(one).is(204);
        }
    }

    @Test
    void aDomainsOwnRoleIsGivenInItsDomainOnly() {
        String own = api.made("/roles", "{\"role\":{\"name\":\"own\",\"domain_id\":\"" + domain + "\"}}");
        api.put("/projects/" + project + "/users/" + user + "/roles/" + own).is(204);
        String elsewhere = api.made("/projects", "{\"project\":{\"name\":\"x" + System.nanoTime() + "\"}}");
        api.put("/projects/" + elsewhere + "/users/" + user + "/roles/" + own).is(403);
        api.put("/system/users/" + user + "/roles/" + own).is(403);
    }

    @Test
    void assignmentsAreFoundByEveryFilter() {
        String child = api.made(
                "/projects",
                "{\"project\":{\"name\":\"child\",\"domain_id\":\"" + domain + "\",\"parent_id\":\"" + project
                        + "\"}}");
        api.put("/groups/" + group + "/users/" + user).is(204);
        api.put("/OS-INHERIT/domains/" + domain + "/groups/" + group + "/roles/" + member + "/inherited_to_projects")
                .is(204);
        api.put("/projects/" + child + "/users/" + user + "/roles/" + reader).is(204);
        api.put("/domains/" + domain + "/users/" + user + "/roles/" + reader).is(204);
        api.put("/system/users/" + user + "/roles/" + reader).is(204);

        assertThat(found("user.id=" + user)).hasSize(3);
        assertThat(found("group.id=" + group)).hasSize(1);
        assertThat(found("user.id=" + user + "&role.id=" + member)).isEmpty();
        assertThat(found("scope.domain.id=" + domain)).hasSize(2);
        assertThat(found("scope.domain.id=" + domain + "&scope.OS-INHERIT:inherited_to=projects"))
                .hasSize(1);
        assertThat(found("scope.project.id=" + project)).isEmpty();
        assertThat(found("scope.project.id=" + project + "&include_subtree")).hasSize(1);
        assertThat(found("scope.system=all&user.id=" + user)).hasSize(1);
        // through the group, down to both projects, and the reader that member implies in each
        JsonNode effective = found("effective&user.id=" + user + "&scope.project.id=" + project);
        assertThat(effective.findValuesAsText("assignment")).hasSize(2).allMatch(link -> link.contains("/OS-INHERIT/"));
        assertThat(effective.toString()).contains("\"membership\"", "\"prior_role\"");
        assertThat(found("effective&user.id=" + user + "&role.id=" + member)).hasSize(2);
        assertThat(found("effective&user.id=" + user + "&scope.project.id=" + project + "&include_subtree"))
                .hasSize(5);
        assertThat(found("effective&scope.OS-INHERIT:inherited_to=projects&user.id=" + user + "&scope.project.id="
                        + child))
                .hasSize(2);
        JsonNode named = found("include_names&scope.project.id=" + child + "&user.id=" + user)
                .get(0);
        assertThat(named.at("/scope/project/domain/id").asText()).isEqualTo(domain);
        assertThat(named.at("/user/name").asText()).isEqualTo("u");

        for (String nonsense : List.of(
                "effective&group.id=" + group,
                "user.id=" + user + "&group.id=" + group,
                "scope.domain.id=" + domain + "&scope.project.id=" + project,
                "scope.system=all&scope.project.id=" + project,
                "include_subtree",
                "effective&scope.domain.id=" + domain + "&scope.OS-INHERIT:inherited_to=projects")) {
            api.get("/role_assignments?" + nonsense).is(400);
        }
        assertThat(api.head("/role_assignments?user.id=" + user)).isEqualTo(200);
    }

    private JsonNode found(String query) {
        return api.get("/role_assignments?" + query).is(200).json().path("role_assignments");
    }
}
