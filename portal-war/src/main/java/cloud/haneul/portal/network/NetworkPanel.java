package cloud.haneul.portal.network;

import cloud.haneul.kernel.Caller;
import cloud.haneul.network.ListQuery;
import cloud.haneul.network.Network;
import cloud.haneul.network.Networks;
import cloud.haneul.network.Port;
import cloud.haneul.network.Ports;
import cloud.haneul.network.Subnet;
import cloud.haneul.network.SubnetRequest;
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
    private String newName;
    private String cidr;
    private String gateway;
    private boolean noGateway;
    private String dns;
    private transient Network network;

    public NetworkPanel() {
        super("network", "subnet network port");
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
    public String id(Subnet row) {
        return row.id().toString();
    }

    @Override
    public String name(Subnet row) {
        return row.name().isEmpty() ? row.cidr() : row.name();
    }

    @Override
    protected List<RowAction<Subnet>> offers() {
        return List.of(RowAction.<Subnet>of("delete", "pi-trash", (c, row) -> subnets.delete(c, row.id()))
                .bulk()
                .dangerous());
    }

    public void create() {
        boolean done = notices.attempt(
                () -> subnets.create(
                        me.caller(),
                        SubnetRequest.of(
                                networkId,
                                newName == null ? "" : newName,
                                cidr,
                                NetworksPanel.gateway(gateway, noGateway),
                                NetworksPanel.words(dns))),
                "network.create.done",
                cidr);
        if (done) {
            newName = cidr = gateway = dns = null;
        }
    }

    public String getNewName() {
        return newName;
    }

    public void setNewName(String text) {
        newName = text;
    }

    public String getCidr() {
        return cidr;
    }

    public void setCidr(String text) {
        cidr = text;
    }

    public String getGateway() {
        return gateway;
    }

    public void setGateway(String text) {
        gateway = text;
    }

    public boolean isNoGateway() {
        return noGateway;
    }

    public void setNoGateway(boolean on) {
        noGateway = on;
    }

    public String getDns() {
        return dns;
    }

    public void setDns(String text) {
        dns = text;
    }
}
