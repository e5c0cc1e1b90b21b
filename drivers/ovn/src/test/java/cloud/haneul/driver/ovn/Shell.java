package cloud.haneul.driver.ovn;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Programs as a test needs them: output and exit code together, nothing thrown unless asked for. */
record Shell(int exit, String output) {

    static Shell run(String... command) {
        return run(Map.of(), command);
    }

    static Shell run(Map<String, String> environment, String... command) {
        try {
            // a file: a daemon that keeps the pipe open would keep us waiting
            Path output = Files.createTempFile("haneul", ".out");
            try {
                ProcessBuilder builder = builder(environment, command).redirectOutput(output.toFile());
                Process process = builder.start();
                if (!process.waitFor(60, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    return new Shell(-1, Arrays.toString(command) + " did not end: " + Files.readString(output));
                }
                return new Shell(
                        process.exitValue(), new String(Files.readAllBytes(output), StandardCharsets.UTF_8).strip());
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    /** Fails the test when the program does. */
    static String must(String... command) {
        Shell result = run(command);
        if (result.exit != 0) {
            throw new AssertionError(Arrays.toString(command) + " ended with " + result.exit + ": " + result.output);
        }
        return result.output;
    }

    static Process start(String... command) {
        try {
            return builder(Map.of(), command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The command, to be run in a network namespace; empty for the machine's own. */
    static String[] in(String netns, String... command) {
        List<String> all = new ArrayList<>();
        if (!netns.isEmpty()) {
            all.addAll(List.of("ip", "netns", "exec", netns));
        }
        all.addAll(Arrays.asList(command));
        return all.toArray(String[]::new);
    }

    static boolean has(String program) {
        return run("sh", "-c", "PATH=$PATH:/usr/sbin:/sbin command -v " + program).exit == 0;
    }

    private static ProcessBuilder builder(Map<String, String> environment, String... command) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().merge("PATH", "/usr/sbin:/sbin", (path, more) -> path + ":" + more);
        builder.environment().putAll(environment);
        return builder;
    }
}
