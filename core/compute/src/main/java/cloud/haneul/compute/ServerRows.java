package cloud.haneul.compute;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.event.Events;
import cloud.haneul.kernel.event.ResourceEvent;
import cloud.haneul.kernel.operation.Problem;
import cloud.haneul.kernel.quota.Quotas;
import cloud.haneul.network.ServerPorts;
import cloud.haneul.placement.Placement;
import cloud.haneul.spi.compute.PowerState;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** What operations change of a server's row, in their own transactions. A row that is gone meanwhile is left gone. */
@Component
public class ServerRows {
    private final Quotas quotas;
    private final ServerPorts ports;
    private final Placement placement;
    private final Events events;
    private final Clock clock;

    @Inject
    ServerRows(Quotas quotas, ServerPorts ports, Placement placement, Events events, Clock clock) {
        this.quotas = quotas;
        this.ports = ports;
        this.placement = placement;
        this.events = events;
        this.clock = clock;
    }

    public void placed(EntityManager em, UUID id, UUID host) {
        change(em, id, server -> server.placedOn(host, clock.instant()));
    }

    public void unplaced(EntityManager em, UUID id) {
        change(em, id, server -> server.unplaced(clock.instant()));
    }

    public void launched(EntityManager em, UUID id) {
        change(em, id, server -> server.launched(clock.instant()));
    }

    public void creationFailed(EntityManager em, UUID id, Problem problem) {
        change(em, id, server -> server.creationFailed(problem, clock.instant()));
    }

    public void settled(EntityManager em, UUID id, VmState state, PowerState power) {
        change(em, id, server -> server.settle(state, power, clock.instant()));
    }

    public void taskFailed(EntityManager em, UUID id, Problem problem) {
        change(em, id, server -> server.taskFailed(problem, clock.instant()));
    }

    public void deletionFailed(EntityManager em, UUID id, Problem problem) {
        change(em, id, server -> server.deletionFailed(problem, clock.instant()));
    }

    /** The end of a server: its row, ports, claims, console tokens and quota go in one transaction. */
    public void gone(EntityManager em, UUID id) {
        Server server = em.find(Server.class, id);
        if (server == null) {
            return;
        }
        ports.detach(id);
        placement.release(id);
        em.createQuery("delete from ConsoleToken t where t.server = :id")
                .setParameter("id", id)
                .executeUpdate();
        quotas.release(server.projectId(), server.flavor().cost());
        em.remove(server);
        events.publish(new ResourceEvent("server", id.toString(), Optional.of(server.projectId()), "deleted"));
    }

    private void change(EntityManager em, UUID id, Consumer<Server> change) {
        Server server = em.find(Server.class, id);
        if (server != null) {
            change.accept(server);
            events.publish(new ResourceEvent("server", id.toString(), Optional.of(server.projectId()), "updated"));
        }
    }
}
