package cloud.haneul.spi.network;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * @param addresses fixed addresses, with the subnet each is in
 * @param portSecurity anti-spoofing and security groups on; without it everything passes
 * @param allowedPairs further (MAC, IP or CIDR) the guest may use
 * @param host {@code networkHost} the port is bound to, when bound
 * @param hostName name given to the guest by DHCP and DNS
 */
public record PortSpec(
        UUID id,
        UUID network,
        String projectId,
        String mac,
        List<Address> addresses,
        boolean adminStateUp,
        boolean portSecurity,
        Set<UUID> securityGroups,
        List<AllowedPair> allowedPairs,
        Optional<String> host,
        Optional<String> hostName) {
    public PortSpec {
        addresses = List.copyOf(addresses);
        securityGroups = Set.copyOf(securityGroups);
        allowedPairs = List.copyOf(allowedPairs);
    }

    public record Address(UUID subnet, String ip) {}

    public record AllowedPair(String mac, String ip) {}
}
