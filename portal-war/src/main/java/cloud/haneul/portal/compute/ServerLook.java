package cloud.haneul.portal.compute;

import cloud.haneul.compute.Server;
import cloud.haneul.compute.Task;
import cloud.haneul.compute.VmState;
import cloud.haneul.portal.Ui;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** How an instance's state is shown: what is being done comes before what it is. */
@Named("serverLook")
@RequestScoped
public class ServerLook {
    @Inject
    private Ui ui;

    public String tone(Server server) {
        if (server.task().isPresent() || server.vmState() == VmState.BUILDING) {
            return "busy";
        }
        return switch (server.vmState()) {
            case ACTIVE -> "ok";
            case PAUSED -> "warn";
            case ERROR -> "bad";
            default -> "idle";
        };
    }

    public String text(Server server) {
        return server.task()
                .map(Task::name)
                .map(task -> ui.word("server.task." + task))
                .orElseGet(() -> ui.word("server.state." + server.vmState().name()));
    }
}
