package cloud.haneul.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.haneul.acceptance.Rest.Answer;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people and programs send that they should not: each is told so in the API's own shape, and nothing changes. */
class BadInputIT {
    @RegisterExtension
    static final SharedCloud CLOUD = SharedCloud.simulated();

    private static final String SERVERS = "/compute/v2.1/servers";

    private static Tenant owner;
    private static Tenant stranger;
    /** Paths of one resource of each kind, all of them the owner's. */
    private static final Map<String, String> OWNED = new LinkedHashMap<>();

    @BeforeAll
    static void twoTenantsOneOfWhomHasSomethingOfEverything() {
        owner = Tenant.in(CLOUD.cloud(), "bad-input-owner");
        stranger = Tenant.in(CLOUD.cloud(), "bad-input-stranger");
        if (!OWNED.isEmpty()) {
            return;
        }
        String network = owner.network("10.50.0.0/24");
        own(
                "server",
                SERVERS,
                owner.server(
                        "bad-input-owned", owner.image(), owner.smallestFlavor(), List.of(Map.of("uuid", network))));
        own("keypair", "/compute/v2.1/os-keypairs", Map.of("name", "bad-input-owned"));
        OWNED.put("network", "/network/v2.0/networks/" + network);
        OWNED.put("subnet", "/network/v2.0/subnets/" + first("/network/v2.0/subnets?network_id=" + network, "subnets"));
        OWNED.put("port", "/network/v2.0/ports/" + first("/network/v2.0/ports?network_id=" + network, "ports"));
        own("router", "/network/v2.0/routers", Map.of("name", "bad-input-owned"));
        own("security_group", "/network/v2.0/security-groups", Map.of("name", "bad-input-owned"));
        own(
                "floatingip",
                "/network/v2.0/floatingips",
                Map.of("floating_network_id", first("/network/v2.0/networks?name=public", "networks")));
        String image = owner.rest()
                .post(
                        "/image/v2/images",
                        Map.of("name", "bad-input-owned", "disk_format", "raw", "container_format", "bare"))
                .ok()
                .path("id")
                .asText();
        OWNED.put("image", "/image/v2/images/" + image);
    }

    private static void own(String kind, String path, Map<String, ?> body) {
        JsonNode made = owner.rest().post(path, Map.of(kind, body)).ok().path(kind);
        OWNED.put(kind, path + "/" + (made.has("id") ? made.path("id") : made.path("name")).asText());
    }

    private static String first(String path, String kind) {
        return owner.rest().get(path).ok().path(kind).path(0).path("id").asText();
    }

    @AfterEach
    void theCloudIsStillUp() {
        assertThat(Rest.anonymous(CLOUD.cloud()).get("/health/ready").status()).isEqualTo(200);
    }

    @Test
    void aWrongPasswordIsRefusedWithoutSayingWhatIsWrong() {
        Answer wrong =
                Rest.logIn(CLOUD.cloud(), owner.credentials().inProject("bad-input-owner", "wrong", "bad-input-owner"));
        Answer unknown = Rest.logIn(CLOUD.cloud(), owner.credentials().inProject("nobody", "wrong", "bad-input-owner"));

        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.json().at("/error/code").asInt()).isEqualTo(401);
        assertThat(unknown.json()).isEqualTo(wrong.json());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "gAAAAABn"})
    void withoutAGoodTokenNothingIsShown(String token) {
        Answer answer = Rest.withToken(CLOUD.cloud(), token).get(SERVERS);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).containsIgnoringCase("Keystone");
    }

    static Stream<String> kinds() {
        return Stream.of(
                "server", "keypair", "network", "subnet", "port", "router", "security_group", "floatingip", "image");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void whatBelongsToSomebodyElseIsNotThere(String kind) {
        String path = OWNED.get(kind);
        JsonNode before = owner.rest().get(path).ok();

        assertThat(stranger.rest().get(path).status()).isEqualTo(404);
        assertThat(stranger.rest().delete(path).status()).isEqualTo(404);
        if (path.startsWith("/network") || kind.equals("server")) {
            assertThat(stranger.rest()
                            .put(
                                    path,
                                    Map.of(kind, Map.of(kind.equals("floatingip") ? "description" : "name", "stolen")))
                            .status())
                    .isEqualTo(404);
        }
        if (kind.equals("server")) {
            assertThat(stranger.rest()
                            .post(path + "/action", Map.of("os-getConsoleOutput", Map.of()))
                            .status())
                    .isEqualTo(404);
            assertThat(stranger.rest()
                            .post(path + "/action", "{\"os-stop\": null}")
                            .status())
                    .isEqualTo(404);
        }
        if (kind.equals("image")) {
            assertThat(stranger.rest().get(path + "/file").status()).isEqualTo(404);
            assertThat(stranger.rest()
                            .upload(path + "/file", GuestImage.raw("small.raw", 512))
                            .status())
                    .isEqualTo(404);
        } else if (!kind.equals("server")) {
            assertThat(owner.rest().get(path).ok()).isEqualTo(before);
        }
    }

    @Test
    void somebodyElsesNetworkAndImageCannotBeBuiltUpon() {
        String network = OWNED.get("network").replaceFirst(".*/", "");
        String image = OWNED.get("image").replaceFirst(".*/", "");
        String flavor = stranger.smallestFlavor();

        Answer onNetwork =
                stranger.create(stranger.server("thief", stranger.image(), flavor, List.of(Map.of("uuid", network))));
        Answer fromImage = stranger.create(stranger.server("thief", image, flavor, "none"));

        assertThat(onNetwork.status()).isIn(400, 404);
        assertThat(fromImage.status()).isIn(400, 404);
        assertThat(stranger.rest().get(SERVERS).ok().path("servers")).isEmpty();
        assertThat(stranger.used("instances")).isZero();
    }

    static Stream<Map<String, Object>> illTypedServers() {
        return Stream.of(
                Map.of("name", ""),
                Map.of("name", "x".repeat(256)),
                Map.of("name", 7),
                Map.of("min_count", -1),
                Map.of("max_count", 0),
                Map.of("imageRef", "../../etc/passwd"),
                Map.of("flavorRef", -1),
                Map.of("networks", List.of(Map.of("uuid", "not-a-uuid"))),
                Map.of("user_data", "not base64!"),
                Map.of("metadata", Map.of("k", 7)),
                Map.of("no_such_field", true));
    }

    @ParameterizedTest
    @MethodSource("illTypedServers")
    void anIllTypedFieldIsNamed(Map<String, Object> mistake) {
        Map<String, Object> server = new HashMap<>(owner.server("typo", owner.image(), owner.smallestFlavor(), "none"));
        server.putAll(mistake);
        long before = owner.used("instances");

        Answer answer = owner.create(server);

        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(answer.json().at("/badRequest/code").asInt()).isEqualTo(400);
        assertThat(answer.message()).contains(mistake.keySet().iterator().next());
        assertThat(owner.used("instances")).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ram", "vcpus", "disk"})
    void aFlavorOfNegativeSizeIsRefused(String field) {
        Map<String, Object> flavor = new HashMap<>(Map.of("name", "negative", "ram", 64, "vcpus", 1, "disk", 1));
        flavor.put(field, -1);

        Answer answer = owner.admin().post("/compute/v2.1/flavors", Map.of("flavor", flavor));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.message()).contains(field);
        assertThat(owner.admin().get("/compute/v2.1/flavors").text()).doesNotContain("negative");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/compute/v2.1/servers", "/network/v2.0/networks", "/image/v2/images", "/identity/v3/projects"})
    void aNameOfTwoMegabytesIsTooLong(String path) {
        String kind = path.replaceFirst(".*/(.*)s$", "$1");
        Map<String, Object> named = Map.of("name", "n".repeat(2 << 20));

        Answer answer = owner.admin().post(path, kind.equals("image") ? named : Map.of(kind, named));

        assertThat(answer.status()).isIn(400, 413);
        assertThat(answer.json().isObject()).isTrue();
        assertThat(answer.body()).hasSizeLessThan(10_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "null", "{\"server\": 7}", "{\"server\": {}, \"server\": {}}", "\u0000"})
    void aBodyThatIsNoRequestIsRefused(String body) {
        Answer answer = owner.rest().post(SERVERS, body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().has("badRequest")).isTrue();
    }

    @Test
    void anImageWithABackingFileIsRefused() {
        assertThatIsRefused("qcow2", GuestImage.qcow2("evil.qcow2", "/etc/passwd"), "backing file");
    }

    @Test
    void anImageThatNamesAnotherFileAsItsExtentIsRefused() {
        assertThatIsRefused("vmdk", GuestImage.vmdkDescriptor("evil.vmdk", "/etc/passwd"), "");
    }

    @Test
    void anImageThatIsNotWhatItClaimsIsRefused() {
        assertThatIsRefused("raw", GuestImage.qcow2("disguised.qcow2", "/etc/passwd"), "qcow2");
    }

    private static void assertThatIsRefused(String format, Path file, String why) {
        Rest rest = owner.rest();
        String image = rest.post(
                        "/image/v2/images", Map.of("name", "evil", "disk_format", format, "container_format", "bare"))
                .ok()
                .path("id")
                .asText();

        Answer answer = rest.upload("/image/v2/images/" + image + "/file", file);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.message()).contains(why);
        assertThat(rest.get("/image/v2/images/" + image).ok().path("status").asText())
                .isIn("queued", "killed");
        assertThat(owner.create(owner.server("evil", image, owner.smallestFlavor(), "none"))
                        .status())
                .isEqualTo(400);
        assertThat(CLOUD.cloud().home().resolve("images").resolve(image)).doesNotExist();
        rest.delete("/image/v2/images/" + image).ok();
    }

    @ParameterizedTest
    @ValueSource(strings = {"qemu+tcp://127.0.0.1:1/system", "simulator:?fail=facts:UNREACHABLE:always"})
    void anUnreachableHypervisorIsShownDownWithTheReason(String uri) {
        Rest admin = owner.admin();
        String host = admin.post("/haneul/v1/hosts", Map.of("host", Map.of("uri", uri, "name", "lost-" + uri.length())))
                .ok()
                .at("/hosts/0/id")
                .asText();
        String path = "/haneul/v1/hosts/" + host;

        await().atMost(Duration.ofSeconds(60))
                .until(() ->
                        admin.get(path).ok().at("/host/connection").asText().equals("DOWN"));

        assertThat(admin.get(path).ok().at("/host/problem").asText())
                .isNotBlank()
                .isNotEqualTo("null");
        assertThat(admin.delete(path).status()).isEqualTo(204);
    }

    @Test
    void anUnknownDriverIsRefusedWithThoseThereAre() {
        Answer answer = owner.admin()
                .post("/haneul/v1/hosts", Map.of("host", Map.of("uri", "esx://nowhere", "driver", "vmware")));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.message()).contains("vmware").contains("libvirt").contains("simulator");
    }
}
