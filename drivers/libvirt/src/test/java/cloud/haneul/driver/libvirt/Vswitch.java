package cloud.haneul.driver.libvirt;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** An Open vSwitch of the test's own, in user space, where the host's libvirtd finds it. */
final class Vswitch implements AutoCloseable {
    private final Path folder;

    private Vswitch(Path folder) {
        this.folder = folder;
    }

    static Path folder(Path host) {
        return host.resolve("ovs");
    }

    static Vswitch start(Path host) {
        assumeTrue(Files.isExecutable(Path.of("/usr/sbin/ovs-vswitchd")), "openvswitch-switch is not installed");
        Vswitch vswitch = new Vswitch(folder(host));
        vswitch.run("ovsdb-tool", "create", vswitch.folder + "/conf.db", "/usr/share/openvswitch/vswitch.ovsschema");
        vswitch.run(
                "ovsdb-server",
                "--remote=punix:" + vswitch.folder + "/db.sock",
                "--pidfile",
                "--detach",
                vswitch.folder + "/conf.db");
        vswitch.vsctl("--no-wait", "init");
        vswitch.run("ovs-vswitchd", "--disable-system", "--pidfile", "--detach", "unix:" + vswitch.folder + "/db.sock");
        vswitch.vsctl("add-br", "br-int", "--", "set", "bridge", "br-int", "datapath_type=netdev");
        return vswitch;
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
        vsctl("del-br", "br-int");
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
