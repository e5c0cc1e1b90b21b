package cloud.haneul.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * What a new customer does with the {@code openstack} command, from an account to a server and back to nothing. The methods are
 * the stations, in their order; the classes that extend it say in which cloud, and look behind the curtain.
 */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
abstract class Journey {
    private static final Duration BOOT = Duration.ofMinutes(2);

    private final String name = "journey";
    private OpenStack admin;
    private OpenStack member;
    private Map<String, JsonNode> usedBefore;

    Path key;
    String server;
    String port;
    String network;
    String router;
    String floatingIp;

    abstract Cloud cloud();

    @BeforeAll
    void anAdministratorWhoHasTheCommand() {
        OpenStack.missing().ifPresent(org.junit.jupiter.api.Assumptions::abort);
        admin = cloud().openstack("admin");
    }

    OpenStack member() {
        return member;
    }

    @Test
    @Order(10)
    void aTokenIsIssued() {
        JsonNode token = admin.json("token", "issue");

        assertThat(token.path("id").asText()).isNotBlank();
        assertThat(token.path("project_id").asText()).isNotBlank();
        assertThat(token.path("expires").asText()).isNotBlank();
    }

    @Test
    @Order(20)
    void theCatalogueNamesEveryService() {
        Set<String> types = new HashSet<>();
        admin.json("catalog", "list")
                .forEach(each -> types.add(each.path("Type").asText()));

        assertThat(types).contains("identity", "image", "placement", "network", "compute");
    }

    @Test
    @Order(30)
    void anAdministratorAddsAProjectWithAMember() {
        String project = admin.json("project", "create", name).path("id").asText();
        admin.must("user", "create", "--password", "a good one", name);
        admin.must("role", "add", "--project", name, "--user", name, "member");

        member = new OpenStack(cloud().credentials("admin").inProject(name, "a good one", name));

        assertThat(member.json("token", "issue").path("project_id").asText()).isEqualTo(project);
    }

    @Test
    @Order(40)
    void theMemberUploadsAnImage() throws IOException {
        Path file = GuestImage.bootable();

        JsonNode image = member.json(
                "image",
                "create",
                name,
                "--file",
                file.toString(),
                "--disk-format",
                "qcow2",
                "--container-format",
                "bare");

        image = member.json("image", "show", image.path("id").asText());
        assertThat(image.path("status").asText()).isEqualTo("active");
        assertThat(image.path("size").asLong()).isEqualTo(Files.size(file));
    }

    @Test
    @Order(50)
    void anAdministratorAddsAFlavor() {
        admin.must("flavor", "create", name, "--ram", "192", "--disk", "1", "--vcpus", "1");

        assertThat(member.json("flavor", "show", name).path("ram").asInt()).isEqualTo(192);
    }

    @Test
    @Order(60)
    void theMemberMakesAKeyPair() throws IOException {
        String secret = member.text("keypair", "create", name);

        key = Files.createDirectories(Path.of("target", "keys"))
                .resolve(cloud().name())
                .toAbsolutePath();
        Files.deleteIfExists(key);
        Files.createFile(key, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(key, secret);
        assertThat(secret).startsWith("-----BEGIN").contains("PRIVATE KEY-----");
        assertThat(member.json("keypair", "list").get(0).path("Name").asText()).isEqualTo(name);
    }

    @Test
    @Order(70)
    void theMemberPutsANetworkBehindARouter() {
        network = member.json("network", "create", name).path("id").asText();
        member.must("subnet", "create", name, "--network", name, "--subnet-range", "10.77.0.0/24");
        router = member.json("router", "create", name).path("id").asText();
        member.must("router", "set", "--external-gateway", "public", name);
        member.must("router", "add", "subnet", name, name);

        JsonNode shown = member.json("router", "show", name);
        assertThat(shown.path("status").asText()).isEqualTo("ACTIVE");
        assertThat(shown.path("external_gateway_info").toString()).contains("external_fixed_ips");
    }

    @Test
    @Order(80)
    void theMemberOpensTheSecurityGroup() {
        member.must("security", "group", "rule", "create", "--protocol", "icmp", "default");
        member.must("security", "group", "rule", "create", "--protocol", "tcp", "--dst-port", "22", "default");

        assertThat(ingressRules()).hasSize(2);
    }

    @Test
    @Order(90)
    void aServerIsLaunched() {
        usedBefore = used();
        JsonNode shown = member.json(
                "server",
                "create",
                name,
                "--image",
                name,
                "--flavor",
                name,
                "--network",
                name,
                "--key-name",
                name,
                "--wait");

        server = shown.path("id").asText();
        assertThat(shown.path("status").asText()).isEqualTo("ACTIVE");
        port = member.json("port", "list", "--server", server).get(0).path("ID").asText();
    }

    @Test
    @Order(100)
    void itsConsoleLogEndsWithALoginPrompt() {
        await().atMost(BOOT).pollDelay(Duration.ZERO).untilAsserted(() -> assertThat(
                        member.text("console", "log", "show", name))
                .containsPattern(name + " login: *\\s*$"));
    }

    @Test
    @Order(110)
    void itsConsoleHasAnAddress() {
        JsonNode console = member.json("console", "url", "show", name);

        assertThat(console.path("url").asText()).startsWith(cloud().url()).contains("token=");
    }

    @Test
    @Order(120)
    void itGetsAFloatingIp() {
        floatingIp = member.json("floating", "ip", "create", "public")
                .path("floating_ip_address")
                .asText();
        member.must("server", "add", "floating", "ip", name, floatingIp);

        assertThat(member.json("server", "show", name).path("addresses").toString())
                .contains(floatingIp);
    }

    @Test
    @Order(200)
    void itStopsAndStartsAndReboots() {
        member.must("server", "stop", name);
        awaitStatus("SHUTOFF");
        member.must("server", "start", name);
        awaitStatus("ACTIVE");
        member.must("server", "reboot", "--wait", name);
        awaitStatus("ACTIVE");
        member.must("server", "reboot", "--hard", "--wait", name);
        awaitStatus("ACTIVE");
    }

    @Test
    @Order(210)
    void itIsDeletedAndLeavesNothing() {
        member.must("server", "delete", "--wait", name);

        assertThat(member.json("server", "list")).isEmpty();
        assertThat(member.json("port", "list", "--device-owner", "compute:nova"))
                .isEmpty();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(used()).isEqualTo(usedBefore));
        assertThatNothingIsLeftOfTheServer();
    }

    @Test
    @Order(220)
    void theMemberLeavesAndTakesEverythingAlong() {
        member.must("floating", "ip", "delete", floatingIp);
        member.must("router", "remove", "subnet", name, name);
        member.must("router", "delete", name);
        member.must("network", "delete", name);
        member.must("keypair", "delete", name);
        member.must("image", "delete", name);
        admin.must("flavor", "delete", name);
        admin.must("user", "delete", name);
        admin.must("project", "delete", name);

        assertThatNothingIsLeftOfTheNetwork();
    }

    abstract void assertThatNothingIsLeftOfTheServer();

    abstract void assertThatNothingIsLeftOfTheNetwork();

    /** Rule ids by what they let in from everywhere. */
    Map<String, String> ingressRules() {
        Map<String, String> rules = new TreeMap<>();
        for (JsonNode rule : member.json("security", "group", "rule", "list", "default", "--ingress", "--long")) {
            if (rule.path("Remote Security Group").asText("null").equals("null")) {
                rules.put(rule.path("IP Protocol").asText(), rule.path("ID").asText());
            }
        }
        return rules;
    }

    private void awaitStatus(String wanted) {
        await("status " + wanted).atMost(BOOT).pollDelay(Duration.ZERO).until(() -> member.json("server", "show", name)
                .path("status")
                .asText()
                .equals(wanted));
    }

    /** What servers take of every host. */
    private Map<String, JsonNode> used() {
        Map<String, JsonNode> used = new TreeMap<>();
        cloud().as("admin")
                .get("/haneul/v1/hosts")
                .ok()
                .path("hosts")
                .forEach(host -> used.put(host.path("name").asText(), host.path("used")));
        return used;
    }
}
