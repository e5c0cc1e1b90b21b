package cloud.haneul.identity;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.access.Access;
import cloud.haneul.kernel.data.Database;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which tokens were made worthless, for services that check tokens themselves. */
@Component
public class RevocationEvents {
    private static final int MOST = 10_000;

    private final Database database;
    private final Access access;

    @Inject
    RevocationEvents(Database database, Access access) {
        this.database = database;
        this.access = access;
    }

    /**
     * Tokens are meant that fit {@code subject} and were issued until {@code issuedBefore}.
     *
     * @param kind of the subject: {@code audit_id}, {@code audit_chain_id}, {@code user_id}, {@code project_id} or
     *     {@code domain_id}
     */
    public record Event(String kind, String subject, Instant issuedBefore) {}

    /** The newest ten thousand at most, oldest first. */
    public List<Event> list(Caller caller, Optional<Instant> since) {
        access.require(caller, "identity:list_revoke_events", Map.of());
        return database.read(em -> em
                .createQuery(
                        "select r from IdentityRevocation r where r.kind <> 'stale' and r.at >= :since"
                                + " order by r.at desc, r.id",
                        Revocation.class)
                .setParameter("since", since.orElse(Instant.EPOCH))
                .setMaxResults(MOST)
                .getResultList()
                .stream()
                .sorted(java.util.Comparator.comparing(Revocation::at))
                .map(row -> new Event(word(row.kind()), row.subject(), row.beforeAt()))
                .toList());
    }

    private static String word(String kind) {
        return switch (kind) {
            case Revocation.TOKEN -> "audit_id";
            case Revocation.CHAIN -> "audit_chain_id";
            default -> kind + "_id";
        };
    }
}
