package cloud.haneul.kernel.access;

import java.util.List;
import java.util.Optional;

/**
 * What the rules say and why, for people: the log line of a refusal, "why can't I?" in the portal, the operator's check of
 * his own policy file.
 *
 * @param rule the rule's name
 * @param check the check in force, as written
 * @param source where it is written
 * @param whys when refused, what did not hold
 * @param roleNeeded when refused, the weakest role that would be enough if the caller had it here; empty when no role is
 */
public record Decision(
        boolean allowed, String rule, String check, String source, List<Reason> whys, Optional<String> roleNeeded) {

    /** When refused, what did not hold, each in an English sentence. */
    public List<String> reasons() {
        return whys.stream().map(Reason::toString).toList();
    }

    @Override
    public String toString() {
        return rule + (allowed ? " is allowed by " : " is refused by ") + "\"" + check + "\" (" + source + ")"
                + (whys.isEmpty() ? "" : ": " + String.join("; ", reasons()))
                + roleNeeded
                        .map(role -> "; the role " + role + " would be enough")
                        .orElse("");
    }
}
