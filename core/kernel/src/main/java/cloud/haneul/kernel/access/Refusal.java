package cloud.haneul.kernel.access;

import cloud.haneul.kernel.Fault;
import java.util.Map;

/** The words with which each API family refuses, as its clients and their tests know them. */
final class Refusal {
    private static final String USUAL = "Policy doesn't allow %s to be performed.";

    private static final Map<String, String> BY_SERVICE = Map.of(
            "identity", "You are not authorized to perform the requested action: %s.",
            "image", "You are not authorized to complete %s action.",
            "placement", "Policy does not allow %s to be performed.",
            "network", "rule:%s is disallowed by policy");

    private Refusal() {}

    /** @param reason what the caller may know besides; empty for nothing */
    static Fault of(Rule rule, Decision decision, String reason) {
        String text = String.format(BY_SERVICE.getOrDefault(rule.service(), USUAL), rule.name());
        return Fault.forbidden(reason.isEmpty() ? text : text + (text.endsWith(".") ? " " : ". ") + reason)
                .type("PolicyNotAuthorized")
                .detail(decision.toString());
    }
}
