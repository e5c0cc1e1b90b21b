package cloud.haneul.driver.ovn;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A real OVSDB server with an empty database of OVN's, and nothing behind it. Needs no root. */
final class OvsdbServer implements AutoCloseable {
    static final Path NORTHBOUND = Path.of("/usr/share/ovn/ovn-nb.ovsschema");
    static final Path SOUTHBOUND = Path.of("/usr/share/ovn/ovn-sb.ovsschema");

    private final Path folder;
    private final String name;
    private Process process;

    private OvsdbServer(Path folder, String name) {
        this.folder = folder;
        this.name = name;
    }

    static OvsdbServer start(Path folder, Path schema) {
        assumeAvailable(schema);
        OvsdbServer server =
                new OvsdbServer(folder, schema.getFileName().toString().substring(0, 6));
        Shell.must("ovsdb-tool", "create", server.file("db").toString(), schema.toString());
        server.run();
        return server;
    }

    /** A cluster's members that talk over unix sockets. */
    static List<OvsdbServer> cluster(Path folder, Path schema, String database, int members) {
        assumeAvailable(schema);
        List<OvsdbServer> cluster = new ArrayList<>();
        for (int i = 0; i < members; i++) {
            OvsdbServer member = new OvsdbServer(folder, "member" + i);
            String here = "unix:" + member.file("raft");
            if (i == 0) {
                Shell.must("ovsdb-tool", "create-cluster", member.file("db").toString(), schema.toString(), here);
            } else {
                Shell.must(
                        "ovsdb-tool",
                        "join-cluster",
                        member.file("db").toString(),
                        database,
                        here,
                        "unix:" + cluster.get(0).file("raft"));
            }
            member.run();
            await().atMost(Duration.ofSeconds(20))
                    .until(() ->
                            member.control("cluster/status", database).output().contains("Status: cluster member"));
            cluster.add(member);
        }
        return cluster;
    }

    private static void assumeAvailable(Path schema) {
        assumeTrue(
                Files.exists(schema) && Shell.has("ovsdb-server") && Shell.has("ovsdb-tool"),
                "this test needs ovsdb-server and OVN's schemas (packages openvswitch-switch, ovn-central)");
    }

    void run() {
        process = Shell.start(
                "ovsdb-server",
                file("db").toString(),
                "--remote=punix:" + file("sock"),
                "--unixctl=" + file("ctl"),
                "-vconsole:off");
        await().atMost(Duration.ofSeconds(10)).until(() -> Files.exists(file("sock")) && Files.exists(file("ctl")));
    }

    Shell control(String... words) {
        List<String> command =
                new ArrayList<>(List.of("ovs-appctl", "-t", file("ctl").toString()));
        command.addAll(List.of(words));
        return Shell.run(command.toArray(String[]::new));
    }

    /** Bytes of the journal: each commit that changes something adds to it. */
    long size() {
        try {
            return Files.size(file("db"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean leads(String database) {
        return control("cluster/status", database).output().contains("Role: leader");
    }

    String address() {
        return "unix:" + file("sock");
    }

    /** It takes no more requests, but keeps its connections. */
    void freeze() {
        Shell.must("kill", "-STOP", Long.toString(process.pid()));
        // on a busy machine it may have time for one more answer
        await().until(() ->
                Files.readString(Path.of("/proc/" + process.pid() + "/stat")).contains(") T "));
    }

    void thaw() {
        Shell.must("kill", "-CONT", Long.toString(process.pid()));
    }

    void kill() {
        process.destroyForcibly();
        await().until(() -> !process.isAlive());
    }

    private Path file(String kind) {
        return folder.resolve(name + "." + kind);
    }

    @Override
    public void close() {
        kill();
    }
}
