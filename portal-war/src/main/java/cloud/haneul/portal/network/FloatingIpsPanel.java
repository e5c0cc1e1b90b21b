package cloud.haneul.portal.network;

import cloud.haneul.compute.Server;
import cloud.haneul.compute.ServerFilter;
import cloud.haneul.compute.Servers;
import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.data.Page;
import cloud.haneul.network.FloatingIp;
import cloud.haneul.network.FloatingIps;
import cloud.haneul.network.FloatingIps.NewFloatingIp;
import cloud.haneul.network.ListQuery;
import cloud.haneul.network.Network;
import cloud.haneul.network.Networks;
import cloud.haneul.network.ServerPorts;
import cloud.haneul.portal.ResourcePanel;
import cloud.haneul.portal.RowAction;
import cloud.haneul.portal.Sift;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Project &gt; Floating IPs: taken from an external network, given to instances, taken back. */
@Named("floatingIps")
@ViewScoped
public class FloatingIpsPanel extends ResourcePanel<FloatingIp> {
    private static final long serialVersionUID = 1L;

    /** An instance's port that an address can be given to; the key is {@code port/address}. */
    public record Choice(String key, UUID port, String label, boolean isFree) {}

    @Inject
    private transient FloatingIps floatingIps;

    @Inject
    private transient Networks networks;

    @Inject
    private transient Servers servers;

    @Inject
    private transient ServerPorts ports;

    private transient Map<UUID, String> pools;
    private transient List<Choice> choices;

    public FloatingIpsPanel() {
        super("floatingIps", "floatingip port", FloatingIp::id, FloatingIp::floatingIp);
    }

    @Override
    protected List<FloatingIp> load(Caller caller, Query query) {
        Map<String, List<String>> own = Map.of("project_id", List.of(caller.project()));
        return Sift.search(
                query, page -> floatingIps.list(caller, new ListQuery(own, page, false)), this::id, this::name);
    }

    @Override
    protected List<RowAction<FloatingIp>> offers() {
        return List.of(
                form("associate", "pi-link", "associate")
                        .when(row -> row.fixedPortId().isEmpty()),
                RowAction.<FloatingIp>of("disassociate", "pi-times", (c, row) -> floatingIps.disassociate(c, row.id()))
                        .when(row -> row.fixedPortId().isPresent())
                        .bulk()
                        .confirmed(),
                RowAction.<FloatingIp>deletes((c, row) -> floatingIps.delete(c, row.id())));
    }

    /** Names of external networks by id. */
    public Map<UUID, String> getPools() {
        if (pools == null) {
            pools = networks.list(me.caller(), ListQuery.where("router:external", true)).stream()
                    .collect(Collectors.toMap(Network::id, Network::name));
        }
        return pools;
    }

    /** What has an address of the project's instances, by instance; one read of instances, one of their ports. */
    public List<Choice> getChoices() {
        if (choices == null) {
            List<Server> all = servers.list(me.caller(), ServerFilter.none(), Page.all());
            Map<UUID, List<ServerPorts.ServerPort>> by =
                    ports.of(all.stream().map(Server::id).toList());
            choices = new ArrayList<>();
            for (Server server : all) {
                for (ServerPorts.ServerPort port : by.getOrDefault(server.id(), List.of())) {
                    port.fixedIps().stream()
                            .filter(ip -> ip.version() == 4)
                            .forEach(ip -> choices.add(new Choice(
                                    port.id() + "/" + ip.ip(),
                                    port.id(),
                                    server.name() + " · " + port.networkName() + " · " + ip.ip(),
                                    ip.floatingIp().isEmpty())));
                }
            }
        }
        return choices;
    }

    /** Whose address it is, for the list. */
    public String holder(FloatingIp row) {
        Optional<String> key =
                row.fixedPortId().map(port -> port + "/" + row.fixedIp().orElse(""));
        return key.map(wanted -> getChoices().stream()
                        .filter(choice -> choice.key().equals(wanted))
                        .map(Choice::label)
                        .findFirst()
                        .orElseGet(() -> row.fixedIp().orElse("")))
                .orElse("");
    }

    public void allocate() {
        FloatingIp[] made = new FloatingIp[1];
        if (notices.attempt(() -> made[0] = floatingIps.create(
                me.caller(), NewFloatingIp.of(form.chosen("pool").orElseThrow())))) {
            notices.done("floatingIps.allocate.done", made[0].floatingIp());
        }
    }

    public void associate() {
        String[] parts = form.text("target").split("/");
        submit(
                () -> floatingIps.associate(me.caller(), form.uuid(), UUID.fromString(parts[0]), Optional.of(parts[1])),
                "floatingIps.associate.done",
                1,
                form.about());
    }
}
