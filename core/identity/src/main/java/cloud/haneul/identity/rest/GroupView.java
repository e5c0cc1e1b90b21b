package cloud.haneul.identity.rest;

import cloud.haneul.identity.Group;
import cloud.haneul.kernel.rest.Call;

/** A group as JSON. */
final class GroupView {
    private GroupView() {}

    static View of(Call call, Group group) {
        return View.of()
                .with("id", group.id())
                .with("name", group.name())
                .with("domain_id", group.domainId())
                .with("description", group.description())
                .self(call, "/groups/" + group.id())
                .extra(group.extra());
    }
}
