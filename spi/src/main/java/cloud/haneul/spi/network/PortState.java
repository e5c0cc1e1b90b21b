package cloud.haneul.spi.network;

import java.util.Optional;
import java.util.UUID;

/**
 * @param up whether a NIC is plugged and its flows are in place
 * @param host {@code networkHost} where it is plugged
 */
public record PortState(UUID port, boolean up, Optional<String> host) {}
