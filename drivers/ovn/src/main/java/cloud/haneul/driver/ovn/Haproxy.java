package cloud.haneul.driver.ovn;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The one haproxy process of this installation on this machine. It is a daemon, not a child: it goes on serving while the
 * controller restarts, and is found again by its pid file. A new configuration is checked first and then taken over without
 * losing a connection.
 */
final class Haproxy {
    private static final String USER = "haproxy";

    private final Path config;
    private final Path pidFile;

    Haproxy(Path folder) {
        config = folder.resolve("haproxy.cfg");
        pidFile = folder.resolve("haproxy.pid");
    }

    /** Serves what the configuration says, from now on. */
    void serve(String text) {
        boolean running = process().isPresent();
        if (running && text.equals(read(config))) {
            return;
        }
        Path next = config.resolveSibling("haproxy.next");
        MetadataRecords.replace(next, writer -> writer.write(text));
        Commands.run(List.of("haproxy", "-c", "-q", "-f", next.toString()));
        MetadataRecords.replace(config, writer -> writer.write(text));
        Optional<ProcessHandle> master = process();
        if (master.isPresent()) {
            Commands.run(List.of("kill", "-USR2", Long.toString(master.get().pid())));
        } else {
            Commands.run(List.of("haproxy", "-W", "-D", "-f", config.toString(), "-p", pidFile.toString()));
        }
    }

    void stop() {
        process().ifPresent(ProcessHandle::destroy);
        try {
            Files.deleteIfExists(pidFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The user Debian's package brings; another system's haproxy stays who it is. */
    static String user() {
        String users = read(Path.of("/etc/passwd"));
        return users.lines().anyMatch(line -> line.startsWith(USER + ":")) ? USER : "";
    }

    /** A number in a pid file may be another process' by now; ours names our configuration. */
    Optional<ProcessHandle> process() {
        String text = read(pidFile).strip();
        if (text.isEmpty() || !text.chars().allMatch(Character::isDigit)) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(text))
                .filter(ProcessHandle::isAlive)
                .filter(this::isOurs);
    }

    private boolean isOurs(ProcessHandle process) {
        List<String> words = new ArrayList<>(
                List.of(read(Path.of("/proc/" + process.pid() + "/cmdline")).split("\0")));
        return words.contains(config.toString());
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8) : "";
        } catch (IOException e) {
            return "";
        }
    }
}
