package cloud.haneul.driver.ovn;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A real OVN with one chassis, started by the script the cloud itself is started with, in a network namespace of its own (where
 * a service manager runs: the system's). One for all tests of a run. The outside world is the public bridge's own address.
 */
final class OvnMachine {
    static final String CHASSIS = "ho-chassis";
    static final String OUTSIDE = "172.24.4.1";

    private static OvnMachine running;

    private final boolean serviceManager = Files.isDirectory(Path.of("/run/systemd/system"));
    private final String netns =
            serviceManager ? "" : "ho-ovn" + ProcessHandle.current().pid() % 10_000;
    private final Map<String, String> settings = new HashMap<>();
    private final Path folder;

    private OvnMachine() {
        try {
            folder = Files.createTempDirectory("ho-ovn");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The machine, started; skips the test with what is missing. */
    static synchronized OvnMachine get() {
        List<String> missing = missing();
        assumeTrue(missing.isEmpty(), () -> "this test needs a real OVN; missing here: " + String.join(", ", missing));
        if (running == null) {
            OvnMachine machine = new OvnMachine();
            Runtime.getRuntime().addShutdownHook(new Thread(machine::down));
            machine.up();
            running = machine;
        }
        return running;
    }

    private static List<String> missing() {
        Stream<String> programs = Stream.of(
                        "ovs-vswitchd", "ovn-northd", "ovn-controller", "haproxy", "ip", "ethtool", "busybox", "curl")
                .filter(program -> !Shell.has(program));
        Stream<String> root = "root".equals(System.getProperty("user.name")) ? Stream.empty() : Stream.of("root");
        return Stream.concat(root, programs).toList();
    }

    private void up() {
        if (!netns.isEmpty()) {
            Shell.must("ip", "netns", "add", netns);
            Shell.must("ip", "-n", netns, "link", "set", "lo", "up");
        }
        must(script("up"));
        for (String line : must(script("settings")).split("\n")) {
            int equals = line.indexOf('=');
            settings.put(line.substring(0, equals), line.substring(equals + 1));
        }
    }

    private void down() {
        script("down");
        if (!netns.isEmpty()) {
            Shell.run("ip", "netns", "del", netns);
        }
        Shell.run("rm", "-rf", folder.toString());
    }

    private Shell script(String verb) {
        return Shell.run(
                Map.of("OVN_DIR", folder.toString(), "OVN_CHASSIS", CHASSIS),
                Shell.in(netns, Path.of("host/ovn").toAbsolutePath().toString(), verb));
    }

    private static String must(Shell result) {
        if (result.exit() != 0) {
            throw new AssertionError(result.output());
        }
        return result.output();
    }

    String northbound() {
        return settings.get("NORTHBOUND");
    }

    String southbound() {
        return settings.get("SOUTHBOUND");
    }

    String ovs() {
        return settings.get("SWITCH");
    }

    /** Where Open vSwitch runs; empty for the machine's own namespace. */
    String netns() {
        return netns;
    }

    Map<String, String> properties() {
        return Map.of("northbound", northbound(), "southbound", southbound(), "ovs", ovs(), "netns", netns);
    }

    /** What ovn-controller could not understand of what it was told. */
    List<String> misunderstood() {
        Path log = serviceManager ? Path.of("/var/log/ovn/ovn-controller.log") : folder.resolve("controller.log");
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.contains("error parsing")).toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A command out in the world. */
    String[] outside(String... command) {
        return Shell.in(netns, command);
    }

    String vsctl(String... arguments) {
        String[] all = Stream.concat(Stream.of("ovs-vsctl", "--timeout=20", "--db=" + ovs()), Stream.of(arguments))
                .toArray(String[]::new);
        return Shell.must(all);
    }
}
