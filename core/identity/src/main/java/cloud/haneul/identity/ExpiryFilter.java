package cloud.haneul.identity;

import cloud.haneul.kernel.Fault;
import java.time.Instant;
import java.util.Map;

/**
 * Users by when the password they have now expires (Identity API, "List users": {@code password_expires_at}); those whose password
 * does not expire are never meant.
 */
public record ExpiryFilter(String comparison, Instant at) {
    private static final Map<String, String> COMPARISONS =
            Map.of("lt", "<", "lte", "<=", "gt", ">", "gte", ">=", "eq", "=", "neq", "<>");

    /** @throws Fault BAD_REQUEST for a comparison there is not */
    public ExpiryFilter {
        if (!COMPARISONS.containsKey(comparison)) {
            throw Fault.badRequest(
                    "password_expires_at",
                    "Invalid input for field 'password_expires_at': it must be a comparison (lt, lte, gt, gte, eq or neq), a colon and a time.");
        }
    }

    void on(Rows<User> rows) {
        rows.and(
                "exists (select p.id from IdentityPassword p where p.userId = r.id and p.expiresAt "
                        + COMPARISONS.get(comparison)
                        + " :expiry and p.createdAt = (select max(q.createdAt) from IdentityPassword q where q.userId = r.id))",
                "expiry",
                at);
    }
}
