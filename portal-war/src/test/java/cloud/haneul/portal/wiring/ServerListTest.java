package cloud.haneul.portal.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.haneul.identity.NewProject;
import cloud.haneul.identity.Projects;
import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Home;
import cloud.haneul.kernel.reconcile.Reconcilers;
import cloud.haneul.kernel.testing.TestCloud;
import cloud.haneul.kernel.testing.TestRest;
import cloud.haneul.kernel.testing.With;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The list of servers, whose JSON is kept between requests, is at every moment what the servers are one by one: whatever of a
 * server, its ports, their networks and groups, or its host is changed, for whom and in which version it is asked for.
 */
@Tag("postgresql")
@ExtendWith(TestCloud.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@With("haneul.identity.password-hash-memory=64")
class ServerListTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SERVERS = "/compute/v2.1/servers";
    private static final String PORTS = "/network/v2.0/ports/";

    private final HttpClient client = HttpClient.newHttpClient();
    private Reconcilers reconcilers;
    private TestRest rest;
    private Things things;
    private Principal admin;
    private List<Principal> people;
    private String host;
    private String network;
    private String other;
    private String external;
    private String image;
    private String flavor;
    private String server;

    @BeforeAll
    void prepare(TestCloud cloud) {
        reconcilers = cloud.get(Reconcilers.class);
        rest = TestRest.of(cloud);
        String project = cloud.get(Projects.class)
                .create(Caller.inner("test"), NewProject.named("list"))
                .id();
        admin = Principal.of(cloud, project, "admin");
        people = List.of(admin, Principal.of(cloud, project, "reader"));
        things = new Things(rest::uri, new Examples(), admin);
        host = make("/haneul/v1/hosts", "{'host': {'uri': 'simulator:?hosts=1'}}");
        await().untilAsserted(() -> assertThat(get("/haneul/v1/hosts/" + host, admin, "2.1")
                        .findValue("connection")
                        .asText())
                .isEqualToIgnoringCase("up"));
        network = network("inner", false, "10.9.0.0/24");
        other = network("second", false, "10.8.0.0/24");
        external = network("outer", true, "172.24.0.0/24");
        String router = make(
                "/network/v2.0/routers", "{'router': {'external_gateway_info': {'network_id': '" + external + "'}}}");
        String subnet = get("/network/v2.0/subnets?network_id=" + network, admin, "2.1")
                .at("/subnets/0/id")
                .asText();
        put("/network/v2.0/routers/" + router + "/add_router_interface", "{'subnet_id': '" + subnet + "'}");
        image = make("/image/v2/images", "{'name': 'disk', 'disk_format': 'raw', 'container_format': 'bare'}");
        put("/image/v2/images/" + image + "/file", "0".repeat(65536));
        flavor = make("/compute/v2.1/flavors", "{'flavor': {'name': 'small', 'vcpus': 1, 'ram': 64, 'disk': 1}}");
        server("still");
        server = server("changing");
    }

    private String server(String name) {
        String id = make(
                SERVERS,
                "{'server': {'name': '" + name + "', 'imageRef': '" + image + "', 'flavorRef': '" + flavor
                        + "', 'networks': [{'uuid': '" + network + "'}]}}");
        await().atMost(Duration.ofSeconds(60)).until(() -> get(SERVERS + "/" + id, admin, "2.1")
                .at("/server/status")
                .asText()
                .equals("ACTIVE"));
        return id;
    }

    @AfterAll
    void close() {
        rest.close();
    }

    @Test
    void whatChangesOfAServerChangesInTheList() {
        change("name", () -> put(SERVERS + "/" + server, "{'server': {'name': 'renamed'}}"));
        change("metadata", () -> post(SERVERS + "/" + server + "/metadata", "{'metadata': {'a': 'b'}}"));
        change("tags", () -> put(SERVERS + "/" + server + "/tags", "{'tags': ['one']}"));
        change("lock", () -> act("{'lock': null}"));
        change("unlock", () -> act("{'unlock': null}"));
        change("stop", () -> act("{'os-stop': null}"));
        await().until(() -> get(SERVERS + "/" + server, admin, "2.1")
                .at("/server/status")
                .asText()
                .equals("SHUTOFF"));
        change("start", () -> act("{'os-start': null}"));
    }

    @Test
    void whatChangesOfItsPortsChangesInTheList() {
        String port = get("/network/v2.0/ports?device_id=" + server, admin, "2.1")
                .at("/ports/0/id")
                .asText();
        change("address", () -> put(PORTS + port, "{'port': {'fixed_ips': [{'ip_address': '10.9.0.77'}]}}"));
        String group = make("/network/v2.0/security-groups", "{'security_group': {'name': 'web'}}");
        change("groups", () -> put(PORTS + port, "{'port': {'security_groups': ['" + group + "']}}"));
        change(
                "group's name",
                () -> put("/network/v2.0/security-groups/" + group, "{'security_group': {'name': 'www'}}"));
        change("network's name", () -> put("/network/v2.0/networks/" + network, "{'network': {'name': 'new'}}"));
        String another = make("/network/v2.0/ports", "{'port': {'network_id': '" + other + "'}}");
        change(
                "port taken",
                () -> put(
                        PORTS + another, "{'port': {'device_id': '" + server + "', 'device_owner': 'compute:nova'}}"));
        change("port's MAC", () -> put(PORTS + another, "{'port': {'mac_address': 'fa:16:3e:00:00:77'}}"));
        change("port given back", () -> put(PORTS + another, "{'port': {'device_id': '', 'device_owner': ''}}"));
        change(
                "port made",
                () -> make(
                        "/network/v2.0/ports",
                        "{'port': {'network_id': '" + other + "', 'device_id': '" + server
                                + "', 'device_owner': 'compute:nova'}}"));
        String made = get("/network/v2.0/ports?network_id=" + other + "&device_id=" + server, admin, "2.1")
                .at("/ports/0/id")
                .asText();
        change("port deleted", () -> delete(PORTS + made));
    }

    @Test
    void whatChangesOfItsFloatingIpChangesInTheList() {
        String port = get("/network/v2.0/ports?device_id=" + server, admin, "2.1")
                .at("/ports/0/id")
                .asText();
        String floating =
                make("/network/v2.0/floatingips", "{'floatingip': {'floating_network_id': '" + external + "'}}");
        String path = "/network/v2.0/floatingips/" + floating;
        change("associated", () -> put(path, "{'floatingip': {'port_id': '" + port + "'}}"));
        change("taken off", () -> put(path, "{'floatingip': {'port_id': null}}"));
        change(
                "made with the port",
                () -> make(
                        "/network/v2.0/floatingips",
                        "{'floatingip': {'floating_network_id': '" + external + "', 'port_id': '" + port + "'}}"));
        String second = get("/network/v2.0/floatingips?port_id=" + port, admin, "2.1")
                .at("/floatingips/0/id")
                .asText();
        change("deleted", () -> delete("/network/v2.0/floatingips/" + second));
        change("associated again", () -> put(path, "{'floatingip': {'port_id': '" + port + "'}}"));
        change(
                "taken off with the address",
                () -> put(PORTS + port, "{'port': {'fixed_ips': [{'ip_address': '10.9.0.99'}]}}"));
    }

    @Test
    void whatChangesOfItsHostChangesInTheList() {
        change("closed", () -> patch("/haneul/v1/hosts/" + host, "{'host': {'enabled': false}}"));
        change("opened", () -> patch("/haneul/v1/hosts/" + host, "{'host': {'enabled': true}}"));
        change("down", () -> hostAnswers(false));
        change("up again", () -> hostAnswers(true));
    }

    @Test
    void aServerThatIsGoneIsNotInTheList() {
        String gone = server("gone");
        assertListIsTrue("before it goes");
        delete(SERVERS + "/" + gone);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(listed(admin, "2.1")).doesNotContainKey(gone));
        assertListIsTrue("after it has gone");
    }

    /** Tells the simulator, by its control file, whether the host is to answer. */
    private void hostAnswers(boolean yes) {
        Path control = Home.folder("drivers/simulator").resolve("control");
        try {
            Path aside = control.resolveSibling("control.new");
            Files.writeString(aside, yes ? "" : "fail=facts:UNREACHABLE:always\n");
            Files.move(aside, control, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        reconcilers.poke("hosts", host);
    }

    private void change(String what, Runnable work) {
        assertListIsTrue("before " + what);
        JsonNode before = get(SERVERS + "/" + server, admin, "latest");
        work.run();
        // operations change a server step by step, also between two requests
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(get(SERVERS + "/" + server, admin, "latest")).as(what).isNotEqualTo(before);
            assertListIsTrue(what);
        });
    }

    private void assertListIsTrue(String when) {
        for (Principal person : people) {
            for (String version : List.of("2.1", "2.95")) {
                Map<String, JsonNode> listed = listed(person, version);
                assertThat(listed).as(when).isNotEmpty();
                listed.forEach((id, shown) -> {
                    ObjectNode one = (ObjectNode)
                            get(SERVERS + "/" + id, person, version).get("server");
                    // in no list (compute API reference, 2.71)
                    one.remove("server_groups");
                    assertThat(shown)
                            .as(when + ", " + version + ", " + person.role())
                            .isEqualTo(one);
                });
            }
        }
    }

    private Map<String, JsonNode> listed(Principal person, String version) {
        Map<String, JsonNode> listed = byId(SERVERS + "/detail", person, version);
        if (person == admin) {
            assertThat(byId(SERVERS + "/detail?all_tenants=1", person, version)).containsAllEntriesOf(listed);
        }
        return listed;
    }

    private Map<String, JsonNode> byId(String path, Principal person, String version) {
        Map<String, JsonNode> byId = new HashMap<>();
        get(path, person, version)
                .get("servers")
                .forEach(one -> byId.put(one.get("id").asText(), one));
        return byId;
    }

    private JsonNode get(String path, Principal person, String version) {
        HttpRequest request = HttpRequest.newBuilder(rest.uri(path))
                .header("X-Auth-Token", person.token())
                .header("OpenStack-API-Version", "compute " + version)
                .build();
        try {
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(path + ": " + answer.body()).isEqualTo(200);
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private String network(String name, boolean outside, String cidr) {
        String id = make(
                "/network/v2.0/networks", "{'network': {'name': '" + name + "', 'router:external': " + outside + "}}");
        make(
                "/network/v2.0/subnets",
                "{'subnet': {'network_id': '" + id + "', 'ip_version': 4, 'cidr': '" + cidr + "'}}");
        return id;
    }

    private String make(String path, String body) {
        return post(path, body).findValue("id").asText();
    }

    private JsonNode act(String body) {
        return post(SERVERS + "/" + server + "/action", body);
    }

    private JsonNode post(String path, String body) {
        return must("POST", path, body);
    }

    private JsonNode put(String path, String body) {
        return must("PUT", path, body);
    }

    private JsonNode patch(String path, String body) {
        return must("PATCH", path, body);
    }

    private JsonNode delete(String path) {
        return must("DELETE", path, "");
    }

    private JsonNode must(String method, String path, String body) {
        return things.must(method, path, body.replace('\'', '"'));
    }
}
