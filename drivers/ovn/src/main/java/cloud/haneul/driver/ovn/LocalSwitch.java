package cloud.haneul.driver.ovn;

import static cloud.haneul.driver.ovn.Values.set;

import cloud.haneul.driver.ovn.Values.Named;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Open vSwitch on the controller's own machine: the chassis' name, and ports of the metadata namespaces. */
final class LocalSwitch {
    static final String DATABASE = "Open_vSwitch";
    static final Map<String, List<String>> COPIED = Map.of(
            "Open_vSwitch", List.of(Marks.COLUMN),
            "Bridge", List.of("name", "ports"),
            "Port", List.of("name", Marks.COLUMN),
            "Interface", List.of("name", "error", Marks.COLUMN));

    private final OvsdbClient client;
    private final String bridge;
    private final String installation;

    LocalSwitch(OvsdbClient client, OvnSettings settings) {
        this.client = client;
        this.bridge = settings.integrationBridge();
        this.installation = settings.installation();
    }

    static String key(Row row) {
        return row.table() + ":" + row.text("name").orElse("");
    }

    /** Empty when OVN does not manage this Open vSwitch. */
    Optional<String> chassis() {
        return client.rows()
                .read(rows -> rows.table("Open_vSwitch").stream().findFirst().map(row -> row.map(Marks.COLUMN)
                        .get("system-id")));
    }

    /** Plugging is the last step of making a namespace, so one that is plugged is whole, whoever made it. */
    boolean isPlugged(MetadataRecord network) {
        return client.rows().read(rows -> {
            boolean works = rows.first("Interface", "Interface:" + network.device())
                    .filter(row -> row.text("error").isEmpty())
                    .isPresent();
            return works
                    && rows.first("Port", "Port:" + network.device())
                            .flatMap(row -> row.mark(Marks.SPEC))
                            .equals(Optional.of(network.wiring()));
        });
    }

    /** Devices that this installation plugged in for metadata, whether or not they are still wanted. */
    Set<String> devices() {
        return client.rows().read(rows -> rows.table("Port").stream()
                .filter(row -> row.mark(Marks.INSTALLATION).equals(Optional.of(installation)))
                .filter(row -> row.mark(Marks.PART).equals(Optional.of(NetworkPlan.METADATA)))
                .flatMap(row -> row.text("name").stream())
                .collect(Collectors.toSet()));
    }

    /** The device must be there already, or Open vSwitch notes an error on the interface until it is. */
    void plug(MetadataRecord network) {
        Row target = client.rows()
                .read(rows -> rows.first("Bridge", "Bridge:" + bridge))
                .orElseThrow(() -> new Commands.Failed("Open vSwitch has no bridge " + bridge));
        Transaction transaction = new Transaction("haneul: metadata port of network " + network.network());
        Map<String, String> marks = Marks.of(installation, network.network(), NetworkPlan.METADATA);
        marks.put(Marks.SPEC, network.wiring());
        Named device = transaction.name();
        Named port = transaction.name();
        transaction.insert(
                "Interface",
                device,
                Map.of(
                        "name",
                        set(network.device()),
                        Marks.COLUMN,
                        Map.of("iface-id", network.port().toString(), "attached-mac", network.mac())));
        transaction.insert(
                "Port", port, Map.of("name", set(network.device()), "interfaces", set(device), Marks.COLUMN, marks));
        transaction.demand(target);
        transaction.add("Bridge", target.uuid(), "ports", port);
        commit(transaction);
    }

    void unplug(String device) {
        Transaction transaction = new Transaction("haneul: remove metadata port " + device);
        client.rows().read(rows -> {
            rows.first("Port", "Port:" + device).ifPresent(port -> rows.table("Bridge").stream()
                    .filter(row -> row.refers("ports", port.uuid()))
                    .forEach(row -> transaction.remove("Bridge", row.uuid(), "ports", port.uuid())));
            return null;
        });
        if (!transaction.isEmpty()) {
            commit(transaction);
        }
    }

    private void commit(Transaction transaction) {
        client.transact(transaction).ifPresent(race -> {
            throw new Commands.Failed("Open vSwitch: " + race);
        });
    }
}
