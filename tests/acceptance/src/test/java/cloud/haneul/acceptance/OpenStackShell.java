package cloud.haneul.acceptance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The {@code openstack} command in its interactive mode: one process and one login for many commands, each answered before the
 * next is given. It knows no quotes, so words have no spaces in them.
 */
final class OpenStackShell implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final Writer in;
    private final BufferedReader out;
    private final List<String> done = new ArrayList<>();

    OpenStackShell(Map<String, String> environment) {
        ProcessBuilder builder = new ProcessBuilder("openstack").redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("OS_"));
        builder.environment().putAll(environment);
        // or what goes wrong would be told before what went well
        builder.environment().put("PYTHONUNBUFFERED", "1");
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        in = process.outputWriter(StandardCharsets.UTF_8);
        out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Everything it said, complaints included. */
    String run(String command) {
        String end = UUID.randomUUID().toString();
        StringBuilder said = new StringBuilder();
        try {
            in.write(command + "\n!echo " + end + "\n");
            in.flush();
            for (String line = out.readLine(); !end.equals(line); line = out.readLine()) {
                if (line == null) {
                    throw new AssertionError(command + ": the client ended: " + said);
                }
                said.append(line).append('\n');
            }
        } catch (IOException e) {
            throw new UncheckedIOException(said.toString(), e);
        }
        return said.toString().strip();
    }

    /** Says nothing when it goes well. */
    void must(String command) {
        String said = run(command);
        if (!said.isEmpty()) {
            throw new AssertionError(command + ": " + said);
        }
        done.add(command);
    }

    JsonNode json(String command) {
        String said = run(command + " -f json");
        try {
            JsonNode answer = JSON.readTree(said);
            done.add(command);
            return answer;
        } catch (JsonProcessingException e) {
            throw new AssertionError(command + ": " + said, e);
        }
    }

    /** What a command says that tells in words how it went. */
    String words(String command, String expected) {
        String said = run(command);
        if (!said.contains(expected)) {
            throw new AssertionError(command + ": " + said);
        }
        done.add(command);
        return said;
    }

    /** The commands that went well. */
    List<String> done() {
        return List.copyOf(done);
    }

    @Override
    public void close() {
        try {
            in.close();
            process.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
