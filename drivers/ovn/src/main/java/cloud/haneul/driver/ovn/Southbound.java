package cloud.haneul.driver.ovn;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** What OVN knows of the hosts: its chassis, and which port is plugged where. */
final class Southbound {
    static final String DATABASE = "OVN_Southbound";
    static final Map<String, List<String>> COPIED = Map.of(
            "Chassis", List.of("name", "hostname", "external_ids", "other_config"),
            "Port_Binding", List.of("logical_port", "type", "chassis", "up"));
    private static final String BRIDGE_MAPPINGS = "ovn-bridge-mappings";
    private static final String OPTIONS = "ovn-cms-options";
    private static final String GATEWAY = "enable-chassis-as-gw";
    private static final int GATEWAYS = 5;

    private final OvsdbClient client;

    Southbound(OvsdbClient client) {
        this.client = client;
    }

    static String key(Row row) {
        return switch (row.table()) {
            case "Chassis" -> "chassis:" + row.text("name").orElse("");
            case "Port_Binding" -> "port:" + row.text("logical_port").orElse("");
            default -> "";
        };
    }

    /** Where the port is plugged. */
    Optional<String> chassisOf(UUID port) {
        return client.rows().read(rows -> rows.first("Port_Binding", "port:" + port)
                .flatMap(binding -> binding.references("chassis").stream().findFirst())
                .flatMap(chassis -> rows.row("Chassis", chassis))
                .flatMap(chassis -> chassis.text("name")));
    }

    /** Guests' ports that are plugged on the chassis. */
    Set<String> portsOn(String chassis) {
        return client.rows().read(rows -> rows.first("Chassis", "chassis:" + chassis)
                .map(row -> rows.table("Port_Binding").stream()
                        .filter(binding -> binding.refers("chassis", row.uuid())
                                && binding.text("type").orElse("").isEmpty())
                        .flatMap(binding -> binding.text("logical_port").stream())
                        .collect(Collectors.toSet()))
                .orElse(Set.of()));
    }

    boolean hasChassis(String name) {
        return client.rows()
                .read(rows -> rows.first("Chassis", "chassis:" + name).isPresent());
    }

    /** Whether Open vSwitch on the chassis works without its kernel module. */
    boolean isUserspace(String chassis) {
        return client.rows().read(rows -> rows.first("Chassis", "chassis:" + chassis)
                .map(row -> "netdev".equals(option(row, "datapath-type")))
                .orElse(false));
    }

    /**
     * Chassis for a router's gateway to the physical network, or to any network; those that the operator marked as gateways when
     * there are any. The order is random but always the same for a router, so routers spread over the chassis, a chassis that
     * comes or goes moves few of them, and no controller has to remember or tell another.
     */
    List<String> gatewaysFor(UUID router, Optional<String> physicalNetwork) {
        List<Row> connected = client.rows().read(rows -> rows.table("Chassis").stream()
                .filter(row -> physicalNetwork.map(name -> maps(row, name)).orElse(true))
                .toList());
        List<Row> marked = connected.stream()
                .filter(row -> Arrays.asList(option(row, OPTIONS).split(",")).contains(GATEWAY))
                .toList();
        return (marked.isEmpty() ? connected : marked)
                .stream()
                        .map(row -> row.text("name").orElse(""))
                        .sorted(Comparator.comparing((String name) -> weight(router, name))
                                .thenComparing(name -> name))
                        .limit(GATEWAYS)
                        .toList();
    }

    private static UUID weight(UUID router, String chassis) {
        return UUID.nameUUIDFromBytes((router + " " + chassis).getBytes(StandardCharsets.UTF_8));
    }

    private static boolean maps(Row chassis, String physicalNetwork) {
        return Arrays.stream(option(chassis, BRIDGE_MAPPINGS).split(","))
                .anyMatch(mapping -> mapping.strip().startsWith(physicalNetwork + ":"));
    }

    /** Newer versions write into other_config what older ones wrote into external_ids. */
    private static String option(Row chassis, String name) {
        return chassis.map("other_config")
                .getOrDefault(name, chassis.map("external_ids").getOrDefault(name, ""));
    }
}
