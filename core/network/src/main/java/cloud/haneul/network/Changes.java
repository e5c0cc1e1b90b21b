package cloud.haneul.network;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.event.Audit;
import cloud.haneul.kernel.event.Events;
import cloud.haneul.kernel.event.ResourceEvent;
import cloud.haneul.kernel.reconcile.Reconcilers;
import jakarta.inject.Inject;
import java.util.Optional;

/** Tells who must know that something changed: the audit trail, the pages, and the wiring. Part of the change's transaction. */
@Component
class Changes {
    private final Audit audit;
    private final Events events;
    private final Reconcilers reconcilers;

    @Inject
    Changes(Audit audit, Events events, Reconcilers reconcilers) {
        this.audit = audit;
        this.events = events;
        this.reconcilers = reconcilers;
    }

    /** @param rule the policy rule's name: {@code create_network} */
    void made(Caller caller, String rule, Resource what, String name) {
        String type = rule.substring(rule.indexOf('_') + 1);
        audit.success(caller, rule, type, what.id(), name);
        String verb = rule.startsWith("create") ? "created" : rule.startsWith("delete") ? "deleted" : "updated";
        seen(type, what, verb);
    }

    /** For pages only. */
    void seen(String type, Resource what, String verb) {
        events.publish(new ResourceEvent(
                type, what.id().toString(), Optional.of(what.projectId()).filter(p -> !p.isEmpty()), verb));
    }

    void wire(Wired what) {
        reconcilers.poke(NetworkWiring.NAME, Kind.of(what).poke(what.id()));
    }
}
