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
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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
    private static final int CLIENTS = 8;

    @ArquillianResource
    private URI server;

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    @Deployment(testable = false)
    static WebArchive haneul() {
        return ShrinkWrap.create(ZipImporter.class, "ROOT.war")
                .importFrom(new File(System.getProperty("haneul.war")))
                .as(WebArchive.class)
                .addClasses(OnTest.class, OnTest.Closing.class);
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

        assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
        assertThat(page.body()).contains("type=\"password\"").doesNotContain("jsessionid");
        // nothing is kept for who has not logged in
        assertThat(page.headers().allValues("Set-Cookie")).isEmpty();
        assertThat(get("/dashboard/vendor/@xterm/xterm/lib/xterm.mjs", "*/*")
                        .headers()
                        .firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/javascript"));
    }

    /** Whatever the order of the server's initialisers: arquillian.xml asks for the one in which the consoles' end point gets lost. */
    @Test
    void aConsoleHasItsOwnWebSocket() throws Exception {
        assertThat(handshake("/ws/console?token=guessed")).isEqualTo(403);
        assertThat(handshake("/ws/console")).isEqualTo(403);
        openAndSeeItClosed("/ws/console?token=" + OnTest.TOKEN);
        assertThat(handshake("/ws/console?token=" + OnTest.TOKEN))
                .as("good once")
                .isEqualTo(403);
    }

    @Test
    void nobodyFollowsChangesWithoutALogin() throws Exception {
        assertThat(handshake("/jakarta.faces.push/changes?guessed")).isEqualTo(403);
    }

    /** Fails within some hundred pages when the server may reuse the objects of the closed sockets' requests. */
    @Test
    void aSocketThatIsClosedDisturbsNoOtherRequest() {
        List<CompletableFuture<Void>> clients = IntStream.rangeClosed(1, CLIENTS)
                .mapToObj(client -> CompletableFuture.runAsync(() -> {
                    for (int time = 0; time < 75; time++) {
                        openAndSeeItClosed("/ws/closing");
                        assertThat(statusOf("/dashboard/login.xhtml")).isEqualTo(200);
                        assertThat(statusOf("/identity")).isEqualTo(300);
                    }
                }))
                .toList();

        assertThat(CompletableFuture.allOf(clients.toArray(CompletableFuture[]::new)))
                .succeedsWithin(Duration.ofMinutes(3));
    }

    private void openAndSeeItClosed(String path) {
        CompletableFuture<Integer> closed = new CompletableFuture<>();
        client.newWebSocketBuilder()
                .buildAsync(socketUri(path), new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
                        closed.complete(code);
                        return null;
                    }

                    @Override
                    public void onError(WebSocket socket, Throwable error) {
                        closed.completeExceptionally(error);
                    }
                })
                .join();
        assertThat(closed).succeedsWithin(Duration.ofSeconds(60)).isEqualTo(1008);
    }

    private int statusOf(String path) {
        try {
            return get(path, "text/html").statusCode();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(path, e);
        }
    }

    private int handshake(String path) throws Exception {
        try {
            client.newWebSocketBuilder()
                    .buildAsync(socketUri(path), new WebSocket.Listener() {})
                    .get(20, TimeUnit.SECONDS)
                    .abort();
            return 101;
        } catch (ExecutionException e) {
            assertThat(e).hasCauseInstanceOf(WebSocketHandshakeException.class);
            return ((WebSocketHandshakeException) e.getCause()).getResponse().statusCode();
        }
    }

    private URI socketUri(String path) {
        return URI.create(server.resolve(path).toString().replaceFirst("^http", "ws"));
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
