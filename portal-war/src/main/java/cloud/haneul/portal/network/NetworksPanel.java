package cloud.haneul.portal.network;

import cloud.haneul.kernel.Caller;
import cloud.haneul.network.ListQuery;
import cloud.haneul.network.Network;
import cloud.haneul.network.NetworkRequest;
import cloud.haneul.network.Networks;
import cloud.haneul.network.Subnet;
import cloud.haneul.network.SubnetRequest;
import cloud.haneul.network.Subnets;
import cloud.haneul.portal.ResourcePanel;
import cloud.haneul.portal.RowAction;
import cloud.haneul.portal.Sift;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Project &gt; Networks: those of the project and those it may use; a network and its first subnet are made in one go. */
@Named("networks")
@ViewScoped
public class NetworksPanel extends ResourcePanel<NetworksPanel.Row> {
    private static final long serialVersionUID = 1L;

    /** A network with its subnets and what the person may take it for. */
    public record Row(Network network, List<Subnet> subnets, boolean isOwn) {}

    @Inject
    private transient Networks networks;

    @Inject
    private transient Subnets subnets;

    private String newName;
    private boolean shared;
    private boolean external;
    private boolean withSubnet = true;
    private String cidr = "192.168.1.0/24";
    private String gateway;
    private boolean noGateway;
    private String dns;

    public NetworksPanel() {
        super("networks", "network subnet");
    }

    @Override
    protected List<Row> load(Caller caller, Query query) {
        String own = caller.projectId().orElse("");
        List<Network> found = Sift.whole(
                query,
                page -> networks.list(caller, new ListQuery(Map.of(), page, false)),
                n -> n.id().toString(),
                Network::name,
                n -> n.projectId().equals(own) || n.shared() || n.external());
        if (found.isEmpty()) {
            return List.of();
        }
        List<String> ids = found.stream().map(n -> n.id().toString()).toList();
        Map<UUID, List<Subnet>> by = subnets
                .list(caller, new ListQuery(Map.of("network_id", ids), cloud.haneul.kernel.data.Page.all(), false))
                .stream()
                .collect(Collectors.groupingBy(Subnet::networkId));
        return found.stream()
                .map(n -> new Row(
                        n, by.getOrDefault(n.id(), List.of()), n.projectId().equals(own)))
                .toList();
    }

    @Override
    public String id(Row row) {
        return row.network().id().toString();
    }

    @Override
    public String name(Row row) {
        return row.network().name();
    }

    @Override
    protected List<RowAction<Row>> offers() {
        return List.of(
                RowAction.<Row>link("open", "pi-eye", row -> "network.xhtml?id=" + id(row)),
                RowAction.<Row>of(
                                "delete",
                                "pi-trash",
                                (c, row) -> networks.delete(c, row.network().id()))
                        .when(row -> row.isOwn() || me.isAdmin())
                        .bulk()
                        .dangerous());
    }

    /** Both or none: a network whose subnet is refused is taken back, so that the form can be sent again. */
    public void create() {
        Caller caller = me.caller();
        Network[] made = new Network[1];
        if (!notices.attempt(() -> made[0] = networks.create(
                caller,
                NetworkRequest.of(
                        Optional.of(Optional.ofNullable(newName).orElse("")),
                        Optional.empty(),
                        Optional.empty(),
                        shared ? Optional.of(true) : Optional.empty(),
                        external ? Optional.of(true) : Optional.empty())))) {
            return;
        }
        if (withSubnet
                && !notices.attempt(() -> subnets.create(
                        caller,
                        SubnetRequest.of(
                                made[0].id(), newName + "-subnet", cidr, gateway(gateway, noGateway), words(dns))))) {
            networks.delete(caller, made[0].id());
            return;
        }
        notices.done("networks.create.done", newName);
        newName = null;
    }

    /** Outer empty is the first address, inner empty none at all. */
    static Optional<Optional<String>> gateway(String text, boolean none) {
        return none ? Optional.of(Optional.empty()) : Optional.ofNullable(text).map(Optional::of);
    }

    static List<String> words(String text) {
        return text == null
                ? List.of()
                : Arrays.stream(text.strip().split("[\\s,]+"))
                        .filter(w -> !w.isEmpty())
                        .toList();
    }

    public String getNewName() {
        return newName;
    }

    public void setNewName(String text) {
        newName = text;
    }

    public boolean isShared() {
        return shared;
    }

    public void setShared(boolean on) {
        shared = on;
    }

    public boolean isExternal() {
        return external;
    }

    public void setExternal(boolean on) {
        external = on;
    }

    public boolean isWithSubnet() {
        return withSubnet;
    }

    public void setWithSubnet(boolean on) {
        withSubnet = on;
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
