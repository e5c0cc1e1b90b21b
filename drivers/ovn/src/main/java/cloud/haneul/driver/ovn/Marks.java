package cloud.haneul.driver.ovn;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Notes in the external ids of every row we make: whose it is and what it is to its owner. They are the only memory of the
 * driver, so that any controller can go on with what another one began, and the only place where text of users goes.
 */
final class Marks {
    static final String COLUMN = "external_ids";
    static final String INSTALLATION = "haneul:installation";
    /** The network, port, router or security group the row was made for. */
    static final String ID = "haneul:id";
    /** What the row is to its owner; the owner's main row has none. */
    static final String PART = "haneul:part";
    /** Hash of all rows the owner should have; changes when any of them does. */
    static final String SPEC = "haneul:spec";

    static final String NAME = "haneul:name";
    static final String PROJECT = "haneul:project";
    static final String NETWORK = "haneul:network";
    static final String MTU = "haneul:mtu";
    static final String PHYSICAL_NETWORK = "haneul:physical-network";
    static final String ENABLED = "haneul:enabled";
    static final String SUBNET_V4 = "haneul:subnet-v4";
    static final String SUBNET_V6 = "haneul:subnet-v6";
    static final String GROUPS = "haneul:groups";
    static final String HOST_NAME = "haneul:host-name";
    static final String RULE = "haneul:rule";

    private Marks() {}

    static Map<String, String> of(String installation, UUID owner, String part) {
        Map<String, String> marks = new TreeMap<>();
        marks.put(INSTALLATION, installation);
        marks.put(ID, owner.toString());
        if (!part.isEmpty()) {
            marks.put(PART, part);
        }
        return marks;
    }

    static Optional<UUID> owner(Row row) {
        return row.mark(ID).flatMap(Marks::uuid);
    }

    static String part(Row row) {
        return row.mark(PART).orElse("");
    }

    private static Optional<UUID> uuid(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
