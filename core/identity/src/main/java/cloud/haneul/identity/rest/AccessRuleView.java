package cloud.haneul.identity.rest;

import cloud.haneul.identity.AccessRule;
import cloud.haneul.kernel.rest.Call;
import java.util.Map;

/** An access rule as JSON. */
final class AccessRuleView {
    private AccessRuleView() {}

    static View of(Call call, AccessRule rule) {
        return fields(rule).self(call, "/access_rules/" + rule.id());
    }

    /** As a part of something else. */
    static Map<String, Object> brief(AccessRule rule) {
        return fields(rule).map();
    }

    private static View fields(AccessRule rule) {
        return View.of()
                .with("id", rule.id())
                .with("service", rule.service())
                .with("method", rule.method())
                .with("path", rule.path());
    }
}
