package cloud.haneul.portal.network;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.data.Page;
import cloud.haneul.network.ListQuery;
import cloud.haneul.network.Network;
import cloud.haneul.network.Networks;
import cloud.haneul.network.Port;
import cloud.haneul.network.Ports;
import cloud.haneul.network.Router;
import cloud.haneul.network.Routers;
import cloud.haneul.network.Subnet;
import cloud.haneul.network.Subnets;
import cloud.haneul.portal.Requested;
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

/** A router: its way out, and the subnets it joins as the list. */
@Named("router")
@ViewScoped
public class RouterPanel extends ResourcePanel<RouterPanel.Row> {
    private static final long serialVersionUID = 1L;
    private static final String INTERFACE = "network:router_interface";

    /** One interface with the subnet it is in. */
    public record Row(Port port, Optional<Subnet> subnet, String networkName) {}

    /** A subnet that can be joined. */
    public record Choice(UUID id, String label) {}

    @Inject
    private transient Routers routers;

    @Inject
    private transient Ports ports;

    @Inject
    private transient Networks networks;

    @Inject
    private transient Subnets subnets;

    private final UUID routerId = Requested.id("Router");
    private transient Router router;
    private transient Map<UUID, String> names;

    public RouterPanel() {
        super(
                "router",
                "router port",
                row -> row.port().id(),
                row -> row.networkName() + " " + row.subnet().map(Subnet::cidr).orElse(""));
    }

    public Router getRouter() {
        if (router == null) {
            router = routers.show(me.caller(), routerId);
        }
        return router;
    }

    /** Names of the networks one sees, by id. */
    public Map<UUID, String> getNames() {
        if (names == null) {
            names = networks.list(me.caller(), ListQuery.all()).stream()
                    .collect(Collectors.toMap(Network::id, Network::name));
        }
        return names;
    }

    @Override
    protected List<Row> load(Caller caller, Query query) {
        List<Port> found = ports.list(
                caller,
                new ListQuery(
                        Map.of("device_id", List.of(routerId.toString()), "device_owner", List.of(INTERFACE)),
                        Page.all(),
                        false));
        if (found.isEmpty()) {
            return List.of();
        }
        List<String> ids =
                found.stream().map(p -> p.networkId().toString()).distinct().toList();
        Map<UUID, Subnet> by =
                subnets.list(caller, new ListQuery(Map.of("network_id", ids), Page.all(), false)).stream()
                        .collect(Collectors.toMap(Subnet::id, s -> s));
        return Sift.whole(
                query,
                page -> found.stream()
                        .map(port -> new Row(
                                port,
                                port.addresses().stream().findFirst().map(a -> by.get(a.subnetId())),
                                getNames().getOrDefault(port.networkId(), "")))
                        .toList(),
                this::id,
                this::name,
                row -> true);
    }

    @Override
    protected List<RowAction<Row>> offers() {
        return List.of(RowAction.<Row>of(
                        "delete",
                        "pi-times",
                        (c, row) -> routers.removeInterface(
                                c, routerId, Optional.of(row.port().id()), Optional.empty()))
                .bulk()
                .dangerous());
    }

    /** Subnets of the project's own networks. */
    public List<Choice> getChoices() {
        String own = me.caller().project();
        return subnets.list(me.caller(), ListQuery.where("project_id", own)).stream()
                .map(s -> new Choice(
                        s.id(), getNames().getOrDefault(s.networkId(), "") + " · " + s.name() + " · " + s.cidr()))
                .toList();
    }

    public void add() {
        submit(
                () -> routers.addSubnet(
                        me.caller(), routerId, form.chosen("subnet").orElseThrow()),
                "router.add.done");
    }
}
