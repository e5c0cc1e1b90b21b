package cloud.haneul.compute.task;

import cloud.haneul.compute.Guests;
import cloud.haneul.compute.Hypervisors;
import cloud.haneul.compute.Server;
import cloud.haneul.compute.ServerRows;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.operation.Context;
import cloud.haneul.kernel.operation.OperationType;
import cloud.haneul.kernel.operation.Problem;
import cloud.haneul.kernel.operation.Step;
import cloud.haneul.network.ServerPorts;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.UUID;

/**
 * Takes a server down, domain first, then NICs and disks, and last its row with all it held. Nothing is undone when a step fails:
 * the server is left in ERROR and can be deleted again.
 */
@Component
public class DeleteServer implements OperationType<DeleteServer.Params> {
    public static final String KIND = "server-delete";

    private final Guests guests;
    private final ServerRows rows;
    private final Hypervisors hypervisors;
    private final ServerPorts ports;

    @Inject
    DeleteServer(Guests guests, ServerRows rows, Hypervisors hypervisors, ServerPorts ports) {
        this.guests = guests;
        this.rows = rows;
        this.hypervisors = hypervisors;
        this.ports = ports;
    }

    public record Params(UUID server) {}

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Class<Params> params() {
        return Params.class;
    }

    @Override
    public List<Step<Params>> steps() {
        return List.of(
                Step.of("power-off", this::undefine),
                Step.of("unwire-network", this::unwire),
                Step.of("remove-disks", this::removeDisks));
    }

    private void undefine(Context<Params> context) {
        Server server = guests.server(context.params().server());
        server.hostId().ifPresent(host -> hypervisors.of(host, context).undefine(server.id()));
    }

    private void unwire(Context<Params> context) {
        ports.ids(context.params().server()).forEach(ports::unbind);
    }

    private void removeDisks(Context<Params> context) {
        Server server = guests.server(context.params().server());
        server.hostId().ifPresent(host -> hypervisors.of(host).removeDisks(server.id()));
    }

    @Override
    public void completed(EntityManager em, Context<Params> context) {
        rows.gone(em, context.params().server());
    }

    @Override
    public void failed(EntityManager em, Context<Params> context, Problem problem) {
        rows.deletionFailed(em, context.params().server(), problem);
    }
}
