package cloud.haneul.spi.compute;

/** How a network back end wants a domain's NIC to be plugged. The scheduler matches it with what a hypervisor accepts. */
public sealed interface VifAttachment {

    /** A port of an Open vSwitch bridge whose interface carries {@code external_ids:iface-id}. */
    record OvsPort(String bridge, String interfaceId, boolean userspaceDatapath) implements VifAttachment {}

    /** A tap device in a Linux bridge. */
    record BridgeTap(String bridge) implements VifAttachment {}

    /** Nothing to plug: the simulator's network. */
    record Simulated(String network) implements VifAttachment {}
}
