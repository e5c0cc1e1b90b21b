package cloud.haneul.network;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.event.Audit;
import cloud.haneul.kernel.event.Events;
import cloud.haneul.kernel.event.ResourceEvent;
import cloud.haneul.kernel.reconcile.Reconcilers;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.Optional;
import java.util.UUID;

/** Tells who must know that something changed: the audit trail, the pages, and the wiring. Part of the change's transaction. */
@Component
class Changes {
    private final Audit audit;
    private final Events events;
    private final Reconcilers reconcilers;
    private final Instance<PortWatcher> watchers;

    @Inject
    Changes(Audit audit, Events events, Reconcilers reconcilers, @Any Instance<PortWatcher> watchers) {
        this.audit = audit;
        this.events = events;
        this.reconcilers = reconcilers;
        this.watchers = watchers;
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

    /** What is shown of a port changes; to be said before its device or owner changes, and after. */
    void shown(Port port) {
        if (port.deviceOwner().startsWith(Port.COMPUTE_PREFIX)) {
            watchers.forEach(watcher -> watcher.portsChanged(port.deviceId()));
        }
    }

    /** As {@link #shown(Port)} for a name that many ports are shown with; the condition is of {@code p}. */
    void shown(EntityManager em, String condition, UUID id) {
        em.createQuery(
                        "select distinct p.deviceId from Port p where p.deleting = false and p.deviceOwner like :owner and "
                                + condition,
                        String.class)
                .setParameter("owner", Port.COMPUTE_PREFIX + "%")
                .setParameter("id", id)
                .getResultList()
                .forEach(device -> watchers.forEach(watcher -> watcher.portsChanged(device)));
    }

    void wire(Wired what) {
        reconcilers.poke(NetworkWiring.NAME, Kind.of(what).poke(what.id()));
    }
}
