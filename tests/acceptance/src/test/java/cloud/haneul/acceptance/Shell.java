package cloud.haneul.acceptance;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A command that ran: {@code Shell.run("virsh", "list").out()}. */
record Shell(List<String> command, int exit, String out, String error) {
    private static final Duration LONGEST = Duration.ofMinutes(5);

    static Shell run(String... command) {
        return run(Map.of(), List.of(command));
    }

    /** @param environment in place of every OS_ variable of ours, which would mean another cloud */
    static Shell run(Map<String, String> environment, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("OS_"));
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            CompletableFuture<String> out = text(process.getInputStream());
            CompletableFuture<String> error = text(process.getErrorStream());
            if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("still running after " + LONGEST + ": " + String.join(" ", command));
            }
            return new Shell(command, process.exitValue(), out.join(), error.join());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(String.join(" ", command), e);
        }
    }

    /** What it said, if it went well. */
    static String must(String... command) {
        return run(command).orFail().out();
    }

    boolean worked() {
        return exit == 0;
    }

    Shell orFail() {
        if (!worked()) {
            throw new AssertionError(this);
        }
        return this;
    }

    @Override
    public String toString() {
        return "%s: exit %d%n%s%s".formatted(String.join(" ", command), exit, out, error);
    }

    private static CompletableFuture<String> text(InputStream stream) {
        return CompletableFuture.supplyAsync(() -> {
            try (stream) {
                return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                return e.toString();
            }
        });
    }
}
