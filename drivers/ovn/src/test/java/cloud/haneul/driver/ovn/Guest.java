package cloud.haneul.driver.ovn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A guest that is no more than a network namespace with a NIC in the integration bridge, plugged as a hypervisor would. */
final class Guest implements AutoCloseable {
    private static final String DHCP_SCRIPT = """
            #!/bin/sh
            [ "$1" = bound ] || exit 0
            ip addr flush dev $interface
            ip addr add $ip/$mask dev $interface
            ip link set $interface mtu $mtu
            set -- $staticroutes
            while [ -n "$2" ]; do ip route replace $1 via $2 dev $interface; shift 2; done
            echo "ip=$ip host=$hostname dns=$dns domain=$domain mtu=$mtu"
            """;

    private final OvnMachine machine;
    private final UUID port;
    private final String netns;
    private final String device;
    private final List<Process> servers = new ArrayList<>();

    private Guest(OvnMachine machine, UUID port) {
        this.machine = machine;
        this.port = port;
        this.netns = "ho-" + port.toString().substring(0, 8);
        this.device = "ho" + port.toString().substring(0, 8);
    }

    static Guest plugIn(OvnMachine machine, UUID port, String mac) {
        Guest guest = new Guest(machine, port);
        Shell.must("ip", "netns", "add", guest.netns);
        List<String> link = new ArrayList<>(List.of("ip"));
        if (!machine.netns().isEmpty()) {
            link.addAll(List.of("-n", machine.netns()));
        }
        link.addAll(List.of("link", "add", guest.device, "type", "veth", "peer", "name", "eth0", "netns", guest.netns));
        Shell.must(link.toArray(String[]::new));
        Shell.must("ip", "-n", guest.netns, "link", "set", "eth0", "address", mac, "up");
        Shell.must("ip", "-n", guest.netns, "link", "set", "lo", "up");
        Shell.must(Shell.in(guest.netns, "ethtool", "-K", "eth0", "tx", "off"));
        Shell.must(Shell.in(machine.netns(), "ip", "link", "set", guest.device, "up"));
        machine.vsctl(
                "add-port",
                "br-int",
                guest.device,
                "--",
                "set",
                "Interface",
                guest.device,
                "external_ids:iface-id=" + port,
                "external_ids:attached-mac=\"" + mac + "\"");
        return guest;
    }

    /** @return what the DHCP server said */
    String askForAddress() {
        return Shell.must(dhcpClient());
    }

    boolean getsNoAddress() {
        return Shell.run(dhcpClient()).exit() != 0;
    }

    private String[] dhcpClient() {
        return Shell.in(
                netns,
                "busybox",
                "udhcpc",
                "-i",
                "eth0",
                "-n",
                "-q",
                "-t",
                "8",
                "-T",
                "1",
                "-O",
                "121",
                "-O",
                "mtu",
                "-O",
                "hostname",
                "-O",
                "domain",
                "-s",
                script(DHCP_SCRIPT));
    }

    private static String script(String text) {
        try {
            Path script = Files.createTempFile(
                    "ho-dhcp",
                    ".sh",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Files.writeString(script, text);
            script.toFile().deleteOnExit();
            return script.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void setAddress(String cidr) {
        Shell.must("ip", "-n", netns, "addr", "replace", cidr, "dev", "eth0");
    }

    boolean pings(String address) {
        return run("busybox", "ping", "-c", "2", "-W", "2", address).exit() == 0;
    }

    boolean pingsFrom(String source, String address) {
        return run("busybox", "ping", "-I", source, "-c", "1", "-W", "1", address)
                        .exit()
                == 0;
    }

    /** What the routers of the network announce. */
    String announcedRoutes() {
        return run("ip", "-6", "route", "show", "proto", "ra").output();
    }

    boolean pings6(String address) {
        return run("busybox", "ping6", "-c", "2", "-W", "2", address).exit() == 0;
    }

    /** Body of the answer; empty when there is none. */
    String fetch(String... curl) {
        List<String> command = new ArrayList<>(List.of("curl", "-s", "-m", "3"));
        command.addAll(List.of(curl));
        return run(command.toArray(String[]::new)).output();
    }

    Shell run(String... command) {
        return Shell.run(Shell.in(netns, command));
    }

    /** A server that tells who asks. */
    void serve(int tcpPort) {
        servers.add(whoAmI(netns, tcpPort));
    }

    static Process whoAmI(String netns, int tcpPort) {
        try {
            Path root = Files.createTempDirectory("ho-www");
            Path script = Files.createDirectory(root.resolve("cgi-bin")).resolve("who");
            Files.writeString(script, "#!/bin/sh\nprintf 'Content-Type: text/plain\\r\\n\\r\\n%s' \"$REMOTE_ADDR\"\n");
            Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
            Process server = Shell.start(
                    Shell.in(netns, "busybox", "httpd", "-f", "-p", "0.0.0.0:" + tcpPort, "-h", root.toString()));
            assertThat(server.isAlive()).isTrue();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    UUID port() {
        return port;
    }

    @Override
    public void close() {
        servers.forEach(Process::destroy);
        machine.vsctl("--if-exists", "del-port", device);
        Shell.run("ip", "netns", "del", netns);
    }
}
