package cloud.haneul.portal.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The WAR as it is shipped, on the server it is shipped with: what only shows when all jars meet there. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class OnTheServerIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @ArquillianResource
    private URI server;

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    @Deployment(testable = false)
    static WebArchive haneul() {
        return ShrinkWrap.create(ZipImporter.class, "ROOT.war")
                .importFrom(new File(System.getProperty("haneul.war")))
                .as(WebArchive.class);
    }

    @Test
    void everythingHasStartedAndTheDatabaseAnswers() throws Exception {
        HttpResponse<String> answer = get("/health/ready", "application/json");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(json(answer).at("/checks/database").asText()).isEqualTo("ok");
    }

    @Test
    void theApisTellTheirVersions() throws Exception {
        for (String root : new String[] {"/identity", "/image", "/placement", "/compute", "/network"}) {
            HttpResponse<String> answer = get(root, "application/json");

            assertThat(answer.statusCode()).as(root + ": " + answer.body()).isIn(200, 300);
            assertThat(json(answer).findValue("versions")).as(root).isNotEmpty();
        }
    }

    @Test
    void aRequestWithoutTokenIsRefusedInTheShapeOfTheApi() throws Exception {
        HttpResponse<String> answer = get("/compute/v2.1/servers", "application/json");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(json(answer).at("/error/code").asInt()).isEqualTo(401);
        assertThat(answer.headers().firstValue("X-Openstack-Request-Id")).isPresent();
    }

    @Test
    void theFrontDoorLeadsPeopleToThePortalAndProgramsToTheApis() throws Exception {
        HttpResponse<String> person = get("/", "text/html,*/*;q=0.8");
        HttpResponse<String> program = get("/", "application/json");

        assertThat(person.statusCode()).isEqualTo(303);
        assertThat(person.headers().firstValue("Location").orElseThrow()).endsWith("/dashboard/");
        assertThat(json(program).findValuesAsText("name")).contains("identity", "compute");
    }

    @Test
    void theLoginPageComesWithItsParts() throws Exception {
        HttpResponse<String> page = get("/dashboard/login.xhtml", "text/html");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("type=\"password\"").doesNotContain("jsessionid");
        assertThat(page.headers().allValues("Set-Cookie"))
                .singleElement()
                .asString()
                .contains("HttpOnly")
                .containsIgnoringCase("SameSite=Lax");
        assertThat(get("/dashboard/vendor/@xterm/xterm/lib/xterm.mjs", "*/*")
                        .headers()
                        .firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/javascript"));
    }

    /** Whatever the order of the server's initialisers: arquillian.xml asks for the one in which the consoles' end point gets lost. */
    @Test
    void aConsoleIsRefusedByItsOwnWebSocket() {
        CompletableFuture<Integer> closed = new CompletableFuture<>();
        URI console = URI.create(
                server.resolve("/ws/console?token=guessed").toString().replaceFirst("^http", "ws"));

        client.newWebSocketBuilder()
                .buildAsync(console, new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
                        closed.complete(code);
                        return null;
                    }
                })
                .join();

        assertThat(closed).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(1008);
    }

    private HttpResponse<String> get(String path, String accept) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.resolve(path))
                .header("Accept", accept)
                .timeout(Duration.ofSeconds(30))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        return JSON.readTree(answer.body());
    }
}
