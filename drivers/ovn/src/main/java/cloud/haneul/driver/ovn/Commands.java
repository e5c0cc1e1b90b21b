package cloud.haneul.driver.ovn;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs of the controller's machine, started without a shell. */
final class Commands {
    private static final long SECONDS = 20;

    /** A program did not do what it was told; the message says what it said. */
    static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Failed(String message) {
            super(message);
        }
    }

    private Commands() {}

    /** Output of the program, both streams. */
    static String run(List<String> command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().merge("PATH", "/usr/sbin:/sbin", (path, more) -> path + ":" + more);
            Process process = builder.start();
            process.getOutputStream().close();
            try {
                // whoever daemonizes keeps our pipe only when it fails to close it: a deadline for that, too
                if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                    throw new Failed(String.join(" ", command) + " did not end within " + SECONDS + " seconds");
                }
                byte[] output = process.getInputStream()
                        .readNBytes(process.getInputStream().available());
                String text = new String(output, StandardCharsets.UTF_8).strip();
                if (process.exitValue() != 0) {
                    throw new Failed(String.join(" ", command) + ": " + text);
                }
                return text;
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failed(String.join(" ", command) + " was interrupted");
        }
    }

    /** An {@code ip} command inside a network namespace; empty for the machine's own. */
    static String ip(String netns, String... arguments) {
        List<String> command = new ArrayList<>(List.of("ip"));
        if (!netns.isEmpty()) {
            command.addAll(List.of("-n", netns));
        }
        command.addAll(List.of(arguments));
        return run(command);
    }
}
