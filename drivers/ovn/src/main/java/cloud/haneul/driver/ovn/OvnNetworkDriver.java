package cloud.haneul.driver.ovn;

import cloud.haneul.spi.DriverContext;
import cloud.haneul.spi.DriverException;
import cloud.haneul.spi.DriverException.Code;
import cloud.haneul.spi.compute.VifAttachment;
import cloud.haneul.spi.network.NetworkCapabilities;
import cloud.haneul.spi.network.NetworkDriver;
import cloud.haneul.spi.network.NetworkSpec;
import cloud.haneul.spi.network.PortSpec;
import cloud.haneul.spi.network.PortState;
import cloud.haneul.spi.network.RouterSpec;
import cloud.haneul.spi.network.SecurityGroupSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Networks by OVN. What should be is written into OVN's northbound database, from which OVN itself makes flows on every chassis;
 * what is, is read from it and from the southbound one. The driver remembers nothing: whose a row is stands in the row
 * ({@link Marks}), so any controller can go on with what another one began.
 */
final class OvnNetworkDriver implements NetworkDriver {
    private final OvnSettings settings;
    private final OvsdbClient northbound;
    private final OvsdbClient southbound;
    private final Southbound hosts;
    private final Convergence convergence;
    private final Optional<MetadataService> metadata;

    private OvnNetworkDriver(DriverContext context, OvnSettings settings) {
        this.settings = settings;
        Runnable changed = () -> metadata().ifPresent(MetadataService::poke);
        northbound = new OvsdbClient(
                Tables.NORTHBOUND,
                settings.northbound(),
                Tables.COPIED,
                this::ownerKey,
                changed,
                settings.timeout(),
                context.executor());
        southbound = new OvsdbClient(
                Southbound.DATABASE,
                settings.southbound(),
                Southbound.COPIED,
                Southbound::key,
                changed,
                settings.timeout(),
                context.executor());
        hosts = new Southbound(southbound);
        convergence = new Convergence(northbound);
        metadata = settings.metadata()
                ? settings.ovs().map(ovs -> new MetadataService(context, settings, ovs, northbound, hosts))
                : Optional.empty();
    }

    static OvnNetworkDriver open(DriverContext context, OvnSettings settings) {
        OvnNetworkDriver driver = new OvnNetworkDriver(context, settings);
        driver.northbound.connect();
        driver.southbound.connect();
        driver.metadata.ifPresent(MetadataService::start);
        return driver;
    }

    private Optional<MetadataService> metadata() {
        return metadata;
    }

    /** Rows are looked up by whose they are; what another installation has in the same OVN is not there for us. */
    private String ownerKey(Row row) {
        return isOurs(row) ? row.mark(Marks.ID).orElse("") : "";
    }

    private boolean isOurs(Row row) {
        return row.mark(Marks.INSTALLATION).equals(Optional.of(settings.installation()));
    }

    @Override
    public void ping() {
        northbound.sync();
        southbound.sync();
    }

    @Override
    public NetworkCapabilities capabilities() {
        Set<String> types = settings.physicalNetworks().isEmpty() ? Set.of("geneve") : Set.of("geneve", "flat", "vlan");
        return new NetworkCapabilities(types, "geneve", settings.mtu(), Set.copyOf(settings.physicalNetworks()));
    }

    @Override
    public void ensureNetwork(NetworkSpec network) {
        convergence.converge(network.id(), rows -> NetworkPlan.of(settings, network, rows));
        metadata.ifPresent(service -> service.serve(network));
    }

    @Override
    public void removeNetwork(UUID network) {
        removeAll("remove network", network);
    }

    @Override
    public void ensureSecurityGroup(SecurityGroupSpec group) {
        convergence.converge(group.id(), rows -> SecurityGroupPlan.of(settings, group, rows));
    }

    @Override
    public void removeSecurityGroup(UUID group) {
        removeAll("remove security group", group);
    }

    @Override
    public void ensurePort(PortSpec port) {
        convergence.converge(port.id(), rows -> PortPlan.of(settings, port, rows));
    }

    @Override
    public void removePort(UUID port) {
        convergence.remove(port, rows -> {
            Transaction transaction = new Transaction("haneul: remove port " + port);
            PortPlan.main(rows, port).ifPresent(row -> {
                Plan.remove(rows, row, transaction);
                row.mark(Marks.NETWORK)
                        .flatMap(network -> rows.first(Tables.DNS, network))
                        .ifPresent(names ->
                                Names.change(names, Names.of(row, settings.dnsDomain()), Map.of(), transaction));
            });
            DropGroup.leave(rows, settings.installation(), port, transaction);
            return transaction;
        });
    }

    @Override
    public void ensureRouter(RouterSpec router) {
        convergence.converge(
                router.id(),
                rows -> RouterPlan.of(
                        settings, router, rows, physicalNetwork -> gateways(router.id(), physicalNetwork)));
    }

    @Override
    public void removeRouter(UUID router) {
        removeAll("remove router", router);
    }

    /** All that was made for the id; what only those rows refer to goes with them. */
    private void removeAll(String what, UUID id) {
        convergence.remove(id, rows -> {
            Transaction transaction = new Transaction("haneul: " + what + " " + id);
            rows.of(id.toString()).forEach(row -> Plan.remove(rows, row, transaction));
            return transaction;
        });
    }

    private List<String> gateways(UUID router, Optional<String> physicalNetwork) {
        List<String> gateways = settings.gatewayChassis().isEmpty()
                ? hosts.gatewaysFor(router, physicalNetwork)
                : settings.gatewayChassis();
        if (gateways.isEmpty()) {
            throw new DriverException(
                    Code.NO_CAPACITY,
                    "No host connects the cloud to the outside network. The operator should check the network hosts.",
                    "no chassis in OVN's southbound database maps " + physicalNetwork.orElse("anything")
                            + " in ovn-bridge-mappings",
                    null);
        }
        return gateways;
    }

    @Override
    public VifAttachment attachment(UUID port, String networkHost) {
        convergence.converge(port, rows -> {
            Row row = PortPlan.main(rows, port)
                    .orElseThrow(() -> DriverException.of(Code.NOT_FOUND, "The port " + port + " is not in OVN."));
            Transaction transaction = new Transaction("haneul: bind port " + port + " to " + networkHost);
            Map<String, String> options = new TreeMap<>(row.map("options"));
            if (!networkHost.equals(options.put(PortPlan.REQUESTED_CHASSIS, networkHost))) {
                transaction.update(row, Map.of("options", options));
            }
            return transaction;
        });
        boolean userspace = settings.userspaceDatapath().orElseGet(() -> hosts.isUserspace(networkHost));
        return new VifAttachment.OvsPort(settings.integrationBridge(), port.toString(), userspace);
    }

    @Override
    public Optional<PortState> observePort(UUID port) {
        Optional<Row> row = northbound.rows().read(rows -> PortPlan.main(rows, port));
        if (row.isEmpty()) {
            northbound.sync();
            row = northbound.rows().read(rows -> PortPlan.main(rows, port));
        }
        return row.map(found -> {
            Optional<String> host = hosts.chassisOf(port);
            return new PortState(port, found.flag("up") && host.isPresent(), host);
        });
    }

    @Override
    public Inventory inventory() {
        northbound.sync();
        return northbound
                .rows()
                .read(rows -> new Inventory(
                        ids(rows, Tables.SWITCH),
                        ids(rows, Tables.SWITCH_PORT),
                        ids(rows, Tables.ROUTER),
                        ids(rows, Tables.PORT_GROUP)));
    }

    private Set<UUID> ids(Rows rows, String table) {
        Set<UUID> ids = new HashSet<>();
        rows.table(table).stream()
                .filter(row -> isOurs(row) && Marks.part(row).isEmpty())
                .forEach(row -> Marks.owner(row).ifPresent(ids::add));
        return ids;
    }

    @Override
    public void close() {
        metadata.ifPresent(MetadataService::close);
        northbound.close();
        southbound.close();
    }
}
