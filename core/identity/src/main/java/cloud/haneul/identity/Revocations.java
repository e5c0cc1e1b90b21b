package cloud.haneul.identity;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.data.Database;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Which tokens are dead although their signature is good and their time not up, and what changed about whom. A change is
 * written as a row in its own transaction, applied here when that commits, and read by every other controller a second later.
 * Checking a token asks the maps in memory only.
 */
@Component
class Revocations {
    /** Everybody's roles may have changed. */
    static final String ALL = "*";

    private static final Duration STALE_FOR = Duration.ofMinutes(10);
    private static final Duration MARGIN = Duration.ofMinutes(5);

    /** Rows are read again for so long, because a transaction may commit after a later row was already seen. */
    private static final Duration OVERLAP = Duration.ofSeconds(15);

    private record Until(Instant before, Instant expires) {}

    private final Database database;
    private final Clock clock;
    private final Map<String, Map<String, Until>> dead = Map.of(
            Revocation.TOKEN, new ConcurrentHashMap<>(),
            Revocation.CHAIN, new ConcurrentHashMap<>(),
            Revocation.USER, new ConcurrentHashMap<>(),
            Revocation.PROJECT, new ConcurrentHashMap<>(),
            Revocation.DOMAIN, new ConcurrentHashMap<>());
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
    private final Map<UUID, Instant> seen = new LinkedHashMap<>();
    private Instant newest = Instant.EPOCH;

    @Inject
    Revocations(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** @param listener told the id of every user, group, project or domain that changed, or {@link #ALL} */
    void onStale(Consumer<String> listener) {
        listeners.add(listener);
    }

    /** Kills one token. */
    void token(String auditId) {
        add(Revocation.TOKEN, auditId);
    }

    /** Kills all tokens that were got from one login. */
    void chain(String firstAuditId) {
        add(Revocation.CHAIN, firstAuditId);
    }

    /** Kills all tokens a user has now. */
    void user(String id) {
        add(Revocation.USER, id);
    }

    /** Kills all tokens that are scoped to a project now. */
    void project(String id) {
        add(Revocation.PROJECT, id);
    }

    /** Kills all tokens of a domain's users, and those scoped to it or to a project of it. */
    void domain(String id) {
        add(Revocation.DOMAIN, id);
    }

    /** Makes all controllers read anew what they know of these users, groups, projects or domains. */
    void stale(String... ids) {
        Stream.of(ids).forEach(id -> add(Revocation.STALE, id));
    }

    /** Makes all controllers read anew what they know of everybody. */
    void allStale() {
        stale(ALL);
    }

    boolean isDead(TokenData token, TokenContext context) {
        return has(Revocation.TOKEN, token.auditId(), token)
                || has(Revocation.CHAIN, token.chain(), token)
                || has(Revocation.USER, token.userId(), token)
                || context.trust()
                        .map(trust -> has(Revocation.USER, trust.trustorId(), token))
                        .orElse(false)
                || has(Revocation.DOMAIN, context.userDomain().id(), token)
                || context.project()
                        .map(p -> has(Revocation.PROJECT, p.id(), token)
                                || has(Revocation.DOMAIN, p.domain().id(), token))
                        .orElse(false)
                || context.domain()
                        .map(d -> has(Revocation.DOMAIN, d.id(), token))
                        .orElse(false);
    }

    /** Whether no token of a login is good any more: it was signed out, or its user's tokens of that time were killed. */
    boolean isOver(String chain, String userId, Instant began) {
        return dead.get(Revocation.CHAIN).containsKey(chain)
                || before(Revocation.USER, userId)
                        .filter(before -> !began.isAfter(before))
                        .isPresent();
    }

    /**
     * The moment a new token may bear: now, or just after the last revocation that would hit it. Controllers' clocks differ by
     * a little, and who has just changed his password must be able to log in.
     */
    Instant issueTime(TokenContext context) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Stream<Optional<Instant>> hits = Stream.of(
                before(Revocation.USER, context.user().id()),
                before(Revocation.DOMAIN, context.userDomain().id()),
                context.project().flatMap(p -> before(Revocation.PROJECT, p.id())),
                context.project()
                        .flatMap(p -> before(Revocation.DOMAIN, p.domain().id())),
                context.domain().flatMap(d -> before(Revocation.DOMAIN, d.id())),
                context.trust().flatMap(t -> before(Revocation.USER, t.trustorId())));
        return hits.flatMap(Optional::stream)
                .map(before -> before.plus(1, ChronoUnit.MICROS))
                .filter(after -> after.isAfter(now) && after.isBefore(now.plus(MARGIN)))
                .reduce(now, (a, b) -> a.isAfter(b) ? a : b);
    }

    private Optional<Instant> before(String kind, String subject) {
        return Optional.ofNullable(dead.get(kind).get(subject)).map(Until::before);
    }

    private boolean has(String kind, String subject, TokenData token) {
        Until until = dead.get(kind).get(subject);
        return until != null && !token.issuedAt().isAfter(until.before);
    }

    private void add(String kind, String subject) {
        UUID id = UUID.randomUUID();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        // a token is meant whenever it was issued: another controller's clock may be ahead
        Instant before = kind.equals(Revocation.TOKEN) || kind.equals(Revocation.CHAIN) ? now.plus(MARGIN) : now;
        Instant expires = now.plus(
                kind.equals(Revocation.STALE)
                        ? STALE_FOR
                        : IdentitySettings.TOKEN_LIFETIME
                                .get()
                                .plus(IdentitySettings.EXPIRED_WINDOW.get())
                                .plus(MARGIN));
        database.run(em -> em.createNativeQuery(
                        "insert into identity_revocation (id, kind, subject, before_at, at, expires_at)"
                                + " values (?1, ?2, ?3, ?4, current_timestamp, ?5)")
                .setParameter(1, id)
                .setParameter(2, kind)
                .setParameter(3, subject)
                .setParameter(4, OffsetDateTime.ofInstant(before, ZoneOffset.UTC))
                .setParameter(5, OffsetDateTime.ofInstant(expires, ZoneOffset.UTC))
                .executeUpdate());
        database.afterCommit(() -> applied(id, kind, subject, before, expires));
    }

    private synchronized void applied(UUID id, String kind, String subject, Instant before, Instant expires) {
        seen.put(id, Instant.MAX);
        apply(kind, subject, before, expires);
    }

    private void apply(String kind, String subject, Instant before, Instant expires) {
        if (kind.equals(Revocation.STALE)) {
            listeners.forEach(listener -> listener.accept(subject));
        } else {
            dead.get(kind).merge(subject, new Until(before, expires), (a, b) -> a.before.isAfter(b.before) ? a : b);
        }
    }

    /** Reads what other controllers wrote since the last time. */
    synchronized void poll() {
        List<Revocation> rows = database.read(em -> em.createQuery(
                        "select r from IdentityRevocation r where r.at > :since and r.expiresAt > :now order by r.at",
                        Revocation.class)
                .setParameter("since", newest.minus(OVERLAP))
                .setParameter("now", clock.instant())
                .getResultList());
        for (Revocation row : rows) {
            newest = row.at().isAfter(newest) ? row.at() : newest;
            if (seen.put(row.id(), row.at()) == null) {
                apply(row.kind(), row.subject(), row.beforeAt(), row.expiresAt());
            }
        }
        seen.values().removeIf(at -> at.isBefore(newest.minus(OVERLAP.multipliedBy(2))));
    }

    /** Forgets what no token that is still good can meet. */
    void prune() {
        Instant now = clock.instant();
        database.run(em -> em.createQuery("delete from IdentityRevocation r where r.expiresAt < :now")
                .setParameter("now", now)
                .executeUpdate());
        Set.copyOf(dead.values()).forEach(byId -> byId.values().removeIf(until -> until.expires.isBefore(now)));
    }
}
