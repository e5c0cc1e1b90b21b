package cloud.haneul.identity.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

/** A real SAML provider of a test's own, by pysaml2 and xmlsec1, on a free port of this machine. */
final class SamlProvider implements AutoCloseable {
    private static final String PYTHON = "/usr/bin/python3";

    private final HttpClient client = HttpClient.newHttpClient();
    private final Path folder;
    private final Process process;
    private final String url;

    SamlProvider() {
        try {
            folder = Files.createTempDirectory("saml");
            int port;
            try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = free.getLocalPort();
            }
            url = "http://127.0.0.1:" + port;
            try (InputStream program = SamlProvider.class.getResourceAsStream("/saml_idp.py")) {
                Files.copy(program, folder.resolve("idp.py"));
            }
            process = new ProcessBuilder(
                            PYTHON, folder.resolve("idp.py").toString(), folder.toString(), Integer.toString(port))
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> {
            assertThat(process.isAlive()).as(log()).isTrue();
            return !metadata().isEmpty();
        });
    }

    static boolean isInstalled() {
        return Files.exists(Path.of("/usr/lib/python3/dist-packages/saml2/__init__.py"))
                && Files.isExecutable(Path.of("/usr/bin/xmlsec1"));
    }

    String entityId() {
        return url + "/metadata";
    }

    String enhanced() {
        return url + "/ecp";
    }

    String metadata() {
        return send(HttpRequest.newBuilder(URI.create(entityId())));
    }

    /** Makes a service provider known there. */
    void client(String metadata) {
        send(HttpRequest.newBuilder(URI.create(url + "/client")).POST(HttpRequest.BodyPublishers.ofString(metadata)));
    }

    /** How it answers from now on: {@code user}, {@code identity}, {@code sign_response}, {@code sign_assertion}, {@code encrypt}. */
    void manner(Map<String, Object> manner) {
        try {
            send(HttpRequest.newBuilder(URI.create(url + "/manner"))
                    .POST(HttpRequest.BodyPublishers.ofString(new ObjectMapper().writeValueAsString(manner))));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).as(log()).isEqualTo(200);
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
