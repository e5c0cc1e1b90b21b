package cloud.haneul.driver.libvirt;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A bridge where the host's libvirtd looks for it: in the Open vSwitch that the tests were given ({@code HANEUL_TEST_OVS}), else in
 * one of the test's own, in user space. A network namespace has room for one only.
 */
final class Vswitch implements AutoCloseable {
    static final String BRIDGE = "br-nics";

    private final Path folder;

    private Vswitch(Path folder) {
        this.folder = folder;
    }

    static Path folder(Path host) {
        return given().orElseGet(() -> host.resolve("ovs"));
    }

    /** The folder of its sockets. */
    private static Optional<Path> given() {
        return Optional.ofNullable(System.getenv("HANEUL_TEST_OVS"))
                .map(address -> Path.of(address.replaceFirst("^unix:", "")).getParent());
    }

    static Vswitch start(Path host) {
        Vswitch vswitch = new Vswitch(folder(host));
        String datapath = "netdev";
        if (given().isPresent()) {
            datapath = vswitch.vsctl("get", "bridge", "br-int", "datapath_type").strip();
        } else {
            assumeTrue(Files.isExecutable(Path.of("/usr/sbin/ovs-vswitchd")), "openvswitch-switch is not installed");
            vswitch.startDaemons();
        }
        vswitch.vsctl("add-br", BRIDGE, "--", "set", "bridge", BRIDGE, "datapath_type=" + datapath);
        return vswitch;
    }

    private void startDaemons() {
        run("ovsdb-tool", "create", folder + "/conf.db", "/usr/share/openvswitch/vswitch.ovsschema");
        run("ovsdb-server", "--remote=punix:" + folder + "/db.sock", "--pidfile", "--detach", folder + "/conf.db");
        vsctl("--no-wait", "init");
        run("ovs-vswitchd", "--disable-system", "--pidfile", "--detach", "unix:" + folder + "/db.sock");
    }

    String vsctl(String... arguments) {
        String[] command = new String[arguments.length + 2];
        command[0] = "ovs-vsctl";
        command[1] = "--db=unix:" + folder + "/db.sock";
        System.arraycopy(arguments, 0, command, 2, arguments.length);
        return run(command);
    }

    @Override
    public void close() {
        vsctl("del-br", BRIDGE);
        if (given().isPresent()) {
            return;
        }
        for (String daemon : new String[] {"ovs-vswitchd", "ovsdb-server"}) {
            run("ovs-appctl", "-t", daemon, "exit");
        }
    }

    private String run(String... command) {
        String[] all = new String[command.length + 4];
        all[0] = "env";
        all[1] = "OVS_RUNDIR=" + folder;
        all[2] = "OVS_LOGDIR=" + folder;
        all[3] = "OVS_DBDIR=" + folder;
        System.arraycopy(command, 0, all, 4, command.length);
        return LibvirtHost.output(folder, all);
    }
}
