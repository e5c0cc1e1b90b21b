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

    static Fault of(Rule rule, Decision decision) {
        return Fault.forbidden(String.format(BY_SERVICE.getOrDefault(rule.service(), USUAL), rule.name()))
                .type("PolicyNotAuthorized")
                .detail(decision.toString());
    }
}
