package cloud.haneul.portal.network;

import cloud.haneul.kernel.Caller;
import cloud.haneul.network.ListQuery;
import cloud.haneul.network.Network;
import cloud.haneul.network.Networks;
import cloud.haneul.network.Port;
import cloud.haneul.network.Ports;
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
import java.util.UUID;

/** A network: what it is, its subnets as the list, and who is plugged into it. */
@Named("network")
@ViewScoped
public class NetworkPanel extends ResourcePanel<Subnet> {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient Networks networks;

    @Inject
    private transient Subnets subnets;

    @Inject
    private transient Ports ports;

    private final UUID networkId = Requested.id("Network");
    private transient Network network;

    public NetworkPanel() {
        super("network", "subnet network port", Subnet::id, row -> row.name().isEmpty() ? row.cidr() : row.name());
    }

    public Network getNetwork() {
        if (network == null) {
            network = networks.show(me.caller(), networkId);
        }
        return network;
    }

    public List<Port> getPorts() {
        return ports.list(me.caller(), ListQuery.where("network_id", networkId));
    }

    @Override
    protected List<Subnet> load(Caller caller, Query query) {
        return Sift.whole(
                query,
                page -> subnets.list(caller, ListQuery.where("network_id", networkId)),
                this::id,
                s -> s.name() + " " + s.cidr(),
                s -> true);
    }

    @Override
    protected List<RowAction<Subnet>> offers() {
        return List.of(RowAction.<Subnet>deletes((c, row) -> subnets.delete(c, row.id())));
    }

    public void create() {
        submit(
                () -> subnets.create(me.caller(), NetworksPanel.subnet(form, networkId, form.text("name"))),
                "network.create.done",
                form.text("cidr"));
    }
}
