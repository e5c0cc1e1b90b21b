package cloud.haneul.kernel.event;

import java.time.Instant;
import java.util.Optional;

/**
 * Which events of the audit trail are wanted.
 *
 * @param rule exactly this action, in the rule's words
 * @param outcome {@code success} or {@code failure}
 * @param since this time or later
 * @param until before this time
 */
public record AuditFilter(
        Optional<String> projectId,
        Optional<String> userId,
        Optional<String> rule,
        Optional<String> outcome,
        Optional<String> targetType,
        Optional<String> targetId,
        Optional<String> requestId,
        Optional<Instant> since,
        Optional<Instant> until) {

    public static AuditFilter none() {
        return new AuditFilter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    public AuditFilter inProject(String id) {
        return new AuditFilter(Optional.of(id), userId, rule, outcome, targetType, targetId, requestId, since, until);
    }
}
