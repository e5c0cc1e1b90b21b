package cloud.haneul.identity.rest;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.testing.TestCloud;
import cloud.haneul.kernel.testing.With;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists in pages: whoever follows the links sees everything once, and whoever asks for no page is told when something is left out. */
@ExtendWith(TestCloud.class)
@With("haneul.identity.password-hash-memory=1024")
class PagingRestTest {
    private static final List<String> LISTS = List.of(
            "/users",
            "/projects",
            "/groups",
            "/domains",
            "/roles",
            "/credentials",
            "/policies",
            "/registered_limits",
            "/limits",
            "/OS-FEDERATION/identity_providers",
            "/role_assignments",
            "/role_assignments?effective&include_names");

    private final TestCloud cloud;
    private final ApiClient api;
    private final Database database;
    private final String mark = "p" + System.nanoTime();

    PagingRestTest(TestCloud cloud) {
        this.cloud = cloud;
        api = ApiClient.admin(cloud);
        database = cloud.get(Database.class);
    }

    @AfterEach
    void close() {
        api.close();
    }

    private String domain(String name) {
        return api.made("/domains", "{\"domain\":{\"name\":\"" + name + "\",\"enabled\":true}}");
    }

    private static String kind(String list) {
        return list.replaceFirst(".*/", "").replaceFirst("\\?.*", "");
    }

    private static List<JsonNode> rows(JsonNode answer, String kind) {
        assertThat(answer.path(kind).isArray()).as(answer.toString()).isTrue();
        List<JsonNode> rows = new ArrayList<>();
        answer.path(kind).forEach(rows::add);
        return rows;
    }

    /** All pages by their links, each of at most two rows. */
    private List<JsonNode> walk(String list) {
        List<JsonNode> all = new ArrayList<>();
        String base = api.get("/domains").at("/links/self").replaceFirst("/domains$", "");
        String path = list + (list.contains("?") ? "&" : "?") + "limit=2";
        while (true) {
            JsonNode page = api.get(path).is(200).json();
            List<JsonNode> rows = rows(page, kind(list));
            assertThat(rows).hasSizeLessThanOrEqualTo(2);
            assertThat(page.has("truncated")).as(page.toString()).isFalse();
            assertThat(page.at("/links/previous").isNull()).isTrue();
            assertThat(page.at("/links/self").asText()).startsWith(base + list.replaceFirst("\\?.*", ""));
            all.addAll(rows);
            assertThat(all).as(path).doesNotHaveDuplicates();
            String next = page.at("/links/next").asText("");
            if (next.isEmpty()) {
                return all;
            }
            assertThat(next).startsWith(base);
            path = next.substring(base.length());
        }
    }

    private void somethingOfEverything() {
        String service = api.made("/services", "{\"service\":{\"type\":\"" + mark + "\",\"name\":\"s\"}}");
        String group = api.made("/groups", "{\"group\":{\"name\":\"" + mark + "\"}}");
        for (int i = 0; i < 5; i++) {
            String name = mark + "-" + i;
            String project = api.made("/projects", "{\"project\":{\"name\":\"" + name + "\"}}");
            String user = api.made("/users", "{\"user\":{\"name\":\"" + name + "\"}}");
            domain(name);
            api.made("/groups", "{\"group\":{\"name\":\"" + name + "\"}}");
            api.made("/roles", "{\"role\":{\"name\":\"" + name + "\"}}");
            api.put("/groups/" + group + "/users/" + user).is(204);
            api.put("/projects/" + project + "/users/" + user + "/roles/" + api.role("reader"))
                    .is(204);
            api.made(
                    "/credentials",
                    "{\"credential\":{\"type\":\"" + mark + "\",\"blob\":\"b\",\"user_id\":\"" + user + "\"}}");
            api.made("/policies", "{\"policy\":{\"type\":\"" + mark + "\",\"blob\":\"b\"}}");
            api.post(
                            "/registered_limits",
                            "{\"registered_limits\":[{\"service_id\":\"" + service + "\",\"resource_name\":\"" + name
                                    + "\",\"default_limit\":1}]}")
                    .is(201);
            api.post(
                            "/limits",
                            "{\"limits\":[{\"service_id\":\"" + service + "\",\"resource_name\":\"" + name
                                    + "\",\"project_id\":\"" + project + "\",\"resource_limit\":2}]}")
                    .is(201);
            api.call("PUT", "/OS-FEDERATION/identity_providers/" + name, "{\"identity_provider\":{}}")
                    .is(201);
        }
        assertThat(walk("/groups/" + group + "/users")).hasSize(5);
        assertThat(walk("/credentials?type=" + mark)).hasSize(5);
        assertThat(walk("/policies?type=" + mark)).hasSize(5);
        assertThat(walk("/registered_limits?service_id=" + service)).hasSize(5);
        assertThat(walk("/limits?service_id=" + service)).hasSize(5);
    }

    @Test
    void whoeverFollowsTheLinksSeesEverythingOnce() {
        somethingOfEverything();

        for (String list : LISTS) {
            JsonNode whole = api.get(list).is(200).json();
            assertThat(whole.at("/links/next").isNull()).as(list).isTrue();
            assertThat(whole.has("truncated")).as(list).isFalse();
            assertThat(rows(whole, kind(list))).as(list).hasSizeGreaterThanOrEqualTo(5);
            assertThat(walk(list)).as(list).containsExactlyElementsOf(rows(whole, kind(list)));
        }
    }

    /** The fewest of some times, for other threads ask something now and then. */
    private long statements(String list) {
        return LongStream.generate(() -> {
                    long before = cloud.statements();
                    api.get(list).is(200);
                    return cloud.statements() - before;
                })
                .limit(5)
                .min()
                .orElseThrow();
    }

    @Test
    void aLongListTakesNoMoreStatementsThanAShortOne() {
        somethingOfEverything();
        for (String list : LISTS) {
            long few = statements(list + (list.contains("?") ? "&" : "?") + "limit=2");
            assertThat(statements(list)).as(list).isLessThanOrEqualTo(few).isLessThan(10);
        }
    }

    @Test
    void theLinksKeepWhatWasAskedFor() {
        String own = domain(mark);
        for (int i = 0; i < 5; i++) {
            api.made(
                    "/users",
                    "{\"user\":{\"name\":\"" + mark + i + "\",\"domain_id\":\"" + own + "\",\"enabled\":" + (i != 2)
                            + "}}");
        }

        assertThat(walk("/users?domain_id=" + own + "&enabled=true"))
                .extracting(user -> user.path("name").asText())
                .containsExactly(mark + 0, mark + 1, mark + 3, mark + 4);
        assertThat(walk("/users?domain_id=" + own + "&sort_key=name&sort_dir=desc"))
                .extracting(user -> user.path("name").asText())
                .containsExactly(mark + 4, mark + 3, mark + 2, mark + 1, mark + 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"users", "projects", "groups", "domains", "roles"})
    void aListThatIsCutSaysSo(String kind) {
        String own = domain(mark + kind);
        String list = "/" + kind + (kind.equals("domains") ? "?enabled=false" : "?domain_id=" + own);
        many(kind, own, 1000);
        assertThat(walkWhole(list)).hasSize(1000);
        many(kind, own, 1);

        JsonNode cut = api.get(list).is(200).json();

        assertThat(rows(cut, kind)).hasSize(1000);
        assertThat(cut.path("truncated").asBoolean()).isTrue();
        assertThat(walkWhole(list)).hasSize(1001);
    }

    /** By pages as long as they may be; a limit beyond that is no way round it. */
    private List<String> walkWhole(String list) {
        List<String> ids = new ArrayList<>();
        JsonNode page = api.get(list + "&limit=5000").is(200).json();
        while (true) {
            List<JsonNode> rows = rows(page, kind(list));
            rows.forEach(row -> ids.add(row.path("id").asText()));
            assertThat(rows).hasSizeLessThanOrEqualTo(1000);
            assertThat(page.has("truncated")).isFalse();
            if (page.at("/links/next").isNull()) {
                assertThat(ids).doesNotHaveDuplicates();
                return ids;
            }
            page = api.get(page.at("/links/next").asText().replaceFirst("^.*/v3/", "/"))
                    .is(200)
                    .json();
        }
    }

    private void many(String kind, String domain, int count) {
        String table = "insert into identity_" + kind.replaceFirst("s$", "") + " ";
        boolean top = kind.equals("domains");
        String project =
                "insert into identity_project (id, name, name_space, domain_id, parent_id, is_domain, description,"
                        + " enabled, immutable, extra, created_at, version) select ?1, ?1, "
                        + (top ? "'', null, null, true, '', false" : "p.id, p.id, p.id, false, '', true")
                        + ", false, '{}', p.created_at, 1 from identity_project p where p.id = ?2";
        String insert =
                switch (kind) {
                    case "users" ->
                        table
                                + "(id, domain_id, name, enabled, options, extra, created_at, version)"
                                + " select ?1, p.id, ?1, true, '{}', '{}', p.created_at, 1 from identity_project p where p.id = ?2";
                    case "groups" ->
                        table
                                + "(id, domain_id, name, description, extra, created_at, version)"
                                + " select ?1, p.id, ?1, '', '{}', p.created_at, 1 from identity_project p where p.id = ?2";
                    case "roles" ->
                        table
                                + "(id, domain_id, name_space, name, description, immutable, extra, created_at, version)"
                                + " select ?1, p.id, p.id, ?1, '', false, '{}', p.created_at, 1 from identity_project p where p.id = ?2";
                    default -> project;
                };
        database.run(em -> {
            for (int i = 0; i < count; i++) {
                em.createNativeQuery(insert)
                        .setParameter(1, "%s-%d".formatted(mark, System.nanoTime()))
                        .setParameter(2, domain)
                        .executeUpdate();
            }
        });
    }

    @Test
    void allAssignmentsAreThereHoweverMany() {
        String user = api.made("/users", "{\"user\":{\"name\":\"" + mark + "\"}}");
        String own = domain(mark);
        many("projects", own, 1100);
        database.run(em -> em.createNativeQuery("insert into identity_assignment (actor_type, actor_id, target_type,"
                        + " target_id, role_id, inherited) select 'user', ?1, 'project', p.id, ?3, false"
                        + " from identity_project p where p.domain_id = ?2")
                .setParameter(1, user)
                .setParameter(3, api.role("reader"))
                .setParameter(2, own)
                .executeUpdate());
        String list = "/role_assignments?user.id=" + user;

        JsonNode whole = api.get(list).is(200).json();

        assertThat(rows(whole, "role_assignments")).hasSize(1100).doesNotHaveDuplicates();
        assertThat(whole.at("/links/next").isNull()).isTrue();
        assertThat(whole.has("truncated")).isFalse();
        JsonNode page = api.get(list + "&limit=5000").is(200).json();
        assertThat(rows(page, "role_assignments")).hasSize(1000);
        assertThat(page.at("/links/next").asText()).contains("marker=").contains("user.id=" + user);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/users", "/projects", "/groups", "/domains", "/roles", "/role_assignments"})
    void aMarkerOrLimitThatMakesNoSenseIsABadRequest(String list) {
        api.get(list + "?limit=2&marker=nothing").is(400);
        api.get(list + "?limit=-1").is(400);
        api.get(list + "?limit=two").is(400);
    }
}
