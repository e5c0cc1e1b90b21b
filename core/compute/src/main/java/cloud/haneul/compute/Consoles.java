package cloud.haneul.compute;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.Ids;
import cloud.haneul.kernel.Setting;
import cloud.haneul.kernel.access.Access;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.spi.DriverException;
import cloud.haneul.spi.compute.ConsoleEndpoint;
import cloud.haneul.spi.compute.ConsoleKind;
import cloud.haneul.spi.compute.Hypervisor;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;

/**
 * A server's screen and serial line. A console is opened with a token that is good for one session and a short time, so that an
 * address that leaks is worth nothing. Reading a console asks the hypervisor on the request path: it is a look, not a change.
 */
@Component
public class Consoles {
    static final Setting<Duration> TOKEN_LIFETIME = Setting.duration(
            "haneul.compute.console-token-lifetime", "PT10M", "How long a console address may wait to be opened.");
    /** A page of log is cut to this, in bytes, however many lines were asked for. */
    private static final long LOG_MAX = 1 << 20;

    private final Database database;
    private final Servers servers;
    private final Hypervisors hypervisors;
    private final Access access;
    private final Clock clock;

    @Inject
    Consoles(Database database, Servers servers, Hypervisors hypervisors, Access access, Clock clock) {
        this.database = database;
        this.servers = servers;
        this.hypervisors = hypervisors;
        this.access = access;
        this.clock = clock;
    }

    /** What a redeemed token opens. */
    public record Session(UUID server, ConsoleKind kind, ConsoleEndpoint endpoint) {}

    /**
     * A new token for one console session.
     *
     * @throws Fault CONFLICT when the server does not run
     */
    public String issue(Caller caller, UUID id, ConsoleKind kind) {
        Server server = servers.show(caller, id);
        access.require(
                caller,
                "os_compute_api:os-remote-consoles",
                Map.of("project_id", server.projectId(), "user_id", server.userId()));
        requireRunning(server);
        String token = Ids.newSecret(32);
        database.run(em -> {
            em.createQuery("delete from ConsoleToken t where t.expiresAt < :now")
                    .setParameter("now", clock.instant())
                    .executeUpdate();
            em.persist(new ConsoleToken(
                    hash(token), id, kind, caller.userId(), clock.instant().plus(TOKEN_LIFETIME.get())));
        });
        return token;
    }

    /** Whether a token would open a console now; does not use it up. */
    public boolean admits(String token) {
        ConsoleToken row = database.read(em -> em.find(ConsoleToken.class, hash(token)));
        return row != null && row.expiresAt.isAfter(clock.instant());
    }

    /**
     * Takes a token in exchange for the console; it is worthless afterwards.
     *
     * @throws Fault UNAUTHORIZED for a token that was used, has expired or never was
     */
    public Session redeem(String token) {
        ConsoleToken row = database.write(em -> {
            ConsoleToken found = em.find(ConsoleToken.class, hash(token));
            // two sessions at once: the one whose delete counts wins
            int deleted = em.createQuery("delete from ConsoleToken t where t.hash = :hash")
                    .setParameter("hash", hash(token))
                    .executeUpdate();
            return deleted == 1 ? found : null;
        });
        if (row == null || row.expiresAt.isBefore(clock.instant())) {
            throw Fault.unauthorized();
        }
        Server server = database.read(em -> em.find(Server.class, row.server));
        if (server == null || server.hostId().isEmpty()) {
            throw Fault.notFound("Instance", row.server);
        }
        return new Session(row.server, row.kind, hypervisor(server).console(row.server, row.kind));
    }

    /**
     * The end of the serial console's output.
     *
     * @param lines how many at most; negative for all that is kept
     */
    public String log(Caller caller, UUID id, int lines) {
        Server server = servers.show(caller, id);
        access.require(
                caller,
                "os_compute_api:os-console-output",
                Map.of("project_id", server.projectId(), "user_id", server.userId()));
        if (server.hostId().isEmpty()) {
            throw Fault.conflict("Instance " + id + " is not ready: it has no console yet.");
        }
        try (InputStream in = hypervisor(server).consoleLog(id, LOG_MAX)) {
            String text = new String(in.readNBytes((int) LOG_MAX), StandardCharsets.UTF_8);
            return lines < 0 ? text : tail(text, lines);
        } catch (IOException e) {
            throw Fault.of(Fault.Kind.UNAVAILABLE, "The console log cannot be read now. Try again.")
                    .detail(e.toString())
                    .cause(e);
        } catch (DriverException e) {
            throw Fault.of(Fault.Kind.UNAVAILABLE, "The console log cannot be read now: " + e.getMessage())
                    .detail(e.detail())
                    .cause(e);
        }
    }

    static String tail(String text, int lines) {
        int from = text.length();
        if (from > 0 && text.charAt(from - 1) == '\n') {
            from--;
        }
        for (int n = 0; n < lines && from >= 0; n++) {
            from = text.lastIndexOf('\n', from - 1);
        }
        return lines == 0 ? "" : text.substring(from + 1);
    }

    private Hypervisor hypervisor(Server server) {
        return hypervisors.of(server.hostId().orElseThrow());
    }

    private static void requireRunning(Server server) {
        if (server.vmState() != VmState.ACTIVE && server.vmState() != VmState.PAUSED) {
            throw Fault.conflict("Instance " + server.id() + " is not running: it has no console while it is "
                    + server.status() + ".");
        }
    }

    private static String hash(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
