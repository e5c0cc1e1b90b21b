package cloud.haneul.identity;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.access.Access;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.data.Database.DuplicateKey;
import cloud.haneul.kernel.event.Audit;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where somebody is signed in to the portal, on whichever controller. A session begins with a login, is seen with its requests
 * and ends with its tokens: by signing out, here or from another browser, with whatever else kills them, or when their time is
 * up. A user has at most 100; one more ends the one that was seen last the longest ago.
 */
@Component
public class PortalSessions {
    static final int MOST = 100;
    private static final int ADDRESS = 64;
    private static final int BROWSER = 512;

    private final Database database;
    private final Access access;
    private final TokenChecks checks;
    private final Revocations revocations;
    private final Audit audit;
    private final Clock clock;

    @Inject
    PortalSessions(
            Database database, Access access, TokenChecks checks, Revocations revocations, Audit audit, Clock clock) {
        this.database = database;
        this.access = access;
        this.checks = checks;
        this.revocations = revocations;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * A session as its owner sees it.
     *
     * @param browser as it calls itself, at most 512 characters
     * @param seen to the minute
     * @param isThis whether it is the one that asks
     */
    public record Session(String id, String address, String browser, Instant began, Instant seen, boolean isThis) {}

    /**
     * Somebody has signed in, or once more with the same login.
     *
     * @param token what he got
     */
    public void begin(String token, String address, String browser) {
        TokenData data = checks.require(token).data();
        PortalSession session = new PortalSession(
                data.chain(),
                data.userId(),
                cut(address, ADDRESS),
                cut(browser, BROWSER),
                data.issuedAt(),
                data.expiresAt());
        try {
            database.run(em -> {
                em.persist(session);
                em.flush();
                oldest(em, data.userId()).forEach(this::end);
            });
        } catch (DuplicateKey e) {
            // the same login in the same browser
            seen(token);
        }
    }

    private static List<PortalSession> oldest(EntityManager em, String userId) {
        return em.createQuery(
                        "select s from PortalSession s where s.userId = :id order by s.seenAt desc, s.id",
                        PortalSession.class)
                .setParameter("id", userId)
                .setFirstResult(MOST)
                .setMaxResults(MOST)
                .getResultList();
    }

    /** That the browser with this token is still there; worth a call a minute. */
    public void seen(String token) {
        checks.chainOf(token)
                .ifPresent(id ->
                        database.run(em -> em.createQuery("update PortalSession s set s.seenAt = :now where s.id = :id")
                                .setParameter("now", clock.instant())
                                .setParameter("id", id)
                                .executeUpdate()));
    }

    /** The caller's own that are still good, those seen last first. */
    public List<Session> list(Caller caller, String token) {
        access.require(caller, "identity:revoke_tokens_for_user", Map.of("user_id", caller.userId()));
        Optional<String> mine = checks.chainOf(token);
        return database
                .read(em -> em.createQuery(
                                "select s from PortalSession s where s.userId = :id and s.expiresAt > :now"
                                        + " order by s.seenAt desc, s.id",
                                PortalSession.class)
                        .setParameter("id", caller.userId())
                        .setParameter("now", clock.instant())
                        .setMaxResults(MOST)
                        .getResultList())
                .stream()
                .filter(row -> !revocations.isOver(row.id(), row.userId(), row.beganAt()))
                .map(row -> new Session(
                        row.id(),
                        row.address(),
                        row.browser(),
                        row.beganAt(),
                        row.seenAt(),
                        mine.filter(row.id()::equals).isPresent()))
                .toList();
    }

    /** Signs one of the caller's own sessions out: all tokens of that login are dead. */
    public void end(Caller caller, String id) {
        access.require(caller, "identity:revoke_tokens_for_user", Map.of("user_id", caller.userId()));
        database.run(em -> {
            PortalSession session = Optional.ofNullable(em.find(PortalSession.class, id))
                    .filter(row -> row.userId().equals(caller.userId()))
                    .orElseThrow(() -> Faults.notFound("session", id));
            end(session);
            audit.success(caller, "identity:revoke_token", "user", caller.userId(), caller.userName());
        });
    }

    /** In a transaction. */
    private void end(PortalSession session) {
        revocations.chain(session.id());
        database.run(em -> em.remove(session));
    }

    /** Forgets those whose time is up. */
    void prune() {
        database.run(em -> em.createQuery("delete from PortalSession s where s.expiresAt < :now")
                .setParameter("now", clock.instant())
                .executeUpdate());
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length);
    }
}
