package cloud.haneul.identity.rest;

import static org.awaitility.Awaitility.await;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldif.LDIFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** A real OpenLDAP server of a test's own, on a free port of this machine, with its data in a folder that goes with it. */
final class Slapd implements AutoCloseable {
    static final String SUFFIX = "dc=cloud,dc=test";
    static final String ADMIN = "cn=admin," + SUFFIX;
    static final String PASSWORD = "directory secret";

    private static final Path PROGRAM = Path.of("/usr/sbin/slapd");

    private final Path folder;
    private final int port;
    private final int tlsPort;
    private final boolean overTls;
    private Process process;

    Slapd() {
        this(Optional.empty());
    }

    /** @param certificate with which it speaks TLS, too: on a port of its own and, when asked to, on its first one */
    Slapd(Optional<Authority.Signed> certificate) {
        overTls = certificate.isPresent();
        try {
            folder = Files.createTempDirectory("slapd");
            Files.createDirectory(folder.resolve("db"));
            try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                    ServerSocket another = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = free.getLocalPort();
                tlsPort = another.getLocalPort();
            }
            Files.writeString(folder.resolve("slapd.conf"), """
                    include /etc/ldap/schema/core.schema
                    include /etc/ldap/schema/cosine.schema
                    include /etc/ldap/schema/inetorgperson.schema
                    modulepath /usr/lib/ldap
                    moduleload back_mdb
                    pidfile %1$s/pid
                    %5$s
                    database mdb
                    suffix "%2$s"
                    rootdn "%3$s"
                    rootpw "%4$s"
                    directory %1$s/db
                    """.formatted(
                            folder,
                            SUFFIX,
                            ADMIN,
                            PASSWORD,
                            certificate
                                    .map(signed -> "TLSCertificateFile " + signed.certificate()
                                            + "\nTLSCertificateKeyFile " + signed.key())
                                    .orElse("")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start();
        add("dn: " + SUFFIX, "objectClass: dcObject", "objectClass: organization", "o: cloud", "dc: cloud");
        add("dn: ou=people," + SUFFIX, "objectClass: organizationalUnit", "ou: people");
        add("dn: ou=teams," + SUFFIX, "objectClass: organizationalUnit", "ou: teams");
    }

    static boolean isInstalled() {
        return Files.isExecutable(PROGRAM);
    }

    void start() {
        try {
            process = new ProcessBuilder(
                            PROGRAM.toString(),
                            "-d",
                            "0",
                            "-f",
                            folder.resolve("slapd.conf").toString(),
                            "-h",
                            url() + (overTls ? " ldaps://127.0.0.1:" + tlsPort : ""))
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> {
            try (LDAPConnection connection = connection()) {
                return connection.isConnected();
            }
        });
    }

    String url() {
        return "ldap://127.0.0.1:" + port;
    }

    int port() {
        return port;
    }

    int tlsPort() {
        return tlsPort;
    }

    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Stops it where it is: connections stay open, answers do not come. */
    void freeze() {
        signal("-STOP");
        // the signal reaches its threads one after the other; on a busy machine one of them may have time for an answer
        await().until(this::isStopped);
    }

    private boolean isStopped() throws IOException {
        try (Stream<Path> threads = Files.list(Path.of("/proc/" + process.pid() + "/task"))) {
            for (Path thread : threads.toList()) {
                String stat = Files.readString(thread.resolve("stat"));
                if (stat.charAt(stat.lastIndexOf(')') + 2) != 'T') {
                    return false;
                }
            }
            return true;
        }
    }

    void thaw() {
        signal("-CONT");
    }

    String person(String uid, String... more) {
        String dn = "uid=" + uid + ",ou=people," + SUFFIX;
        add(Stream.concat(
                        Stream.of(
                                "dn: " + dn,
                                "objectClass: inetOrgPerson",
                                "uid: " + uid,
                                "cn: " + uid + " whole",
                                "sn: " + uid,
                                "mail: " + uid + "@cloud.test",
                                "userPassword: " + uid + "-pw"),
                        Stream.of(more))
                .toArray(String[]::new));
        return dn;
    }

    String team(String name, String... members) {
        String dn = "cn=" + name + ",ou=teams," + SUFFIX;
        add(Stream.concat(
                        Stream.of("dn: " + dn, "objectClass: groupOfNames", "cn: " + name, "ou: " + name),
                        Stream.of(members).map(member -> "member: " + member))
                .toArray(String[]::new));
        return dn;
    }

    void add(String... ldif) {
        try (LDAPConnection connection = connection()) {
            connection.add(ldif);
        } catch (LDAPException | LDIFException e) {
            throw new IllegalStateException(e);
        }
    }

    void modify(String... ldif) {
        try (LDAPConnection connection = connection()) {
            connection.modify(ldif);
        } catch (LDAPException | LDIFException e) {
            throw new IllegalStateException(e);
        }
    }

    void delete(String dn) {
        try (LDAPConnection connection = connection()) {
            connection.delete(dn);
        } catch (LDAPException e) {
            throw new IllegalStateException(e);
        }
    }

    private LDAPConnection connection() throws LDAPException {
        return new LDAPConnection("127.0.0.1", port, ADMIN, PASSWORD);
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", name, Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .onExit()
                    .join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
