package cloud.haneul.compute.task;

import cloud.haneul.compute.Guests;
import cloud.haneul.compute.Hypervisors;
import cloud.haneul.compute.Server;
import cloud.haneul.compute.ServerRows;
import cloud.haneul.compute.VmState;
import cloud.haneul.kernel.operation.Context;
import cloud.haneul.kernel.operation.OperationType;
import cloud.haneul.kernel.operation.Outcome;
import cloud.haneul.kernel.operation.Problem;
import cloud.haneul.kernel.operation.Step;
import cloud.haneul.spi.DriverException;
import cloud.haneul.spi.DriverException.Code;
import cloud.haneul.spi.compute.PowerAction;
import cloud.haneul.spi.compute.PowerState;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** One thing done to a server's power; the kinds are made in {@link PowerOperations}. */
final class PowerServer implements OperationType<PowerServer.Params> {
    private final String kind;
    private final PowerAction action;
    private final VmState then;
    private final PowerState power;
    private final Guests guests;
    private final ServerRows rows;
    private final Hypervisors hypervisors;

    PowerServer(
            String kind,
            PowerAction action,
            VmState then,
            PowerState power,
            Guests guests,
            ServerRows rows,
            Hypervisors hypervisors) {
        this.kind = kind;
        this.action = action;
        this.then = then;
        this.power = power;
        this.guests = guests;
        this.rows = rows;
        this.hypervisors = hypervisors;
    }

    /** @param graceSeconds what the guest gets to do it itself */
    record Params(UUID server, long graceSeconds) {}

    @Override
    public String kind() {
        return kind;
    }

    @Override
    public Class<Params> params() {
        return Params.class;
    }

    @Override
    public List<Step<Params>> steps() {
        return List.of(Step.waiting("power", this::power));
    }

    private Outcome power(Context<Params> context) {
        Server server = guests.server(context.params().server());
        UUID host = server.hostId().orElseThrow(() -> DriverException.of(Code.NOT_FOUND, "The server is on no host."));
        return Outcome.of(hypervisors
                .of(host, context)
                .power(server.id(), action, Duration.ofSeconds(context.params().graceSeconds()), context.operation()));
    }

    @Override
    public void completed(EntityManager em, Context<Params> context) {
        rows.settled(em, context.params().server(), then, power);
    }

    @Override
    public void failed(EntityManager em, Context<Params> context, Problem problem) {
        rows.taskFailed(em, context.params().server(), problem);
    }
}
