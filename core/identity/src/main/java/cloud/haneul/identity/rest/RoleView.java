package cloud.haneul.identity.rest;

import cloud.haneul.identity.Role;
import cloud.haneul.kernel.rest.Call;
import java.util.Map;

/** A role as JSON. */
final class RoleView {
    private RoleView() {}

    static View of(Call call, Role role) {
        return View.of()
                .with("id", role.id())
                .with("name", role.name())
                .with("domain_id", role.domainId())
                .with("description", role.description())
                .with("options", View.options(role.isImmutable()))
                .self(call, "/roles/" + role.id())
                .extra(role.extra());
    }

    /** A role as one end of an inference. */
    static Map<String, Object> brief(Call call, Role role) {
        View view = View.of().with("id", role.id()).with("name", role.name());
        role.domainId().ifPresent(domain -> view.with("domain_id", domain));
        return view.self(call, "/roles/" + role.id()).map();
    }
}
