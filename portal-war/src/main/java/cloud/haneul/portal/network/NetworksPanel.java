package cloud.haneul.portal.network;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Fault;
import cloud.haneul.network.ListQuery;
import cloud.haneul.network.Network;
import cloud.haneul.network.NetworkRequest;
import cloud.haneul.network.Networks;
import cloud.haneul.network.Subnet;
import cloud.haneul.network.SubnetRequest;
import cloud.haneul.network.Subnets;
import cloud.haneul.portal.Form;
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

    public NetworksPanel() {
        super("networks", "network subnet", row -> row.network().id(), row -> row.network()
                .name());
        form.with("withSubnet", true).with("cidr", "192.168.1.0/24");
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
    protected List<RowAction<Row>> offers() {
        return List.of(
                RowAction.<Row>link("open", "pi-eye", row -> "network.xhtml?id=" + id(row)),
                RowAction.<Row>deletes(
                                (c, row) -> networks.delete(c, row.network().id()))
                        .when(row -> row.isOwn() || me.isAdmin()));
    }

    /** Both or none: a network whose subnet is refused is taken back, so that the form can be sent again. */
    public void create() {
        Caller caller = me.caller();
        submit(
                () -> {
                    UUID made = networks.create(
                                    caller,
                                    NetworkRequest.of(
                                            Optional.of(form.text("name")),
                                            Optional.empty(),
                                            Optional.empty(),
                                            flag("shared"),
                                            flag("external")))
                            .id();
                    try {
                        if (form.is("withSubnet")) {
                            subnets.create(caller, subnet(form, made, form.text("name") + "-subnet"));
                        }
                    } catch (Fault e) {
                        networks.delete(caller, made);
                        throw e;
                    }
                },
                "networks.create.done",
                form.text("name"));
    }

    private Optional<Boolean> flag(String field) {
        return Optional.of(form.is(field)).filter(on -> on);
    }

    /** What a form says of a subnet. Of the gateway, outer empty is the first address, inner empty none at all. */
    static SubnetRequest subnet(Form form, UUID network, String name) {
        Optional<Optional<String>> gateway = form.is("noGateway")
                ? Optional.of(Optional.empty())
                : form.optional("gatewayIp").map(Optional::of);
        List<String> dns = Arrays.stream(form.text("dns").split("[\\s,]+"))
                .filter(word -> !word.isEmpty())
                .toList();
        return SubnetRequest.of(network, name, form.text("cidr"), gateway, dns);
    }
}
