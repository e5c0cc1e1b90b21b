package cloud.haneul.identity.rest;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.testing.TestCloud;
import cloud.haneul.kernel.testing.With;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A domain that goes takes with it all that is in it and hangs on that, in so many statements however much it is. */
@ExtendWith(TestCloud.class)
@With("haneul.identity.password-hash-memory=1024")
class DomainDeletionRestTest {
    private static final String PASSWORD = "a-good-one";
    private static final String TRUSTS = "/OS-TRUST/trusts";

    private final TestCloud cloud;
    private final Database database;
    private final ApiClient api;
    private final String mark = "d" + System.nanoTime();
    private final List<String> gone = new ArrayList<>();
    private String domain;

    DomainDeletionRestTest(TestCloud cloud) {
        this.cloud = cloud;
        database = cloud.get(Database.class);
        api = ApiClient.admin(cloud);
    }

    @BeforeEach
    void domain() {
        domain = domain("");
        gone.add(domain);
    }

    @AfterEach
    void close() {
        api.close();
    }

    private String domain(String more) {
        return api.made("/domains", "{\"domain\":{\"name\":\"" + mark + more + "\"}}");
    }

    private String made(String kind, String where, String more) {
        return api.made(
                "/" + kind + "s",
                "{\"" + kind + "\":{\"name\":\"" + mark + kind + more.hashCode() + "\",\"domain_id\":\"" + where + "\""
                        + more + "}}");
    }

    private String user(String where, String number) {
        return made("user", where, ",\"password\":\"" + PASSWORD + "\",\"description\":\"" + number + "\"");
    }

    private void grant(String project, String user, String role) {
        api.put("/projects/" + project + "/users/" + user + "/roles/" + api.role(role))
                .is(204);
    }

    private ApiClient enter(String user, String scope) {
        return api.with(api.anonymous()
                .post("/auth/tokens", """
                        {"auth":{"identity":{"methods":["password"],"password":{"user":{"id":"%s","password":"%s"}}},"scope":%s}}""".formatted(user, PASSWORD, scope))
                .is(201)
                .header("X-Subject-Token"));
    }

    private static String project(String id) {
        return "{\"project\":{\"id\":\"" + id + "\"}}";
    }

    private static String trust(String from, String to, String project, String more) {
        return """
                {"trust":{"trustor_user_id":"%s","trustee_user_id":"%s","project_id":"%s","impersonation":true,
                 "roles":[{"name":"member"}]%s}}""".formatted(from, to, project, more);
    }

    private String going(String id) {
        gone.add(id);
        return id;
    }

    private void delete(String id) {
        api.patch("/domains/" + id, "{\"domain\":{\"enabled\":false}}").is(200);
        api.delete("/domains/" + id).is(204);
    }

    @Test
    void nothingOfADomainIsLeft() {
        String top = going(made("project", domain, ",\"tags\":[\"one\"]"));
        String below = going(made("project", domain, ",\"parent_id\":\"" + top + "\""));
        String user = going(user(domain, "1"));
        String group = going(made("group", domain, ""));
        String role = going(made("role", domain, ""));
        String place = made("project", "default", "");
        String stranger = user("default", "2");
        api.put("/groups/" + group + "/users/" + stranger).is(204);
        api.put("/groups/" + group + "/users/" + user).is(204);
        api.put("/roles/" + role + "/implies/" + api.role("reader")).is(201);
        api.put("/projects/" + place + "/groups/" + group + "/roles/" + api.role("reader"))
                .is(204);
        api.put("/projects/" + below + "/users/" + user + "/roles/" + role).is(204);
        for (String who : List.of(user, stranger)) {
            grant(below, who, "member");
            grant(place, who, "member");
        }
        api.patch("/users/" + stranger, "{\"user\":{\"default_project_id\":\"" + below + "\"}}")
                .is(200);
        ApiClient insider = enter(user, project(below));
        ApiClient guest = enter(stranger, project(below));
        ApiClient outside = enter(stranger, project(place));

        going(insider.made("/users/" + user + "/application_credentials", """
                {"application_credential":{"name":"a","access_rules":[{"service":"compute","method":"GET","path":"/v2.1"}]}}"""));
        going(guest.made(
                "/users/" + stranger + "/application_credentials", "{\"application_credential\":{\"name\":\"b\"}}"));
        going(api.made(
                "/credentials", "{\"credential\":{\"type\":\"t\",\"blob\":\"b\",\"user_id\":\"" + user + "\"}}"));
        guest.post("/users/" + stranger + "/credentials/OS-EC2", "{\"tenant_id\":\"" + below + "\"}")
                .is(201);
        going(guest.made(TRUSTS, trust(stranger, api.get("/users?name=admin").at("/users/0/id"), below, "")));
        String lent = going(outside.made(TRUSTS, trust(stranger, user, place, ",\"allow_redelegation\":true")));
        ApiClient acting = enter(user, "{\"OS-TRUST:trust\":{\"id\":\"" + lent + "\"}}");
        String third = user("default", "3");
        going(acting.made(TRUSTS, trust(stranger, third, place, "")));
        String stays = outside.made(TRUSTS, trust(stranger, third, place, ""));
        api.put("/domains/" + domain + "/config", "{\"config\":{\"identity\":{\"driver\":\"sql\"}}}")
                .is(201);
        assertThat(rowsWithGone()).containsKeys("identity_trust", "identity_membership", "identity_project_tag");

        delete(domain);

        assertThat(rowsWithGone()).isEmpty();
        for (ApiClient dead : List.of(insider, guest, acting)) {
            dead.get("/auth/projects").is(401);
        }
        outside.get(TRUSTS + "/" + stays).is(200);
        assertThat(api.get("/users/" + stranger)
                        .is(200)
                        .json()
                        .at("/user/default_project_id")
                        .isMissingNode())
                .isTrue();
        assertThat(outside.get("/auth/projects").at("/projects/0/id")).isEqualTo(place);
        assertThat(api.get("/role_assignments?user.id=" + stranger).json().path("role_assignments"))
                .hasSize(1);
    }

    /** Rows of identity in which an id of something that goes stands, by table; what tells that tokens are dead left out. */
    private Map<String, Long> rowsWithGone() {
        Map<String, Long> found = new TreeMap<>();
        database.run(em -> {
            List<?> columns = em.createNativeQuery(
                            "select lower(table_name), lower(column_name) from information_schema.columns where lower(table_name)"
                                    + " like 'identity\\_%' escape '\\' and lower(data_type) like 'character varying%'")
                    .getResultList();
            assertThat(columns).hasSizeGreaterThan(50);
            for (Object each : columns) {
                Object[] column = (Object[]) each;
                if (column[0].equals("identity_revocation")) {
                    continue;
                }
                String marks = String.join(",", gone.stream().map(id -> "?").toList());
                var query = em.createNativeQuery(
                        "select count(*) from " + column[0] + " where " + column[1] + " in (" + marks + ")");
                for (int i = 0; i < gone.size(); i++) {
                    query.setParameter(i + 1, gone.get(i));
                }
                long count = ((Number) query.getSingleResult()).longValue();
                if (count > 0) {
                    found.merge(column[0].toString(), count, Long::sum);
                }
            }
        });
        return found;
    }

    /** Users, a tree of projects, and a role of each of the users in each of ten projects. */
    private void crowd(String where, int users, int projects) {
        database.run(em -> {
            for (int i = 0; i < projects; i++) {
                em.createNativeQuery(
                                "insert into identity_project (id, name, name_space, domain_id, parent_id, is_domain,"
                                        + " description, enabled, immutable, extra, created_at, version) select ?1, ?1, p.id, p.id, ?2,"
                                        + " false, '', true, false, '{}', p.created_at, 1 from identity_project p where p.id = ?3")
                        .setParameter(1, where + "p" + i)
                        .setParameter(2, i < 10 ? where : where + "p" + (i - 10))
                        .setParameter(3, where)
                        .executeUpdate();
            }
            for (int i = 0; i < users; i++) {
                em.createNativeQuery(
                                "insert into identity_user (id, domain_id, name, enabled, options, extra, created_at,"
                                        + " version) select ?1, p.id, ?1, true, '{}', '{}', p.created_at, 1"
                                        + " from identity_project p where p.id = ?2")
                        .setParameter(1, where + "u" + i)
                        .setParameter(2, where)
                        .executeUpdate();
            }
            em.createNativeQuery(
                            "insert into identity_assignment (actor_type, actor_id, target_type, target_id, role_id,"
                                    + " inherited) select 'user', u.id, 'project', p.id, r.id, false from identity_user u"
                                    + " join identity_project p on p.domain_id = u.domain_id and p.parent_id = p.domain_id"
                                    + " join identity_role r on r.name = 'member' where u.domain_id = ?1")
                    .setParameter(1, where)
                    .executeUpdate();
        });
    }

    private long statementsOfDeleting(String id) {
        api.patch("/domains/" + id, "{\"domain\":{\"enabled\":false}}").is(200);
        long before = cloud.statements();
        api.delete("/domains/" + id).is(204);
        return cloud.statements() - before;
    }

    @Test
    void itTakesAsManyStatementsForACrowdAsForAFew() {
        String large = domain("large");
        crowd(domain, 2, 11);
        crowd(large, 1500, 200);

        long few = statementsOfDeleting(domain);
        long many = statementsOfDeleting(large);

        // another thread may ask something meanwhile
        assertThat(many).isBetween(few - 20, few + 20);
        assertThat(many).isLessThan(100);
        assertThat(api.get("/users?domain_id=" + large).json().path("users")).isEmpty();
        assertThat(api.get("/role_assignments?scope.project.id=" + large + "p1")
                        .json()
                        .path("role_assignments"))
                .isEmpty();
        api.get("/projects/" + large + "p199").is(404);
    }
}
