package cloud.haneul.compute.task;

import cloud.haneul.compute.Guests;
import cloud.haneul.compute.Hypervisors;
import cloud.haneul.compute.ServerRows;
import cloud.haneul.compute.VmState;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.operation.OperationType;
import cloud.haneul.spi.compute.PowerAction;
import cloud.haneul.spi.compute.PowerState;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.UUID;

/** The kinds of {@link PowerServer}. */
@Component
public class PowerOperations {
    private final Guests guests;
    private final ServerRows rows;
    private final Hypervisors hypervisors;

    @Inject
    PowerOperations(Guests guests, ServerRows rows, Hypervisors hypervisors) {
        this.guests = guests;
        this.rows = rows;
        this.hypervisors = hypervisors;
    }

    /** Parameters of all kinds. */
    public static Object params(UUID server, long graceSeconds) {
        return new PowerServer.Params(server, graceSeconds);
    }

    @Produces
    @Singleton
    OperationType<PowerServer.Params> start() {
        return of("server-start", PowerAction.START, VmState.ACTIVE, PowerState.RUNNING);
    }

    @Produces
    @Singleton
    OperationType<PowerServer.Params> stop() {
        return of("server-stop", PowerAction.SHUT_DOWN, VmState.STOPPED, PowerState.SHUT_OFF);
    }

    @Produces
    @Singleton
    OperationType<PowerServer.Params> reboot() {
        return of("server-reboot", PowerAction.REBOOT, VmState.ACTIVE, PowerState.RUNNING);
    }

    @Produces
    @Singleton
    OperationType<PowerServer.Params> rebootHard() {
        return of("server-reboot-hard", PowerAction.RESET, VmState.ACTIVE, PowerState.RUNNING);
    }

    @Produces
    @Singleton
    OperationType<PowerServer.Params> pause() {
        return of("server-pause", PowerAction.PAUSE, VmState.PAUSED, PowerState.PAUSED);
    }

    @Produces
    @Singleton
    OperationType<PowerServer.Params> unpause() {
        return of("server-unpause", PowerAction.RESUME, VmState.ACTIVE, PowerState.RUNNING);
    }

    private OperationType<PowerServer.Params> of(String kind, PowerAction action, VmState then, PowerState power) {
        return new PowerServer(kind, action, then, power, guests, rows, hypervisors);
    }
}
