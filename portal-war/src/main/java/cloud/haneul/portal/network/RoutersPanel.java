package cloud.haneul.portal.network;

import cloud.haneul.kernel.Caller;
import cloud.haneul.network.ListQuery;
import cloud.haneul.network.Network;
import cloud.haneul.network.Networks;
import cloud.haneul.network.Router;
import cloud.haneul.network.RouterRequest;
import cloud.haneul.network.Routers;
import cloud.haneul.portal.ResourcePanel;
import cloud.haneul.portal.RowAction;
import cloud.haneul.portal.Sift;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Project &gt; Routers: with or without a way out through an external network. */
@Named("routers")
@ViewScoped
public class RoutersPanel extends ResourcePanel<Router> {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient Routers routers;

    @Inject
    private transient Networks networks;

    private String newName;
    private String gateway;
    private UUID chosen;
    private String chosenName = "";
    private transient Map<UUID, String> outside;

    public RoutersPanel() {
        super("routers", "router");
    }

    @Override
    protected List<Router> load(Caller caller, Query query) {
        Map<String, List<String>> own = Map.of("project_id", List.of(caller.project()));
        return Sift.search(query, page -> routers.list(caller, new ListQuery(own, page, false)), this::id, this::name);
    }

    @Override
    public String id(Router row) {
        return row.id().toString();
    }

    @Override
    public String name(Router row) {
        return row.name();
    }

    @Override
    protected List<RowAction<Router>> offers() {
        return List.of(
                RowAction.<Router>link("open", "pi-eye", row -> "router.xhtml?id=" + id(row)),
                RowAction.<Router>opens("gateway", "pi-sign-out", "setGateway", (c, row) -> {
                    chosen = row.id();
                    chosenName = row.name();
                    gateway = row.gatewayNetworkId().map(UUID::toString).orElse(null);
                }),
                RowAction.<Router>of("delete", "pi-trash", (c, row) -> routers.delete(c, row.id()))
                        .bulk()
                        .dangerous());
    }

    /** Names of external networks by id: what a router's gateway can be. */
    public Map<UUID, String> getOutside() {
        if (outside == null) {
            outside = networks.list(me.caller(), ListQuery.where("router:external", true)).stream()
                    .collect(Collectors.toMap(Network::id, Network::name));
        }
        return outside;
    }

    public void create() {
        if (notices.attempt(
                () -> routers.create(
                        me.caller(), RouterRequest.of(newName, gateway().map(UUID::fromString))),
                "routers.create.done",
                newName)) {
            newName = null;
        }
    }

    public void applyGateway() {
        notices.attempt(
                () -> routers.update(
                        me.caller(), chosen, RouterRequest.gateway(gateway().map(UUID::fromString))),
                "routers.gateway.done",
                1,
                chosenName);
    }

    private Optional<String> gateway() {
        return Optional.ofNullable(gateway);
    }

    public String getChosenName() {
        return chosenName;
    }

    public String getNewName() {
        return newName;
    }

    public void setNewName(String text) {
        newName = text;
    }

    public String getGateway() {
        return gateway;
    }

    public void setGateway(String id) {
        gateway = id;
    }
}
