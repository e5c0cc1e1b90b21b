package cloud.haneul.portal.compute;

import cloud.haneul.compute.Server;
import cloud.haneul.compute.Servers;
import cloud.haneul.compute.Task;
import cloud.haneul.compute.VmState;
import cloud.haneul.kernel.Component;
import cloud.haneul.portal.RowAction;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What one can do with instances, in the list and on the page of each. */
@Component
public class ServerActions {
    private final Servers servers;

    @Inject
    ServerActions(Servers servers) {
        this.servers = servers;
    }

    List<RowAction<Server>> all(boolean inList) {
        RowAction<Server> console = RowAction.<Server>link(
                        "console", "pi-desktop", server -> "instance.xhtml?tab=console&id=" + server.id())
                .when(server -> inList && isRunning(server));
        return List.of(
                console,
                RowAction.<Server>of("start", "pi-play", (caller, server) -> servers.start(caller, server.id()))
                        .when(server -> rests(server, VmState.STOPPED))
                        .bulk(),
                RowAction.<Server>of("unpause", "pi-play", (caller, server) -> servers.unpause(caller, server.id()))
                        .when(server -> rests(server, VmState.PAUSED)),
                RowAction.<Server>of("stop", "pi-power-off", (caller, server) -> servers.stop(caller, server.id()))
                        .when(server -> rests(server, VmState.ACTIVE, VmState.PAUSED))
                        .bulk()
                        .confirmed(),
                RowAction.<Server>of(
                                "reboot", "pi-refresh", (caller, server) -> servers.reboot(caller, server.id(), false))
                        .when(server -> rests(server, VmState.ACTIVE))
                        .bulk()
                        .confirmed(),
                RowAction.<Server>of("reset", "pi-bolt", (caller, server) -> servers.reboot(caller, server.id(), true))
                        .when(server -> rests(server, VmState.ACTIVE, VmState.STOPPED, VmState.PAUSED))
                        .confirmed(),
                RowAction.<Server>of("pause", "pi-pause", (caller, server) -> servers.pause(caller, server.id()))
                        .when(server -> rests(server, VmState.ACTIVE)),
                RowAction.<Server>deletes((caller, server) -> servers.delete(caller, server.id()))
                        .when(server -> !server.task().equals(Optional.of(Task.DELETING))));
    }

    static boolean isRunning(Server server) {
        return server.vmState() == VmState.ACTIVE || server.vmState() == VmState.PAUSED;
    }

    private static boolean rests(Server server, VmState... states) {
        return server.task().isEmpty() && Set.of(states).contains(server.vmState());
    }
}
