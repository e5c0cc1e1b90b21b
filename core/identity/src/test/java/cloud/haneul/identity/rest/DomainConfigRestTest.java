package cloud.haneul.identity.rest;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.haneul.identity.rest.ApiClient.Answer;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.testing.TestCloud;
import cloud.haneul.kernel.testing.With;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A domain's own configuration, whole and in parts. */
@ExtendWith(TestCloud.class)
@With("haneul.identity.password-hash-memory=1024")
class DomainConfigRestTest {
    private static final String CONFIG = "{\"config\":{\"identity\":{\"driver\":\"ldap\"},\"ldap\":{"
            + "\"url\":\"ldap://127.0.0.1:1\",\"user_tree_dn\":\"ou=Users,dc=x\",\"password\":\"se-cret\"}}}";

    private final ApiClient api;
    private final Database database;
    private String domain;
    private String config;

    DomainConfigRestTest(TestCloud cloud) {
        api = ApiClient.admin(cloud);
        database = cloud.get(Database.class);
    }

    @BeforeEach
    void domain() {
        domain = api.made("/domains", "{\"domain\":{\"name\":\"d" + System.nanoTime() + "\"}}");
        config = "/domains/" + domain + "/config";
    }

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void aConfigurationIsMadeShownAndReplaced() {
        api.get(config).is(404);
        Answer made = api.put(config, CONFIG).is(201);
        assertThat(made.at("/config/ldap/user_tree_dn")).isEqualTo("ou=Users,dc=x");
        assertThat(api.get(config).is(200).json()).isEqualTo(made.json());
        assertThat(api.head(config)).isEqualTo(200);
        assertThat(api.get(config + "/ldap").is(200).at("/config/ldap/url")).isEqualTo("ldap://127.0.0.1:1");
        assertThat(api.get(config + "/ldap/url").is(200).at("/config/url")).isEqualTo("ldap://127.0.0.1:1");
        api.get(config + "/ldap/user").is(404);
        Answer replaced = api.put(config, "{\"config\":{\"ldap\":{\"url\":\"ldaps://x\"}}}")
                .is(200);
        assertThat(replaced.json().path("config").has("identity")).isFalse();
        api.get(config + "/identity").is(404);
    }

    @Test
    void partsAreChangedAndDeleted() {
        api.patch(config, CONFIG).is(404);
        api.put(config, CONFIG).is(201);
        Answer changed = api.patch(config + "/ldap/url", "{\"config\":{\"url\":\"ldap://new\"}}")
                .is(200);
        assertThat(changed.at("/config/ldap/url")).isEqualTo("ldap://new");
        assertThat(changed.at("/config/ldap/user_tree_dn")).isEqualTo("ou=Users,dc=x");
        api.patch(config + "/ldap", "{\"config\":{\"ldap\":{\"suffix\":\"dc=y\"}}}")
                .is(200);
        api.patch(config + "/ldap", "{\"config\":{\"identity\":{\"driver\":\"sql\"}}}")
                .is(403);
        api.patch(config + "/ldap/url", "{\"config\":{\"suffix\":\"dc=y\"}}").is(403);
        api.patch(config + "/ldap/user", "{\"config\":{\"user\":\"cn=x\"}}").is(404);
        api.patch(config + "/ldap/password", "{\"config\":{\"password\":\"other\"}}")
                .is(200);
        api.delete(config + "/ldap/suffix").is(204);
        api.delete(config + "/ldap/suffix").is(404);
        api.delete(config + "/ldap").is(204);
        assertThat(api.get(config).at("/config/identity/driver")).isEqualTo("ldap");
        api.delete(config).is(204);
        api.delete(config).is(404);
    }

    @Test
    void aPasswordGoesInAndNeverComesOut() {
        assertThat(api.put(config, CONFIG).json().toString()).doesNotContain("se-cret", "password");
        assertThat(api.get(config).json().toString()).doesNotContain("se-cret", "password");
        api.get(config + "/ldap/password").is(404);
        assertThat(api.patch(config, "{\"config\":{\"ldap\":{\"password\":\"se-cret\"}}}")
                        .json()
                        .toString())
                .doesNotContain("se-cret");
        assertThat(api.get("/domains/config/ldap/default")
                        .json()
                        .at("/config/ldap")
                        .has("password"))
                .isFalse();
        api.get("/domains/config/ldap/password/default").is(403);
        List<?> rows = database.read(
                em -> em.createNativeQuery("select secrets, options from identity_domain_config where domain_id = ?1")
                        .setParameter(1, domain)
                        .getResultList());
        Object[] columns = (Object[]) rows.get(0);
        assertThat(columns[0] + " " + columns[1]).doesNotContain("se-cret");
    }

    @Test
    void defaultsAreToldWholeAndInParts() {
        assertThat(api.get("/domains/config/default").is(200).at("/config/identity/driver"))
                .isEqualTo("sql");
        assertThat(api.get("/domains/config/ldap/default").at("/config/ldap/user_objectclass"))
                .isEqualTo("inetOrgPerson");
        assertThat(api.get("/domains/config/ldap/url/default").at("/config/url"))
                .isEqualTo("ldap://localhost");
        assertThat(api.get("/domains/config/ldap/user/default")
                        .is(200)
                        .json()
                        .at("/config/user")
                        .isNull())
                .isTrue();
        api.get("/domains/config/nonsense/default").is(403);
        api.get("/domains/config/ldap/nonsense/default").is(403);
    }

    /** As with keystone: what is not there yet can be configured, too. */
    @Test
    void anAddressOfNoServerIsADirectoryThatDoesNotAnswer() {
        for (String nowhere : List.of(
                "{\"identity\":{\"driver\":\"ldap\"},\"ldap\":{\"url\":\"http://x\"}}",
                "{\"identity\":{\"driver\":\"nis\"}}")) {
            api.put(config, "{\"config\":" + nowhere + "}");

            assertThat(api.get("/users?domain_id=" + domain).is(503).at("/error/message"))
                    .contains("does not answer");
            assertThat(api.get("/domains/" + domain).is(200).at("/domain/id")).isEqualTo(domain);
        }
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        for (String group : List.of(
                "{\"nonsense\":{\"a\":\"b\"}}",
                "{\"ldap\":{\"nonsense\":\"b\"}}",
                "{\"identity\":{\"nope\":1}}",
                "{}")) {
            api.put(config, "{\"config\":" + group + "}").is(403);
        }
        for (String option : List.of(
                "\"url\":{\"a\":\"b\"}",
                "\"user_filter\":\"(((\"",
                "\"user_tree_dn\":\"nowhere\"",
                "\"query_scope\":\"all\"",
                "\"use_tls\":\"maybe\"",
                "\"page_size\":-1",
                "\"user_additional_attribute_mapping\":[\"x\"]")) {
            Answer refused =
                    api.put(config, "{\"config\":{\"ldap\":{" + option + "}}}").is(400);
            assertThat(refused.at("/error/message")).contains(option.substring(1, option.indexOf("\":")));
        }
        api.put(config, "{\"config\":{\"ldap\":7}}").is(400);
        api.put("/domains/nope/config", CONFIG).is(404);
        api.get("/domains/nope/config").is(404);
        api.get(config).is(404);
    }

    @Test
    void nobodyButAnAdministratorMayChangeIt() {
        String name = "u" + System.nanoTime();
        String user = api.made("/users", "{\"user\":{\"name\":\"" + name + "\",\"password\":\"secret\"}}");
        api.put("/domains/" + domain + "/users/" + user + "/roles/" + api.role("manager"))
                .is(204);
        api.put(config, CONFIG).is(201);
        ApiClient manager = api.as(name, "default", "secret", "{\"domain\":{\"id\":\"" + domain + "\"}}");
        manager.get(config).is(403);
        manager.put(config, CONFIG).is(403);
        manager.patch(config, CONFIG).is(403);
        manager.delete(config).is(403);
        manager.get("/domains/config/default").is(403);
    }

    @Test
    void everybodyMayReadWhatIsAskedOfPasswords() {
        String name = "u" + System.nanoTime();
        api.made("/users", "{\"user\":{\"name\":\"" + name + "\",\"password\":\"secret\"}}");
        ApiClient anybody = api.as(name, "default", "secret", "");
        String path = "/domains/default/config/security_compliance";
        assertThat(anybody.get(path).is(200).json().at("/config/security_compliance"))
                .hasSize(2);
        assertThat(anybody.get(path + "/password_regex").is(200).json().path("config"))
                .hasSize(1);
        anybody.get(path + "/lockout_duration").is(403);
        anybody.get("/domains/" + domain + "/config/security_compliance").is(403);
        api.put("/domains/default/config", "{\"config\":{\"security_compliance\":{\"password_regex\":\"x\"}}}")
                .is(403);
    }

    @Test
    void itGoesWithItsDomain() {
        api.put(config, CONFIG).is(201);
        api.patch("/domains/" + domain, "{\"domain\":{\"enabled\":false}}").is(200);
        api.delete("/domains/" + domain).is(204);
        api.get(config).is(404);
    }
}
