package cloud.haneul.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every identity command that the {@code openstack} client has ({@code identity-commands.txt}), by an administrator and by a
 * user of his. Each method makes, sees, changes and takes away one kind of thing; the last one counts the commands.
 */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
@Timeout(600)
class IdentityCommandsIT {
    @RegisterExtension
    static final SharedCloud CLOUD = SharedCloud.simulated();

    private static final String PASSWORD = "a-good-one";

    @TempDir
    Path files;

    private OpenStackShell admin;
    private OpenStackShell user;
    private String userId;

    @BeforeAll
    void anAdministratorAndAUserOfHis() {
        OpenStack.missing().ifPresent(Assumptions::abort);
        admin = CLOUD.cloud().openstack("admin").shell();
        String project = id(admin.json("project create --description first --tag one ic-project"));
        userId = id(admin.json("user create --project ic-project --password " + PASSWORD + " ic-user"));
        admin.must("role add --project ic-project --user ic-user member");
        user = new OpenStack(CLOUD.cloud().credentials("admin").inProject("ic-user", PASSWORD, "ic-project")).shell();

        assertThat(user.json("token issue").path("project_id").asText()).isEqualTo(project);
    }

    @AfterAll
    void everythingGoes() {
        Stream.of(user, admin).filter(shell -> shell != null).forEach(OpenStackShell::close);
    }

    @Test
    @Order(1)
    void tokensAndCatalogue() {
        assertThat(values(admin.json("catalog list"), "Type")).contains("identity", "compute");
        assertThat(admin.json("catalog show identity").path("type").asText()).isEqualTo("identity");
        OpenStack again =
                new OpenStack(CLOUD.cloud().credentials("admin").inProject("ic-user", PASSWORD, "ic-project"));
        String token = again.json("token", "issue").path("id").asText();

        admin.must("token revoke " + token);

        assertThat(admin.run("token revoke " + token)).contains("404");
    }

    @Test
    @Order(2)
    void domains() {
        admin.json("domain create --description first ic-domain");
        admin.must("domain set --description second --disable ic-domain");
        JsonNode shown = admin.json("domain show ic-domain");
        assertThat(shown.path("description").asText()).isEqualTo("second");
        assertThat(shown.path("enabled").asBoolean()).isFalse();
        assertThat(values(admin.json("domain list"), "Name")).contains("ic-domain");
        admin.must("domain delete ic-domain");
        assertThat(values(admin.json("domain list"), "Name")).doesNotContain("ic-domain");
    }

    @Test
    @Order(3)
    void projects() {
        admin.json("project create --parent ic-project ic-child");
        admin.must("project set --description second --tag two --property color=blue ic-child");
        JsonNode shown = admin.json("project show ic-child");
        assertThat(shown.path("description").asText()).isEqualTo("second");
        assertThat(shown.path("color").asText()).isEqualTo("blue");
        assertThat(shown.path("tags").toString()).contains("two");
        assertThat(values(admin.json("project list --tags one"), "Name")).containsExactly("ic-project");
        assertThat(values(user.json("project list --my-projects"), "Name")).containsExactly("ic-project");
        admin.must("project delete ic-child");
        assertThat(values(admin.json("project list"), "Name"))
                .contains("ic-project")
                .doesNotContain("ic-child");
    }

    @Test
    @Order(4)
    void usersAndTheirPasswords() {
        admin.json("user create --email one@example.org --password " + PASSWORD + " ic-other");
        admin.must("user set --email two@example.org --description second ic-other");
        assertThat(admin.json("user show ic-other").path("email").asText()).isEqualTo("two@example.org");
        assertThat(values(admin.json("user list --project ic-project"), "Name")).containsExactly("ic-user");
        admin.must("user delete ic-other");
        assertThat(values(admin.json("user list"), "Name")).contains("ic-user").doesNotContain("ic-other");
    }

    @Test
    @Order(5)
    void groups() {
        admin.json("group create --description first ic-group");
        admin.must("group set --description second ic-group");
        assertThat(admin.json("group show ic-group").path("description").asText())
                .isEqualTo("second");
        assertThat(values(admin.json("group list"), "Name")).contains("ic-group");
        admin.must("group add user ic-group ic-user");
        admin.words("group contains user ic-group ic-user", "ic-user in group ic-group");
        assertThat(values(admin.json("user list --group ic-group"), "Name")).containsExactly("ic-user");
        admin.must("group remove user ic-group ic-user");
        assertThat(admin.run("group contains user ic-group ic-user")).contains("not in group");
        admin.must("group delete ic-group");
        assertThat(values(admin.json("group list"), "Name")).doesNotContain("ic-group");
    }

    @Test
    @Order(6)
    void rolesAndTheirAssignments() {
        String role = id(admin.json("role create --description first ic-role"));
        admin.must("role set --description second ic-role");
        assertThat(admin.json("role show ic-role").path("description").asText()).isEqualTo("second");
        assertThat(values(admin.json("role list"), "Name")).contains("ic-role");
        assertThat(admin.json("implied role create --implied-role reader ic-role")
                        .path("prior_role")
                        .asText())
                .isEqualTo(role);
        assertThat(values(admin.json("implied role list"), "Prior Role Name")).contains("ic-role");
        admin.must("role add --project ic-project --user ic-user ic-role");
        assertThat(values(
                        admin.json("role assignment list --project ic-project --user ic-user --effective --names"),
                        "Role"))
                .containsOnly("ic-role", "member", "reader");
        admin.must("role remove --project ic-project --user ic-user ic-role");
        assertThat(values(admin.json("role assignment list --project ic-project --user ic-user --names"), "Role"))
                .containsExactly("member");
        admin.must("implied role delete --implied-role reader ic-role");
        admin.must("role delete ic-role");
        assertThat(values(admin.json("role list"), "Name")).doesNotContain("ic-role");
    }

    @Test
    @Order(7)
    void theCataloguesOwnThings() {
        admin.json("region create --description first ic-region");
        admin.must("region set --description second ic-region");
        assertThat(admin.json("region show ic-region").path("description").asText())
                .isEqualTo("second");
        assertThat(values(admin.json("region list"), "Region")).contains("ic-region");
        String service = id(admin.json("service create --name ic-service ic-type"));
        admin.must("service set --description second ic-service");
        assertThat(admin.json("service show ic-service").path("description").asText())
                .isEqualTo("second");
        assertThat(values(admin.json("service list"), "Name")).contains("ic-service");
        String endpoint = id(admin.json("endpoint create --region ic-region ic-service public http://one.example.org"));
        admin.must("endpoint set --url http://two.example.org " + endpoint);
        assertThat(admin.json("endpoint show " + endpoint).path("url").asText()).isEqualTo("http://two.example.org");
        assertThat(values(admin.json("endpoint list --service ic-service"), "ID"))
                .containsExactly(endpoint);
        endpointsOfProjects(service, endpoint);
        limits();
        admin.must("endpoint delete " + endpoint);
        admin.must("service delete ic-service");
        admin.must("region delete ic-region");
        assertThat(values(admin.json("service list"), "Name")).doesNotContain("ic-service");
    }

    private void endpointsOfProjects(String service, String endpoint) {
        admin.must("endpoint add project " + endpoint + " ic-project");
        assertThat(values(admin.json("endpoint list --project ic-project"), "ID"))
                .containsExactly(endpoint);
        admin.must("endpoint remove project " + endpoint + " ic-project");
        Path filters = file("filters.json", "{\"service_id\":\"" + service + "\"}");
        String group = id(admin.json("endpoint group create --description first ic-group " + filters));
        admin.must("endpoint group set --name ic-other " + group);
        assertThat(admin.json("endpoint group show " + group).path("name").asText())
                .isEqualTo("ic-other");
        assertThat(values(admin.json("endpoint group list"), "ID")).contains(group);
        admin.must("endpoint group add project " + group + " ic-project");
        assertThat(values(admin.json("endpoint group list --project ic-project"), "ID"))
                .containsExactly(group);
        admin.must("endpoint group remove project " + group + " ic-project");
        admin.must("endpoint group delete " + group);
        assertThat(values(admin.json("endpoint group list"), "ID")).doesNotContain(group);
    }

    private void limits() {
        String registered = id(admin.json(
                "registered limit create --service ic-service --region ic-region --default-limit 5 ic-widgets"));
        admin.json("registered limit set --default-limit 7 " + registered);
        assertThat(admin.json("registered limit show " + registered)
                        .path("default_limit")
                        .asInt())
                .isEqualTo(7);
        assertThat(values(admin.json("registered limit list --service ic-service"), "ID"))
                .containsExactly(registered);
        String limit = id(admin.json("limit create --project ic-project --service ic-service --region ic-region"
                + " --resource-limit 9 ic-widgets"));
        admin.json("limit set --resource-limit 11 " + limit);
        assertThat(admin.json("limit show " + limit).path("resource_limit").asInt())
                .isEqualTo(11);
        assertThat(values(admin.json("limit list --project ic-project"), "ID")).contains(limit);
        admin.must("limit delete " + limit);
        admin.must("registered limit delete " + registered);
        assertThat(values(admin.json("registered limit list --service ic-service"), "ID"))
                .isEmpty();
    }

    @Test
    @Order(8)
    void policies() {
        String policy = id(admin.json("policy create --type text/plain " + file("one.txt", "first")));
        admin.must("policy set --rules " + file("two.txt", "second") + " " + policy);
        assertThat(admin.json("policy show " + policy).path("rules").asText()).isEqualTo("second");
        assertThat(values(admin.json("policy list"), "ID")).contains(policy);
        admin.must("policy delete " + policy);
        assertThat(values(admin.json("policy list"), "ID")).doesNotContain(policy);
    }

    @Test
    @Order(9)
    void credentialsAndKeys() {
        String credential = id(admin.json("credential create --type ic-type ic-user first"));
        admin.must("credential set --user ic-user --type ic-type --data second " + credential);
        assertThat(admin.json("credential show " + credential).path("blob").asText())
                .isEqualTo("second");
        assertThat(values(admin.json("credential list --type ic-type"), "ID")).containsExactly(credential);
        admin.must("credential delete " + credential);
        assertThat(admin.json("credential list --type ic-type")).isEmpty();
        String access = user.json("ec2 credentials create").path("access").asText();
        assertThat(user.json("ec2 credentials show " + access).path("access").asText())
                .isEqualTo(access);
        assertThat(values(user.json("ec2 credentials list"), "Access")).containsExactly(access);
        user.must("ec2 credentials delete " + access);
        assertThat(user.json("ec2 credentials list")).isEmpty();
    }

    @Test
    @Order(10)
    void applicationCredentialsAndTheirRules() {
        Path rules = file("rules.json", """
                [{"service":"compute","method":"GET","path":"/v2.1/servers"}]""");
        JsonNode made =
                user.json("application credential create --access-rules " + rules + " --role member ic-program");
        assertThat(made.path("secret").asText()).isNotBlank();
        assertThat(id(user.json("application credential show ic-program"))).isEqualTo(id(made));
        assertThat(values(user.json("application credential list"), "Name")).containsExactly("ic-program");
        String rule = user.json("access rule list").path(0).path("ID").asText();
        assertThat(user.json("access rule show " + rule).path("path").asText()).isEqualTo("/v2.1/servers");
        user.must("application credential delete ic-program");
        user.must("access rule delete " + rule);
        assertThat(user.json("access rule list")).isEmpty();
    }

    @Test
    @Order(11)
    void trusts() {
        // by ids, for users cannot look people, projects and roles up by name
        String project = id(admin.json("project show ic-project"));
        String role = id(admin.json("role show member"));
        String trustee = id(admin.json("user show admin"));
        String trust = id(user.json(
                "trust create --impersonate --project " + project + " --role " + role + " " + userId + " " + trustee));
        assertThat(user.json("trust show " + trust).path("trustor_user_id").asText())
                .isEqualTo(userId);
        assertThat(values(admin.json("trust list"), "ID")).contains(trust);
        user.must("trust delete " + trust);
        assertThat(values(admin.json("trust list"), "ID")).doesNotContain(trust);
    }

    @Test
    @Order(12)
    void programsActForUsersByOAuth() {
        JsonNode consumer = admin.json("consumer create --description first");
        String id = id(consumer);
        admin.must("consumer set --description second " + id);
        assertThat(admin.json("consumer show " + id).path("description").asText())
                .isEqualTo("second");
        assertThat(values(admin.json("consumer list"), "ID")).contains(id);
        String signed = " --consumer-key " + id + " --consumer-secret "
                + consumer.path("secret").asText();
        JsonNode request = admin.json("request token create --project admin" + signed);
        String key = request.path("key").asText();
        String verifier = admin.json("request token authorize --role member --request-key " + key)
                .path("oauth_verifier")
                .asText();
        JsonNode access = admin.json("access token create --request-key " + key + " --request-secret "
                + request.path("secret").asText() + " --verifier " + verifier + signed);
        assertThat(access.path("key").asText()).isNotBlank();
        loginBy(id, consumer.path("secret").asText(), access);
        admin.must("consumer delete " + id);
        assertThat(values(admin.json("consumer list"), "ID")).doesNotContain(id);
    }

    /** By keystoneauth's own plugin. */
    private static void loginBy(String consumer, String secret, JsonNode access) {
        String auth = CLOUD.cloud().url() + "/identity/v3";
        String said = Shell.must(
                "openstack",
                "--os-auth-type",
                "v3oauth1",
                "--os-auth-url",
                auth,
                "--os-consumer-key",
                consumer,
                "--os-consumer-secret",
                secret,
                "--os-access-key",
                access.path("key").asText(),
                "--os-access-secret",
                access.path("secret").asText(),
                "token",
                "issue",
                "-f",
                "value",
                "-c",
                "project_id");
        assertThat(said.strip()).matches("[0-9a-f]{32}");
    }

    @Test
    @Order(13)
    void federation() {
        admin.json("mapping create --rules " + file("one.json", mapping("one")) + " ic-mapping");
        admin.must("mapping set --rules " + file("two.json", mapping("two")) + " ic-mapping");
        assertThat(admin.json("mapping show ic-mapping").path("rules").toString())
                .contains("two")
                .doesNotContain("one");
        assertThat(values(admin.json("mapping list"), "ID")).contains("ic-mapping");
        admin.json("identity provider create --remote-id https://one.example.org ic-provider");
        admin.must("identity provider set --description second ic-provider");
        assertThat(admin.json("identity provider show ic-provider")
                        .path("description")
                        .asText())
                .isEqualTo("second");
        assertThat(values(admin.json("identity provider list"), "ID")).contains("ic-provider");
        String at = " --identity-provider ic-provider";
        admin.json("federation protocol create --mapping ic-mapping ic-protocol" + at);
        admin.must("federation protocol set --mapping ic-mapping ic-protocol" + at);
        assertThat(admin.json("federation protocol show ic-protocol" + at)
                        .path("mapping")
                        .asText())
                .isEqualTo("ic-mapping");
        assertThat(values(admin.json("federation protocol list" + at), "id")).containsExactly("ic-protocol");
        admin.must("federation protocol delete ic-protocol" + at);
        admin.must("identity provider delete ic-provider");
        admin.must("mapping delete ic-mapping");
        assertThat(values(user.json("federation project list"), "Name")).containsExactly("ic-project");
        assertThat(user.json("federation domain list")).isEmpty();
    }

    private static String mapping(String name) {
        return """
                [{"local":[{"user":{"name":"%s"}}],"remote":[{"type":"OIDC-sub"}]}]""".formatted(name);
    }

    @Test
    @Order(14)
    void otherClouds() {
        admin.json("service provider create --auth-url https://one.example.org/auth"
                + " --service-provider-url https://one.example.org/sp ic-cloud");
        admin.must("service provider set --description second ic-cloud");
        assertThat(admin.json("service provider show ic-cloud")
                        .path("description")
                        .asText())
                .isEqualTo("second");
        assertThat(values(admin.json("service provider list"), "ID")).contains("ic-cloud");
        admin.must("service provider delete ic-cloud");
        assertThat(values(admin.json("service provider list"), "ID")).doesNotContain("ic-cloud");
    }

    @Test
    @Order(20)
    void theUserChangesHisPasswordAndGoes() {
        user.must("user password set --original-password " + PASSWORD + " --password another-good-one");
        OpenStack old = new OpenStack(CLOUD.cloud().credentials("admin").inProject("ic-user", PASSWORD, "ic-project"));
        assertThat(old.run("token", "issue").worked()).isFalse();
        new OpenStack(CLOUD.cloud().credentials("admin").inProject("ic-user", "another-good-one", "ic-project"))
                .json("token", "issue");
        admin.must("user delete ic-user");
        admin.must("project delete ic-project");
    }

    @Test
    @Order(30)
    void noCommandIsLeftOut() {
        Set<String> left = new TreeSet<>(commands());
        assertThat(left).hasSize(128);
        Stream.of(admin, user)
                .flatMap(shell -> shell.done().stream())
                .forEach(line -> left.removeIf(name -> (line + " ").startsWith(name + " ")));

        assertThat(left).isEmpty();
    }

    private static List<String> commands() {
        try (InputStream list = IdentityCommandsIT.class.getResourceAsStream("identity-commands.txt")) {
            return new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(String name, String text) {
        try {
            return Files.writeString(files.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String id(JsonNode shown) {
        assertThat(shown.path("id").asText()).isNotBlank();
        return shown.path("id").asText();
    }

    private static List<String> values(JsonNode rows, String column) {
        return rows.findValuesAsText(column);
    }
}
