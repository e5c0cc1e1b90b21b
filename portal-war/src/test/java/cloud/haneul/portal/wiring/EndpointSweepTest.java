package cloud.haneul.portal.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.haneul.identity.Assignments;
import cloud.haneul.identity.Grant;
import cloud.haneul.identity.Login;
import cloud.haneul.identity.NewProject;
import cloud.haneul.identity.NewUser;
import cloud.haneul.identity.Project;
import cloud.haneul.identity.Projects;
import cloud.haneul.identity.Role;
import cloud.haneul.identity.Roles;
import cloud.haneul.identity.Tokens;
import cloud.haneul.identity.Users;
import cloud.haneul.kernel.Authenticator.RequestInfo;
import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Ids;
import cloud.haneul.kernel.data.Page;
import cloud.haneul.kernel.testing.TestCloud;
import cloud.haneul.kernel.testing.TestRest;
import cloud.haneul.kernel.testing.With;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.inject.spi.BeanManager;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Every endpoint of every service, asked by everybody: what they are told is the table {@code endpoints.txt}, which shows in a
 * review what a change of a rule, a role or a resource does. A new endpoint needs a line there; write it with
 *
 * <pre>mvn -Pfast -pl portal-war -am test -Dtest=EndpointSweepTest -Dgolden.update=true</pre>
 *
 * and, when it takes a body, an example in {@code endpoint-examples.txt}.
 */
@ExtendWith(TestCloud.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@With("haneul.identity.password-hash-memory=64")
class EndpointSweepTest {
    private static final Path TABLE = Path.of("src/test/resources/endpoints.txt");
    /** Things of one project, of which nobody else is told that they are there. */
    private static final Pattern OWNED = Pattern.compile("(?:GET|HEAD|POST|PUT|PATCH|DELETE) "
            + "(/compute/v2\\.1/servers|/image/v2/images|/network/v2\\.0/(?!quotas|extensions)[a-z-]+)/\\{.*");
    /** What is everybody's although the address names one of it. */
    private static final Pattern PUBLIC = Pattern.compile("GET (/compute/v2\\.1/flavors/\\{id}.*"
            + "|/compute/v2\\.1/os-quota-sets/\\{project}/defaults|/identity/v3/(regions|registered_limits)/\\{id}"
            // what identity providers fetch, and holds nothing that they do not know
            + "|/identity/v3/auth/OS-FEDERATION/.*/saml2/metadata)"
            // for who knows the password
            + "|POST /identity/v3/users/\\{id}/password");

    private static final String LEGEND = """
            Who is told what, by endpoint. Each column is somebody who asks about a thing of one project, the own one:

            nobody  n  without a token
            noscope u  with a token for nothing
            own     r reader, m member, g manager, a admin of the project the thing belongs to
            foreign M member, G manager of another project of the same domain
            domain  d manager, D admin of the domain both projects are in
            system  s reader, S admin of the system

            The letter: may do it, also where the thing is in no state for it (409). A dot: is refused (401, 403). A dash: is
            told that there is no such thing (404). A question mark: is refused for the example (400, ...), which does not tell.

            """;

    private final Examples examples = new Examples();
    private final Map<String, String> rows = new TreeMap<>();
    private final List<String> errors = new ArrayList<>();
    /** Request ids of changing requests of somebody known, with what they were. */
    private final Map<String, String> changing = new TreeMap<>();

    private final List<String> secrets = new ArrayList<>();
    private List<Endpoint> endpoints;
    private List<Principal> principals;
    private TestRest rest;
    private Things things;

    @BeforeAll
    void ask(TestCloud cloud) {
        endpoints = Endpoint.all(cloud.get(BeanManager.class));
        rest = TestRest.of(cloud);
        Project own = cloud.get(Projects.class).create(inner(), NewProject.named("own"));
        Project foreign = cloud.get(Projects.class).create(inner(), NewProject.named("foreign"));
        principals = List.of(
                new Principal("nobody", "", 'n', "", ""),
                principal(cloud, "unscoped", "member", 'u', own.id()),
                principal(cloud, "foreign", "member", 'M', foreign.id()),
                principal(cloud, "foreign", "manager", 'G', foreign.id()),
                principal(cloud, "own", "reader", 'r', own.id()),
                principal(cloud, "own", "member", 'm', own.id()),
                principal(cloud, "own", "manager", 'g', own.id()),
                principal(cloud, "system", "reader", 's', ""),
                principal(cloud, "domain", "manager", 'd', own.domainId().orElseThrow()),
                principal(cloud, "domain", "admin", 'D', own.domainId().orElseThrow()),
                principal(cloud, "system", "admin", 'S', ""),
                principal(cloud, "own", "admin", 'a', own.id()));
        things = new Things(rest::uri, examples, principals.get(principals.size() - 1));
        prepare(own);
        for (Endpoint endpoint : endpoints) {
            for (Examples.Example example : examples.of(endpoint)) {
                rows.put(
                        endpoint + (example.variant().isEmpty() ? "" : " " + example.variant()),
                        row(endpoint, example));
            }
        }
    }

    @AfterAll
    void close() {
        rest.close();
    }

    private static Caller inner() {
        return Caller.inner("test");
    }

    private Principal principal(TestCloud cloud, String where, String role, char letter, String id) {
        RequestInfo request = new RequestInfo(
                Ids.newRequestId(), Optional.empty(), "POST", "/", Optional.empty(), Locale.ENGLISH, "127.0.0.1");
        String password = Ids.newSecret(9);
        secrets.add(password);
        String user = cloud.get(Users.class)
                .create(inner(), NewUser.named(where + "-" + role).withPassword(password))
                .id();
        Grant.Target target =
                switch (where) {
                    case "system" -> Grant.Target.SYSTEM;
                    case "domain" -> Grant.Target.domain(id);
                    default -> Grant.Target.project(id);
                };
        String roleId = cloud.get(Roles.class).list(inner(), Optional.empty(), Optional.of(role), Page.all()).stream()
                .map(Role::id)
                .findFirst()
                .orElseThrow();
        cloud.get(Assignments.class).grant(inner(), Grant.of(Grant.Actor.user(user), target, roleId));
        Login.Scope scope =
                switch (where) {
                    case "system" -> Login.Scope.SYSTEM;
                    case "domain" -> new Login.OfDomain(Login.DomainRef.id(id));
                    case "unscoped" -> Login.Scope.NONE;
                    default -> new Login.OfProject(Login.ProjectRef.id(id));
                };
        String token = cloud.get(Tokens.class)
                .issue(Login.password(Login.UserRef.id(user), password, scope), request)
                .token();
        secrets.add(token);
        return new Principal(where, role, letter, user, token);
    }

    /** What all requests stand on: room for what is made, a host with a server, a way out. */
    private void prepare(Project own) {
        things.fix("own", own.id());
        things.fix("os-quota-sets/project", own.id());
        things.fix("quotas/project", own.id());
        makeRoom();
        String external = things.must(
                        "POST",
                        "/network/v2.0/networks",
                        "{\"network\": {\"name\": \"ext\", \"router:external\": true}}")
                .at("/network/id")
                .asText();
        things.must(
                "POST",
                "/network/v2.0/subnets",
                "{\"subnet\": {\"network_id\": \"" + external + "\", \"ip_version\": 4, \"cidr\": \"172.20.0.0/16\"}}");
        things.fix("external", external);
        String host = things.must("POST", "/haneul/v1/hosts", "{\"host\": {\"uri\": \"simulator:?hosts=1\"}}")
                .findValue("id")
                .asText();
        for (String path : new String[] {"hosts/id", "os-hypervisors/id", "os-services/id", "resource_providers/id"}) {
            things.fix(path, host);
        }
        await().untilAsserted(() -> assertThat(things.must("GET", "/haneul/v1/hosts/" + host, "")
                        .findPath("connection")
                        .asText())
                .isEqualToIgnoringCase("up"));
        things.fix("consumer", things.id("/compute/v2.1/servers"));
        things.fix(
                "operations/id",
                things.must("GET", "/haneul/v1/operations", "")
                        .at("/operations/0/id")
                        .asText());
        things.fix(
                "events/id",
                things.must("GET", "/haneul/v1/audit/events", "")
                        .at("/events/0/id")
                        .asText());
        new IdentityThings(things, examples)
                .prepare(own.id(), of("own", "admin").userId());
        things.fix("details", "details");
        things.fix("rest", "");
        things.fix("version", "2009-04-04");
    }

    /** Takes the limits away, which some endpoints set. */
    private void makeRoom() {
        things.must(
                "PUT",
                "/compute/v2.1/os-quota-class-sets/default",
                "{\"quota_class_set\": {\"instances\": -1, \"cores\": -1, \"ram\": -1, \"key_pairs\": -1}}");
        things.must(
                "PUT",
                things.path("/network/v2.0/quotas/{project}"),
                "{\"quota\": {\"network\": -1, \"subnet\": -1, \"port\": -1, \"router\": -1, \"floatingip\": -1,"
                        + " \"security_group\": -1, \"security_group_rule\": -1}}");
    }

    private String row(Endpoint endpoint, Examples.Example example) {
        Map<Character, String> cells = new TreeMap<>();
        for (Principal principal : principals) {
            String path = things.path(endpoint.path());
            prepare(endpoint.method(), endpoint.path());
            String body = things.filled(example.body(), principal);
            if (body.startsWith("?")) {
                path += body;
                body = "";
            }
            HttpResponse<String> answer = things.send(endpoint.method(), path, body, principal.token());
            int status = answer.statusCode();
            if (status >= 500) {
                errors.add(endpoint + " " + body + " by " + principal.letter() + ": " + status + " " + answer.body());
            }
            if (status < 300 && (example.consuming() || endpoint.method().equals("DELETE"))) {
                things.consumed(path, body);
            }
            cells.put(principal.letter(), mark(status, principal));
            if (!endpoint.reads() && !endpoint.anonymous() && !principal.token().isEmpty()) {
                changing.put(
                        answer.headers().firstValue("X-Openstack-Request-Id").orElse(""),
                        endpoint + " by " + principal.letter() + ": " + status);
            }
        }
        if (endpoint.path().contains("quota")) {
            makeRoom();
        }
        StringBuilder row = new StringBuilder();
        for (String group : new String[] {"nu", "rmga", "MG", "dD", "sS"}) {
            group.chars().forEach(letter -> row.append(cells.get((char) letter)));
            row.append(' ');
        }
        return row.toString().strip();
    }

    /** Does what is to be done before that, and before that again. */
    private void prepare(String method, String path) {
        for (String[] first : examples.before(method, path)) {
            prepare(first[0], first[1]);
            String body = things.filled(examples.bodyOf(first[0], first[1]).orElse(""));
            HttpResponse<String> answer = things.asAdmin(first[0], things.path(first[1]), body);
            // done before and not undone, when somebody was refused in between
            boolean already = answer.statusCode() == 409 || answer.body().contains("already");
            if (answer.statusCode() >= 400 && !already) {
                errors.add("before " + method + " " + path + ", " + first[0] + " " + first[1] + " " + body + ": "
                        + answer.body());
            }
        }
    }

    private static String mark(int status, Principal principal) {
        if (status < 400 || status == 409) {
            return String.valueOf(principal.letter());
        }
        return status == 401 || status == 403 ? "." : status == 404 ? "-" : "?";
    }

    @Test
    void everybodyIsToldWhatTheTableSays() throws IOException {
        StringBuilder table = new StringBuilder(LEGEND);
        table.append(String.format("%-14s%s%n", "nu rmga MG dD sS", "   "));
        rows.forEach((endpoint, row) ->
                table.append(row).append("  ").append(endpoint).append('\n'));
        String text = table.toString().replaceAll(" +\n", "\n");
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(TABLE, text);
        }
        assertThat(text.lines().toList())
                .as("src/test/resources/endpoints.txt; to write it anew: mvn -Pfast -pl portal-war -am test"
                        + " -Dtest=EndpointSweepTest -Dgolden.update=true, and look at the difference")
                .containsExactlyElementsOf(Files.readString(TABLE).lines().toList());
    }

    @Test
    void whatBelongsToAnotherProjectIsNotThere() {
        assertThat(rows.keySet().stream().filter(row -> OWNED.matcher(row).matches()))
                .hasSizeGreaterThan(80)
                .allSatisfy(row -> assertThat(
                                rows.get(row).split(" ")[2] + rows.get(row).split(" ")[3])
                        .as(row)
                        .isEqualTo("----"));
    }

    /** Keystone tells with 403 that something is there, and so do quotas, whose projects are no secret. */
    @Test
    void nobodyDoesAnythingWithWhatBelongsToAnotherProject() {
        assertThat(rows.keySet().stream()
                        .filter(row -> row.contains("{") && !PUBLIC.matcher(row).matches()))
                .allSatisfy(
                        row -> assertThat(rows.get(row).split(" ")[2]).as(row).matches("[.?-]{2}"));
    }

    @Test
    void everyChangingRequestLeavesAnEventWithoutSecrets() {
        Set<String> told = new TreeSet<>();
        Optional<String> next = Optional.of("/haneul/v1/audit/events?limit=1000");
        while (next.isPresent()) {
            JsonNode page = things.must("GET", next.get(), "");
            page.path("events")
                    .forEach(event -> told.add(event.path("request_id").asText()));
            assertThat(page.toString()).doesNotContain(secrets);
            next = page.findValuesAsText("href").stream()
                    .findFirst()
                    .map(href -> href.substring(href.indexOf("/haneul/")));
        }
        Map<String, String> untold = new TreeMap<>(changing);
        untold.keySet().removeAll(told);
        assertThat(changing).hasSizeGreaterThan(1000);
        assertThat(untold).isEmpty();
    }

    @Test
    void aRefusalIsInTheTrailWithItsReason() {
        String server = things.id("/compute/v2.1/servers");
        String path = "/compute/v2.1/servers/" + server;
        HttpResponse<String> answer =
                things.send("DELETE", path, "", of("own", "reader").token());
        JsonNode event = things.must(
                        "GET",
                        "/haneul/v1/audit/events?outcome=failure&request_id="
                                + answer.headers()
                                        .firstValue("X-Openstack-Request-Id")
                                        .orElseThrow(),
                        "")
                .at("/events/0");
        assertThat(event.path("action").asText()).isEqualTo("delete");
        assertThat(event.path("rule").asText()).isEqualTo("DELETE /compute/v2.1/servers/{id}");
        assertThat(event.at("/initiator/name").asText()).isEqualTo("own-reader");
        assertThat(event.at("/target/id").asText()).isEqualTo(server);
        assertThat(event.at("/reason/reasonCode").asText())
                .isEqualTo("403 Policy doesn't allow os_compute_api:servers:delete to be performed."
                        + " The role member would be needed.");
    }

    @Test
    void accessIsExplainedOfWhatTheAskerMaySee() {
        String server = things.id("/compute/v2.1/servers");
        String question =
                "/haneul/v1/access/explain?rule=os_compute_api:servers:delete&target_type=server&target_id=" + server;
        JsonNode own = things.must(
                        "GET",
                        question + "&user_id=" + user("own", "reader") + "&project_id=" + things.filled("<own>"),
                        "")
                .path("explanation");
        assertThat(own.path("allowed").asBoolean()).isFalse();
        assertThat(own.path("role_needed").asText()).isEqualTo("member");
        assertThat(own.at("/user/roles").toString()).isEqualTo("[\"reader\"]");
        assertThat(own.path("source").asText()).startsWith("policy/compute.yaml:");
        HttpResponse<String> self =
                things.send("GET", question, "", of("own", "reader").token());
        assertThat(self.body()).contains("\"role_needed\":\"member\"").doesNotContain("policy/compute.yaml");
        assertThat(things.send("GET", question, "", of("foreign", "member").token())
                        .statusCode())
                .isEqualTo(404);
        assertThat(things.send(
                                "GET",
                                question + "&user_id=" + user("own", "reader"),
                                "",
                                of("own", "member").token())
                        .statusCode())
                .isEqualTo(403);
        // a manager may ask for who is in his project, also when there is no role to have there
        HttpResponse<String> manager = things.send(
                "GET",
                question + "&user_id=" + user("foreign", "member"),
                "",
                of("own", "manager").token());
        assertThat(manager.body()).contains("\"roles\":[]", "\"role_needed\":\"member\"");
    }

    private Principal of(String where, String role) {
        return principals.stream()
                .filter(known -> known.where().equals(where) && known.role().equals(role))
                .findFirst()
                .orElseThrow();
    }

    private String user(String where, String role) {
        return things.must("GET", "/identity/v3/users?name=" + where + "-" + role, "")
                .at("/users/0/id")
                .asText();
    }

    @Test
    void whereATokenIsNeededNobodyComesInWithout() {
        assertThat(endpoints).filteredOn(endpoint -> !endpoint.anonymous()).allSatisfy(endpoint -> assertThat(
                        rows.entrySet().stream()
                                .filter(row -> (row.getKey() + " ").startsWith(endpoint + " "))
                                .map(row -> row.getValue().charAt(0)))
                .as(endpoint.toString())
                .isNotEmpty()
                .containsOnly('.'));
    }

    @Test
    void nothingFailsWithAnErrorOfOurs() {
        assertThat(errors).isEmpty();
    }

    @Test
    void examplesAreForEndpointsThereAre() {
        assertThat(endpoints.stream().map(Endpoint::toString)).containsAll(new TreeSet<>(examples.endpoints()));
    }
}
