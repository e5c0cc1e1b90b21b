package cloud.haneul.driver.libvirt;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cloud.haneul.spi.compute.Hypervisor;
import cloud.haneul.spi.compute.ImageSource;
import cloud.haneul.spi.compute.VifAttachment;
import cloud.haneul.tck.FileImage;
import cloud.haneul.tck.TckContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * The libvirtd the tests run against: the one HANEUL_TEST_LIBVIRT_URI names, else one of their own, started by the project's own
 * script for the whole test run. Tests that need it are skipped, with what is missing, where there is none.
 */
final class LibvirtHost implements AutoCloseable {
    private static final String BRIDGE = "hl-tck0";
    private static LibvirtHost running;

    private final String uri;
    private final Path folder;
    private final boolean ours;

    private LibvirtHost(String uri, Path folder, boolean ours) {
        this.uri = uri;
        this.folder = folder;
        this.ours = ours;
    }

    /** Put on a test class, gives it the host; the last class' end takes it away. */
    static final class Extension implements BeforeAllCallback {
        @Override
        public void beforeAll(ExtensionContext context) {
            context.getRoot().getStore(Namespace.GLOBAL).getOrComputeIfAbsent(LibvirtHost.class, type -> find());
        }
    }

    static synchronized LibvirtHost get() {
        return running;
    }

    private static synchronized LibvirtHost find() {
        if (running == null) {
            String given = System.getenv("HANEUL_TEST_LIBVIRT_URI");
            if (given == null) {
                assumeTrue(
                        "root".equals(System.getProperty("user.name")),
                        "libvirtd can only be started by root, and HANEUL_TEST_LIBVIRT_URI is not set");
                assumeTrue(
                        isInstalled("libvirtd") && isInstalled("qemu-system-x86_64"),
                        "libvirt-daemon-system or qemu-system-x86 is not installed");
            }
            running = given == null ? start() : new LibvirtHost(given, temporaryFolder(), false);
        }
        return running;
    }

    String uri() {
        return uri;
    }

    /** On the host; the test sees it too when the host is this machine. */
    Path folder() {
        return folder;
    }

    Path pool() {
        return folder.resolve("pool");
    }

    /** The daemon's process, when it is one of the tests' own. */
    long pid() {
        assumeTrue(
                ours && Files.exists(folder.resolve("host/run/libvirtd.pid")),
                "the libvirtd is not the tests' own to be stopped");
        try {
            return Long.parseLong(
                    Files.readString(folder.resolve("host/run/libvirtd.pid")).trim());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void kill() throws InterruptedException {
        ProcessHandle daemon = ProcessHandle.of(pid()).orElseThrow();
        daemon.destroyForcibly();
        while (daemon.isAlive()) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    void up() {
        script(folder, "up");
    }

    Hypervisor open(String installation, Map<String, String> more) {
        Map<String, String> properties =
                new HashMap<>(Map.of("uri", uri, "pool-path", pool().toString(), "domain-type", "qemu"));
        properties.putAll(more);
        return context(installation).open(new LibvirtFactory(), properties);
    }

    TckContext context(String installation) {
        TckContext context = TckContext.in(folder);
        return new TckContext(installation, folder, context.clock(), context.executor());
    }

    /** A NIC in a bridge that leads nowhere, where the machine lets us make one. */
    Optional<VifAttachment> attachment() {
        if (!ours
                || (!Files.exists(Path.of("/sys/class/net", BRIDGE))
                        && run(folder, "ip", "link", "add", BRIDGE, "type", "bridge") != 0)) {
            return Optional.empty();
        }
        return Optional.of(new VifAttachment.BridgeTap(BRIDGE));
    }

    static ImageSource bootableImage() {
        String image = System.getenv("HANEUL_TEST_IMAGE");
        assumeTrue(
                image != null,
                "HANEUL_TEST_IMAGE does not name a guest image (portal-war/src/main/guest-image/build.sh makes one)");
        return FileImage.of(Path.of(image));
    }

    String virsh(String... arguments) {
        return output(folder, prepend(new String[] {"virsh", "-q", "-c", uri}, arguments));
    }

    /** A domain that some other program made. */
    void define(String xml) {
        try {
            Path file = Files.writeString(folder.resolve("foreign.xml"), xml);
            virsh("define", file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static LibvirtHost start() {
        Path folder = temporaryFolder();
        Vswitch.folder(folder).toFile().mkdir();
        script(folder, "up");
        return new LibvirtHost(script(folder, "uri").trim(), folder, true);
    }

    @Override
    public void close() {
        if (ours) {
            script(folder, "down");
            run(folder, "ip", "link", "delete", BRIDGE);
        }
        run(Path.of("/"), "rm", "-rf", folder.toString());
    }

    /** Short, because names of sockets are. */
    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory(Path.of("/tmp"), "hl-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String script(Path folder, String command) {
        Path script = Path.of("host", "libvirtd").toAbsolutePath();
        return output(
                folder,
                "env",
                "LIBVIRT_DIR=" + folder.resolve("host"),
                "OVS_RUN_DIR=" + Vswitch.folder(folder),
                script.toString(),
                command);
    }

    private static boolean isInstalled(String program) {
        return List.of("/usr/sbin", "/usr/bin", "/sbin", "/bin").stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    static int run(Path folder, String... command) {
        try {
            return new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            return -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }

    /** By way of a file: what the command leaves running must not keep us waiting for the end of its output. */
    static String output(Path folder, String... command) {
        try {
            Path out = Files.createTempFile(folder, "out", ".txt");
            int code = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile())
                    .start()
                    .waitFor();
            String text = Files.readString(out);
            Files.delete(out);
            if (code != 0) {
                throw new IllegalStateException(String.join(" ", command) + ": " + text);
            }
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String[] prepend(String[] first, String[] more) {
        String[] all = java.util.Arrays.copyOf(first, first.length + more.length);
        System.arraycopy(more, 0, all, first.length, more.length);
        return all;
    }
}
