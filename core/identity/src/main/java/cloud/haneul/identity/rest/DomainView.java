package cloud.haneul.identity.rest;

import cloud.haneul.identity.Domain;
import cloud.haneul.kernel.rest.Call;
import java.util.List;

/** A domain as JSON. */
final class DomainView {
    private DomainView() {}

    static View of(Call call, Domain domain) {
        return View.of()
                .with("id", domain.id())
                .with("name", domain.name())
                .with("description", domain.description())
                .with("enabled", domain.isEnabled())
                .with("tags", List.of())
                .with("options", View.options(domain.isImmutable()))
                .self(call, "/domains/" + domain.id())
                .extra(domain.extra());
    }
}
