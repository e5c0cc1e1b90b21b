package cloud.haneul.portal.compute;

import cloud.haneul.compute.Server;
import cloud.haneul.compute.ServerFilter;
import cloud.haneul.compute.Servers;
import cloud.haneul.image.Images;
import cloud.haneul.kernel.Caller;
import cloud.haneul.network.ServerPorts;
import cloud.haneul.network.ServerPorts.ServerPort;
import cloud.haneul.portal.ResourcePanel;
import cloud.haneul.portal.RowAction;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The project's instances. */
@Named("instances")
@ViewScoped
public class InstancesPanel extends ResourcePanel<Server> {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient Servers servers;

    @Inject
    private transient ServerActions serverActions;

    @Inject
    private transient Images images;

    @Inject
    private transient ServerPorts ports;

    private transient Map<UUID, String> imageNames;
    private transient Map<UUID, List<ServerPort>> portsOf;

    public InstancesPanel() {
        super("instances", "server", Server::id, Server::name);
    }

    @Override
    protected List<Server> load(Caller caller, Query query) {
        List<Server> found = servers.list(caller, ServerFilter.none().named(query.search()), query.page());
        imageNames = images.names(
                found.stream().flatMap(server -> server.imageId().stream()).toList());
        portsOf = ports.of(found.stream().map(Server::id).toList());
        return found;
    }

    @Override
    protected List<RowAction<Server>> offers() {
        return serverActions.all(true);
    }

    public String image(Server row) {
        return row.imageId()
                .flatMap(id -> Optional.ofNullable(imageNames.get(id)))
                .orElse("");
    }

    /** Fixed addresses with the floating ones behind them. */
    public List<String> addresses(Server row) {
        return Addresses.of(portsOf.getOrDefault(row.id(), List.of()));
    }
}
