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

    private transient Map<UUID, String> outside;

    public RoutersPanel() {
        super("routers", "router", Router::id, Router::name);
    }

    @Override
    protected List<Router> load(Caller caller, Query query) {
        Map<String, List<String>> own = Map.of("project_id", List.of(caller.project()));
        return Sift.search(query, page -> routers.list(caller, new ListQuery(own, page, false)), this::id, this::name);
    }

    @Override
    protected List<RowAction<Router>> offers() {
        return List.of(
                RowAction.<Router>link("open", "pi-eye", row -> "router.xhtml?id=" + id(row)),
                RowAction.<Router>opens("gateway", "pi-sign-out", "setGateway", (c, row) -> {
                    form.begin(id(row), row.name());
                    row.gatewayNetworkId().ifPresent(outside -> form.put("gateway", outside.toString()));
                }),
                RowAction.<Router>deletes((c, row) -> routers.delete(c, row.id())));
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
        submit(
                () -> routers.create(me.caller(), RouterRequest.of(form.text("name"), form.chosen("gateway"))),
                "routers.create.done",
                form.text("name"));
    }

    public void applyGateway() {
        submit(
                () -> routers.update(me.caller(), form.uuid(), RouterRequest.gateway(form.chosen("gateway"))),
                "routers.gateway.done",
                1,
                form.about());
    }
}
