package cloud.haneul.identity.rest;

import cloud.haneul.identity.Assignments;
import cloud.haneul.identity.Grant;
import cloud.haneul.identity.Role;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.rest.Call;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;

/** What the resources of roles on projects, domains and the system have in common. */
@Component
class Grants {
    private final Assignments assignments;

    @Inject
    Grants(Assignments assignments) {
        this.assignments = assignments;
    }

    Grant of(Grant.Target target, String actors, String actor, String role, boolean inherited) {
        return new Grant(actor(actors, actor), target, role, inherited);
    }

    Map<String, Object> list(Call call, Grant.Target target, String actors, String actor, boolean inherited) {
        List<Role> roles = assignments.granted(call.caller(), actor(actors, actor), target, inherited);
        return View.list(call, "roles", roles, role -> RoleView.of(call, role));
    }

    void give(Call call, Grant grant) {
        assignments.grant(call.caller(), grant);
    }

    void check(Call call, Grant grant) {
        assignments.check(call.caller(), grant);
    }

    void take(Call call, Grant grant) {
        assignments.revoke(call.caller(), grant);
    }

    private static Grant.Actor actor(String actors, String id) {
        return actors.equals("users") ? Grant.Actor.user(id) : Grant.Actor.group(id);
    }
}
