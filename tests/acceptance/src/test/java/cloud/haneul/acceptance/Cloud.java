package cloud.haneul.acceptance;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A Haneul of the tests' own: the program that {@code ./haneul up} runs, in a home folder of its own below {@code target/clouds},
 * which outlives {@link #stop} and {@link #kill} as it does for users. Its log is there to be read after a failure.
 */
final class Cloud implements AutoCloseable {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent().getParent();
    private static final Duration START = Duration.ofMinutes(3);

    private final String name;
    private final Path home;
    private final int port;
    private final Map<String, String> settings = new HashMap<>();
    private Process process;
    private Duration started = Duration.ZERO;

    private Cloud(String name) {
        this.name = name;
        this.home = Path.of("target", "clouds", name).toAbsolutePath();
        this.port = freePort();
        Runtime.getRuntime().addShutdownHook(new Thread(this::end));
        remove(home);
        set("HANEUL_HOME", home.toString());
        set("HANEUL_PORT", Integer.toString(port));
        set("HANEUL_ADDRESS", "127.0.0.1");
        // the second compiler does not pay for a server that is stopped after minutes
        set(
                "HANEUL_JAVA_OPTS",
                "-Xmx512m -XX:MetaspaceSize=192m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:+ExitOnOutOfMemoryError");
        set("HANEUL_INSTALLATION", "test-" + name);
        set("HANEUL_FIRST_CLOUD", "true");
        set("HANEUL_FIRST_CLOUD_PHYSICAL_NETWORK", "physnet1");
    }

    /** Three simulated hosts and a simulated network. */
    static Cloud simulated(String name) {
        Cloud cloud = new Cloud(name);
        cloud.set("HANEUL_NETWORK_DRIVER", "simulator");
        cloud.set("HANEUL_FIRST_CLOUD_HOST", "simulator:?hosts=3");
        cloud.set(
                "HANEUL_FIRST_CLOUD_IMAGE",
                GuestImage.raw("guest.raw", 512).toAbsolutePath().toString());
        cloud.set("HANEUL_FIRST_CLOUD_PUBLIC_CIDR", "172.24.4.0/24");
        cloud.set("HANEUL_FIRST_CLOUD_PUBLIC_GATEWAY", "172.24.4.1");
        return cloud;
    }

    /** QEMU by libvirt, networks by OVN. */
    static Cloud real(String name, BackEnds backEnds) {
        Cloud cloud = new Cloud(name);
        cloud.set("HANEUL_NETWORK_DRIVER", "ovn");
        cloud.set("HANEUL_NETWORK_DRIVER_NORTHBOUND", backEnds.northbound());
        cloud.set("HANEUL_NETWORK_DRIVER_SOUTHBOUND", backEnds.southbound());
        cloud.set("HANEUL_NETWORK_DRIVER_OVS", backEnds.ovs());
        cloud.set("HANEUL_FIRST_CLOUD_HOST", backEnds.libvirt());
        cloud.set(
                "HANEUL_FIRST_CLOUD_IMAGE",
                GuestImage.bootable().toAbsolutePath().toString());
        cloud.set("HANEUL_FIRST_CLOUD_PUBLIC_CIDR", backEnds.publicCidr());
        cloud.set("HANEUL_FIRST_CLOUD_PUBLIC_GATEWAY", backEnds.publicGateway());
        return cloud;
    }

    /** For the next start; an empty value takes a setting back. */
    Cloud set(String variable, String value) {
        if (value.isEmpty()) {
            settings.remove(variable);
        } else {
            settings.put(variable, value);
        }
        return this;
    }

    /** Comes back when the first cloud is prepared. */
    Cloud start() {
        long began = System.nanoTime();
        launch();
        awaitCondition(() -> Rest.anonymous(this).get("/health/ready").status() == 200);
        started = Duration.ofNanos(System.nanoTime() - began);
        awaitCondition(() ->
                List.of("ready", "failed").contains(firstCloud().path("state").asText()));
        if (firstCloud().path("state").asText().equals("failed")) {
            throw new AssertionError("the first cloud could not be prepared: " + firstCloud());
        }
        return this;
    }

    private void launch() {
        ProcessBuilder builder = new ProcessBuilder(dist().resolve("start.sh").toString());
        builder.environment()
                .keySet()
                .removeIf(variable -> variable.startsWith("HANEUL_") || variable.startsWith("OS_"));
        builder.environment().putAll(settings);
        builder.environment().putIfAbsent("JAVA_HOME", System.getProperty("java.home"));
        try {
            Files.createDirectories(home);
            builder.directory(home.toFile());
            builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode firstCloud() {
        return Rest.anonymous(this).get("/haneul/v1/first-cloud").json();
    }

    private void awaitCondition(java.util.concurrent.Callable<Boolean> condition) {
        await("the cloud " + name + ", see " + log())
                .atMost(START)
                .pollInterval(Duration.ofMillis(100))
                .failFast("Haneul did not start, see " + log(), () -> !isAlive() || failedToLoad())
                .ignoreExceptions()
                .until(condition);
    }

    /** The server outlives a program that does not start. */
    private boolean failedToLoad() throws IOException {
        try (Stream<String> lines = Files.lines(log())) {
            return lines.anyMatch(line -> line.contains("Exception while loading the app"));
        }
    }

    boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** As {@code ./haneul down} does. */
    void stop() {
        if (isAlive()) {
            process.destroy();
            awaitEnd(Duration.ofSeconds(60));
        }
    }

    /** {@code kill -9}. */
    void kill() {
        process.destroyForcibly();
        awaitEnd(Duration.ofSeconds(20));
    }

    void awaitEnd(Duration longest) {
        try {
            if (!process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("Haneul did not end within " + longest + ", see " + log());
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ends it and what its drivers left running; the home folder stays for whoever looks for a reason. */
    @Override
    public void close() {
        end();
        try (Stream<Path> files = Files.walk(home)) {
            files.filter(file -> file.getFileName().toString().equals("haproxy.pid"))
                    .forEach(Cloud::endProcessOf);
        } catch (IOException | UncheckedIOException e) {
            // a file that went away meanwhile belongs to a process that did, too
            return;
        }
    }

    private void end() {
        if (isAlive()) {
            process.destroy();
            try {
                if (!process.waitFor(30, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
            }
        }
    }

    private static void endProcessOf(Path pidFile) {
        try {
            ProcessHandle.of(Long.parseLong(Files.readString(pidFile).strip()))
                    .filter(handle -> handle.info().command().orElse("").contains("haproxy"))
                    .ifPresent(ProcessHandle::destroy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String name() {
        return name;
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    Path home() {
        return home;
    }

    Path log() {
        return home.resolve("haneul.log");
    }

    /** From the start of the program to its first answer. */
    Duration started() {
        return started;
    }

    Credentials credentials(String user) {
        return Credentials.read(home.resolve("clouds.yaml"), user);
    }

    Rest as(String user) {
        return Rest.as(this, credentials(user));
    }

    OpenStack openstack(String user) {
        return new OpenStack(credentials(user));
    }

    /** What {@code ./haneul up} made: the folder with start.sh. */
    static Path dist() {
        return BackEnds.value("HANEUL_TEST_PROGRAM").map(Path::of).orElse(ROOT.resolve("portal-war/target/dist"));
    }

    static Optional<String> notBuilt() {
        return Files.isExecutable(dist().resolve("start.sh"))
                ? Optional.empty()
                : Optional.of("there is no " + dist() + "/start.sh: mvn -Pfast -DskipTests -pl portal-war -am package");
    }

    private static int freePort() {
        int first = Integer.getInteger("haneul.test.port", 18700);
        for (int candidate : List.of(first, first + 1, first + 2, first + 3, first + 4, first + 5, 0)) {
            try (ServerSocket socket = new ServerSocket(candidate, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // taken: the next one
                continue;
            }
        }
        throw new IllegalStateException("no port is free");
    }

    static void remove(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path each, IOException e) throws IOException {
                    Files.delete(each);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
