package cloud.haneul.kernel.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The filters as a client meets them. */
class RestApiTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static RestServer server;

    @BeforeAll
    static void start() {
        server = new RestServer();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    // ---- who asks

    @Test
    void aRequestWithoutATokenIsToldWhereToGetOne() throws Exception {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(server.uri("/compute/v2.1/servers/1")));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(header(answer, "WWW-Authenticate"))
                .isEqualTo("Keystone uri=\"http://" + server.uri("/").getAuthority() + "/identity/v3\"");
        assertThat(json(answer).at("/error/code").asInt()).isEqualTo(401);
        assertThat(header(answer, "X-Openstack-Request-Id")).startsWith("req-");
    }

    @Test
    void aWrongTokenIsRefused() throws Exception {
        for (String token : new String[] {"nonsense", " ", "x".repeat(9000), "a:b:c"}) {
            HttpResponse<String> answer = send(HttpRequest.newBuilder(server.uri("/compute/v2.1/servers/1"))
                    .header("X-Auth-Token", token));
            assertThat(answer.statusCode()).as(token).isEqualTo(401);
        }
    }

    @Test
    void identityHeadersOfTheClientMeanNothing() throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.uri("/compute/v2.1/servers"))
                .header("X-User-Id", "root")
                .header("X-Roles", "admin")
                .header("X-Project-Id", "other")
                .header("X-Is-Admin-Project", "True")
                .header("X-Identity-Status", "Confirmed")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"server\":{\"name\":\"web\"}}"));
        assertThat(send(request.copy()).statusCode()).isEqualTo(401);

        JsonNode body = json(send(request.header("X-Auth-Token", "min:member")));
        assertThat(body.path("user").asText()).isEqualTo("min");
        assertThat(body.path("roles").toString()).isEqualTo("[\"member\"]");
    }

    @Test
    void anAnonymousMethodNeedsNoToken() throws Exception {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(server.uri("/network/v2.0")));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer).at("/versions/0/links/0/href").asText())
                .isEqualTo(server.uri("/network/v2.0/").toString());
    }

    // ---- request ids

    @Test
    void everyAnswerCarriesItsRequestId() throws Exception {
        HttpResponse<String> answer = get("/compute/v2.1/servers/1");
        String id = header(answer, "X-Openstack-Request-Id");

        assertThat(id).matches("req-[0-9a-f-]{36}");
        assertThat(header(answer, "X-Compute-Request-Id")).isEqualTo(id);
        assertThat(header(get("/nowhere"), "X-Openstack-Request-Id")).startsWith("req-");
        assertThat(header(get("/network/v2.0/networks/1"), "X-Compute-Request-Id"))
                .isEmpty();
    }

    // ---- microversions

    @Test
    void withoutAVersionHeaderTheMinimumHolds() throws Exception {
        HttpResponse<String> answer = get("/compute/v2.1/servers/1");

        JsonNode view = json(answer).path("server");
        assertThat(view.has("description")).isFalse();
        assertThat(view.path("old_style").asText()).isEqualTo("yes");
        assertThat(header(answer, "OpenStack-API-Version")).isEqualTo("compute 2.1");
        assertThat(header(answer, "X-OpenStack-Nova-API-Version")).isEqualTo("2.1");
        assertThat(answer.headers().allValues("Vary").toString())
                .contains("OpenStack-API-Version", "X-OpenStack-Nova-API-Version");
    }

    @Test
    void propertiesComeAndGoWithTheVersion() throws Exception {
        assertThat(version("compute 2.18").has("description")).isFalse();
        assertThat(version("compute 2.19").has("description")).isTrue();
        assertThat(version("compute 2.19").path("description").isNull()).isTrue();
        assertThat(version("compute 2.36").has("old_style")).isTrue();
        assertThat(version("compute 2.37").has("old_style")).isFalse();
    }

    @Test
    void latestIsTheMaximumAndTheLegacyHeaderCountsToo() throws Exception {
        HttpResponse<String> answer = get("/compute/v2.1/servers/1", "X-OpenStack-Nova-API-Version", "latest");
        assertThat(header(answer, "OpenStack-API-Version")).isEqualTo("compute 2.96");

        HttpResponse<String> both = get(
                "/compute/v2.1/servers/1",
                "OpenStack-API-Version",
                "volume 3.1, compute 2.50",
                "X-OpenStack-Nova-API-Version",
                "2.7");
        assertThat(header(both, "X-OpenStack-Nova-API-Version")).isEqualTo("2.50");
    }

    @Test
    void anotherServicesVersionIsNotOurs() throws Exception {
        HttpResponse<String> answer = get("/compute/v2.1/servers/1", "OpenStack-API-Version", "placement 1.36");
        assertThat(header(answer, "OpenStack-API-Version")).isEqualTo("compute 2.1");
    }

    @Test
    void anIllFormedVersionIs400() throws Exception {
        for (String bad :
                new String[] {"compute", "compute two", "compute 2", "compute 2.1.1", "compute 2.-1", "compute 2.01"}) {
            HttpResponse<String> answer = get("/compute/v2.1/servers/1", "OpenStack-API-Version", bad);
            assertThat(answer.statusCode()).as(bad).isEqualTo(400);
            assertThat(json(answer).at("/badRequest/message").asText()).contains("API Version String");
        }
    }

    @Test
    void aVersionOutOfRangeIs406WithTheRange() throws Exception {
        HttpResponse<String> compute = get("/compute/v2.1/servers/1", "OpenStack-API-Version", "compute 2.97");
        assertThat(compute.statusCode()).isEqualTo(406);
        assertThat(json(compute).at("/computeFault/message").asText())
                .contains("2.1")
                .contains("2.96");

        HttpResponse<String> placement =
                get("/placement/resource_providers", "OpenStack-API-Version", "placement 1.40");
        assertThat(placement.statusCode()).isEqualTo(406);
        assertThat(json(placement).at("/errors/0/max_version").asText()).isEqualTo("1.39");
        assertThat(json(placement).at("/errors/0/min_version").asText()).isEqualTo("1.0");
    }

    @Test
    void timesHaveTheFormTheirPropertyAsksFor() throws Exception {
        JsonNode view = json(get("/compute/v2.1/servers/1")).path("server");
        assertThat(view.path("created").asText()).isEqualTo("2026-01-02T03:04:05Z");
        assertThat(view.path("launched_at").asText()).isEqualTo("2026-01-02T03:04:05.678901Z");
    }

    // ---- errors

    @Test
    void eachFamilyWritesErrorsItsOwnWay() throws Exception {
        JsonNode nova = json(get("/compute/v2.1/servers/absent"));
        assertThat(nova.toString())
                .isEqualTo("{\"itemNotFound\":{\"code\":404,\"message\":\"Instance absent could not be found.\"}}");

        JsonNode neutron = json(get("/network/v2.0/networks/absent"));
        assertThat(neutron.toString())
                .isEqualTo("{\"NeutronError\":{\"type\":\"NetworkNotFound\","
                        + "\"message\":\"Network absent could not be found.\",\"detail\":\"\"}}");

        JsonNode glance = json(get("/image/v2/none"));
        assertThat(glance.path("code").asText()).isEqualTo("404 Not Found");

        JsonNode placement = json(get("/placement/none"));
        assertThat(placement.at("/errors/0/status").asInt()).isEqualTo(404);
        assertThat(placement.at("/errors/0/request_id").asText()).startsWith("req-");

        assertThat(json(get("/nowhere")).at("/error/title").asText()).isEqualTo("Not Found");
    }

    @Test
    void quotaFaultsHaveTheStatusOfTheirFamily() throws Exception {
        HttpResponse<String> nova = get("/compute/v2.1/servers/poor");
        assertThat(nova.statusCode()).isEqualTo(403);
        assertThat(json(nova).has("forbidden")).isTrue();

        HttpResponse<String> neutron = get("/network/v2.0/networks/poor");
        assertThat(neutron.statusCode()).isEqualTo(409);
        assertThat(json(neutron).at("/NeutronError/type").asText()).isEqualTo("OverQuota");
    }

    @Test
    void anUnexpectedExceptionTellsTheClientNothingButTheRequestId() throws Exception {
        for (String id : new String[] {"broken", "unwritable"}) {
            HttpResponse<String> answer = get("/compute/v2.1/servers/" + id);
            assertThat(answer.statusCode()).as(id).isEqualTo(500);
            assertThat(answer.body()).contains("computeFault").doesNotContain("secret-inside", "Exception", "java");
            assertThat(header(answer, "X-Openstack-Request-Id")).startsWith("req-");
        }
    }

    @Test
    void anUnexpectedExceptionIsLoggedOnceWithItsRequestId() throws Exception {
        List<LogRecord> records = new CopyOnWriteArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord record) {
                records.add(record);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger log = Logger.getLogger("");
        log.addHandler(handler);
        try {
            String id = header(get("/compute/v2.1/servers/broken"), "X-Openstack-Request-Id");
            assertThat(records).hasSize(1);
            assertThat(records.get(0).getMessage())
                    .contains(id, "jdbc:h2:secret-inside", "/compute/v2.1/servers/broken");
            assertThat(records.get(0).getThrown()).isInstanceOf(IllegalStateException.class);
        } finally {
            log.removeHandler(handler);
        }
    }

    @Test
    void aMethodThatIsNotThereIs405WithTheOnesThatAre() throws Exception {
        HttpResponse<String> answer = send(request("/compute/v2.1/servers/1").PUT(BodyPublishers.ofString("{}")));
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(header(answer, "Allow")).contains("GET").contains("DELETE");
        assertThat(json(answer).has("badMethod")).isTrue();
    }

    @Test
    void aDeletionAnswers204WithNothing() throws Exception {
        HttpResponse<String> answer = send(request("/compute/v2.1/servers/1").DELETE());
        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void headIsGetWithoutTheBody() throws Exception {
        HttpResponse<String> answer = send(request("/compute/v2.1/servers/1").method("HEAD", BodyPublishers.noBody()));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(header(answer, "OpenStack-API-Version")).isEqualTo("compute 2.1");
    }

    @Test
    void answersAreNotSniffedOrCached() throws Exception {
        HttpResponse<String> answer = get("/compute/v2.1/servers/1");
        assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(answer, "Cache-Control")).isEqualTo("no-store");
        assertThat(header(answer, "Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void aNullCharacterInTheAddressIs400() throws Exception {
        assertThat(get("/compute/v2.1/servers/a%00b").statusCode()).isEqualTo(400);
        assertThat(get("/compute/v2.1/servers?name=%00").statusCode()).isEqualTo(400);
    }

    // ---- bodies

    @Test
    void anUnknownFieldIs400AndNamed() throws Exception {
        HttpResponse<String> answer = post("{\"server\":{\"name\":\"web\",\"colour\":\"red\"}}");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).at("/badRequest/message").asText()).contains("'colour' was unexpected");
    }

    @Test
    void brokenJsonIs400WithItsPlaceAndNothingOfOurs() throws Exception {
        for (String body :
                new String[] {"{\"server\":\n {\"name\": nonsense}}", "", "[", "{} {}", "{\"a\":1,\"a\":2}", "\u0000"
                }) {
            HttpResponse<String> answer = post(body);
            assertThat(answer.statusCode()).as(body).isEqualTo(400);
            assertThat(answer.body()).contains("badRequest").doesNotContain("fasterxml", "nonsense", "Source");
        }
        assertThat(post("{\"server\":\n {\"name\": nonsense}}").body()).contains("line 2");
    }

    @Test
    void aBodyThatIsNotAnObjectIs400() throws Exception {
        for (String body : new String[] {"null", "[]", "1", "\"server\"", "{\"server\":null}", "{\"server\":[]}"}) {
            assertThat(post(body).statusCode()).as(body).isEqualTo(400);
        }
    }

    @Test
    void deepNestingIs400() throws Exception {
        HttpResponse<String> answer = post("[".repeat(100_000));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).at("/badRequest/message").asText()).contains("nested too deeply");
    }

    @Test
    void aHugeBodyIs413BeforeItIsRead() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", server.uri("/").getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST /compute/v2.1/servers HTTP/1.1\r\nHost: localhost\r\nX-Auth-Token: min:member\r\n"
                            + "Content-Type: application/json\r\nContent-Length: 2000000000\r\n\r\n{")
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            assertThat(firstLine(socket.getInputStream())).contains("413");
        }
    }

    @Test
    void aHugeBodyOfUnknownLengthIs413Too() throws Exception {
        byte[] body = new byte[(1 << 20) + 1];
        Arrays.fill(body, (byte) ' ');
        HttpResponse<String> answer = send(request("/compute/v2.1/servers")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(json(answer).has("overLimit")).isTrue();
    }

    @Test
    void userDataOfTheLargestSizeFits() throws Exception {
        HttpResponse<String> answer =
                post("{\"server\":{\"name\":\"web\",\"user_data\":\"" + "A".repeat(65535) + "\"}}");
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(json(answer).path("data").asInt()).isEqualTo(65535);
    }

    @Test
    void aBodyThatIsNotJsonIs415() throws Exception {
        for (String type : new String[] {"text/xml", "application/x-www-form-urlencoded", "text/json"}) {
            HttpResponse<String> answer = send(request("/compute/v2.1/servers")
                    .header("Content-Type", type)
                    .POST(BodyPublishers.ofString("{\"server\":{\"name\":\"web\"}}")));
            assertThat(answer.statusCode()).as(type).isEqualTo(415);
            assertThat(json(answer).has("badMediaType")).as(type).isTrue();
        }
    }

    @Test
    void headersThatCannotBeReadAre400() throws Exception {
        for (String header : new String[] {"Content-Type", "Accept"}) {
            HttpResponse<String> answer = send(request("/compute/v2.1/servers")
                    .header(header, "a b c")
                    .POST(BodyPublishers.ofString("{\"server\":{\"name\":\"web\"}}")));
            assertThat(answer.statusCode()).as(header).isEqualTo(400);
            assertThat(answer.body()).as(header).contains("badRequest").doesNotContain("jersey", "Exception");
        }
    }

    @Test
    void aClientThatWantsAnotherTypeGetsTheOneThereIs() throws Exception {
        for (String type :
                new String[] {"", "text/html", "application/xml;q=0.9", "application/octet-stream, text/plain"}) {
            HttpResponse<String> answer = get("/compute/v2.1/servers/1", "Accept", type);
            assertThat(answer.statusCode()).as(type).isEqualTo(200);
            assertThat(json(answer).has("server")).isTrue();
        }
    }

    @Test
    void anOddWishForALanguageIsNoReasonToRefuse() throws Exception {
        assertThat(get("/compute/v2.1/servers/1", "Accept-Language", ";;q=zz").statusCode())
                .isEqualTo(200);
    }

    @Test
    void bodiesThatAreNotJsonAreStreamedWhateverTheirSize() throws Exception {
        HttpResponse<String> answer = send(request("/network/v2.0/files")
                .header("Content-Type", "application/octet-stream")
                .PUT(BodyPublishers.ofByteArray(new byte[5 << 20])));
        assertThat(json(answer).path("size").asInt()).isEqualTo(5 << 20);
    }

    @Test
    void evenABodyReadByTheLibraryLeaksNothing() throws Exception {
        for (String body : new String[] {"{\"nmae\":1}", "{", "[]", "{\"created\":\"yesterday\"}"}) {
            HttpResponse<String> answer = send(request("/network/v2.0/bound")
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(body)));
            assertThat(answer.statusCode()).as(body).isEqualTo(400);
            assertThat(answer.body()).contains("NeutronError").doesNotContain("haneul", "jackson", "java");
        }
    }

    // ---- queries, pages, fields

    @Test
    void aBadQueryParameterIs400AndNamed() throws Exception {
        for (String query : new String[] {"limit=-1", "limit=many", "limit=1.5", "sort_key=a&sort_dir=up"}) {
            HttpResponse<String> answer = get("/compute/v2.1/servers?" + query);
            assertThat(answer.statusCode()).as(query).isEqualTo(400);
            assertThat(answer.body()).contains(query.contains("sort") ? "sort_dir" : "limit");
        }
    }

    @Test
    void aFullPageLinksToTheNext() throws Exception {
        JsonNode page = json(get("/compute/v2.1/servers?limit=2&name=a%26b&marker=old"));
        assertThat(page.at("/servers_links/0/rel").asText()).isEqualTo("next");
        assertThat(page.at("/servers_links/0/href").asText())
                .isEqualTo(server.uri("/compute/v2.1/servers?name=a%26b&limit=2&marker=id1")
                        .toString());
        assertThat(json(get("/compute/v2.1/servers?limit=10")).path("servers_links"))
                .isEmpty();
    }

    @Test
    void fieldsChoosesProperties() throws Exception {
        JsonNode network = json(get("/network/v2.0/networks/n1?fields=id&fields=created&fields=none"))
                .path("network");
        assertThat(network.toString()).isEqualTo("{\"id\":\"n1\",\"created\":\"1970-01-01T00:00:00Z\"}");
    }

    // ---- health, metrics

    @Test
    void readinessNamesWhatIsAmiss() throws Exception {
        HttpResponse<String> ready = send(HttpRequest.newBuilder(server.uri("/health/ready")));
        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(json(ready).at("/checks/weather").asText()).isEqualTo("it rains");
        assertThat(send(HttpRequest.newBuilder(server.uri("/health/live"))).statusCode())
                .isEqualTo(200);
    }

    @Test
    void metricsAreForAdministrators() throws Exception {
        get("/compute/v2.1/servers/1");
        assertThat(send(HttpRequest.newBuilder(server.uri("/metrics"))).statusCode())
                .isEqualTo(401);
        assertThat(get("/metrics").statusCode()).isEqualTo(403);

        HttpResponse<String> answer =
                send(HttpRequest.newBuilder(server.uri("/metrics")).header("X-Auth-Token", "ada:admin"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .contains("jvm_memory_used_bytes")
                .contains("haneul_demo{kind=\"a\"} 42.0")
                .contains("haneul_http_requests_seconds_count{family=\"compute\",method=\"GET\",status=\"200\"}");
    }

    private static JsonNode version(String version) throws Exception {
        return json(get("/compute/v2.1/servers/1", "OpenStack-API-Version", version))
                .path("server");
    }

    private static HttpResponse<String> post(String body) throws Exception {
        return send(request("/compute/v2.1/servers")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    private static HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = request(path);
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.uri(path)).header("X-Auth-Token", "min:member");
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        assertThat(header(answer, "Content-Type")).isEqualTo("application/json");
        return JSON.readTree(answer.body());
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private static String firstLine(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\r'; c = in.read()) {
            line.append((char) c);
        }
        return line.toString();
    }
}
