package cloud.haneul.spi.compute;

import java.util.UUID;

/** A domain as the hypervisor sees it. */
public record DomainState(UUID server, PowerState power) {}
