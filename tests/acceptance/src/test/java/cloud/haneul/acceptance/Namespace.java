package cloud.haneul.acceptance;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A machine in the public network outside the cloud: a network namespace with a cable into the public bridge. */
final class Namespace implements AutoCloseable {
    private final BackEnds backEnds;
    private final String name;
    private final String cable;

    private Namespace(BackEnds backEnds) {
        this.backEnds = backEnds;
        String number = Long.toString(ProcessHandle.current().pid());
        this.name = "outside-" + number;
        this.cable = "out" + number;
    }

    static Namespace onPublicNetwork(BackEnds backEnds) {
        Namespace namespace = new Namespace(backEnds);
        Shell.must("ip", "netns", "add", namespace.name);
        Shell.must(
                "ip", "link", "add", namespace.cable, "type", "veth", "peer", "name", "eth0", "netns", namespace.name);
        Shell.must("ip", "-n", namespace.name, "addr", "add", backEnds.outsideAddress(), "dev", "eth0");
        Shell.must("ip", "-n", namespace.name, "link", "set", "lo", "up");
        Shell.must("ip", "-n", namespace.name, "link", "set", "eth0", "up");
        // Open vSwitch without its kernel module does not finish the checksums that a cable leaves open
        namespace.run("ethtool", "-K", "eth0", "tx", "off").orFail();
        Shell.must("ip", "link", "set", namespace.cable, "up");
        backEnds.vsctl("add-port", backEnds.publicBridge(), namespace.cable);
        return namespace;
    }

    boolean pings(String address) {
        return run("busybox", "ping", "-c", "1", "-W", "2", address).worked();
    }

    Shell ssh(Path key, String user, String address, String command) {
        return run(
                "ssh",
                "-i",
                key.toString(),
                "-o",
                "StrictHostKeyChecking=no",
                "-o",
                "UserKnownHostsFile=/dev/null",
                "-o",
                "BatchMode=yes",
                "-o",
                "IdentitiesOnly=yes",
                "-o",
                "LogLevel=ERROR",
                "-o",
                "ConnectTimeout=5",
                user + "@" + address,
                command);
    }

    Shell run(String... command) {
        List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", name));
        all.addAll(List.of(command));
        return Shell.run(all.toArray(String[]::new));
    }

    @Override
    public void close() {
        backEnds.vsctl("--if-exists", "del-port", backEnds.publicBridge(), cable);
        Shell.run("ip", "netns", "del", name);
    }
}
