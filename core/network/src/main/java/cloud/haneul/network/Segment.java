package cloud.haneul.network;

import java.util.Optional;

/** How a network is told apart on the wire. */
record Segment(String type, Optional<String> physicalNetwork, Optional<Integer> id) {

    /** Unique over all networks; empty when the back end chooses by itself. */
    Optional<String> key() {
        return switch (type) {
            case "flat" -> Optional.of("flat/" + physicalNetwork.orElse(""));
            case "vlan" -> Optional.of("vlan/" + physicalNetwork.orElse("") + "/" + id.orElse(0));
            default -> id.map(number -> type + "/" + number);
        };
    }
}
