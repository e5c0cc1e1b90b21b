package cloud.haneul.spi.network;

import java.util.Set;

/**
 * @param networkTypes accepted in {@link NetworkSpec#type()}: {@code geneve}, {@code flat}, {@code vlan}, ...
 * @param tenantType the type of networks for which nobody asked for one
 * @param maxMtu largest MTU of a tenant network in bytes
 * @param physicalNetworks names that flat and vlan networks may use
 */
public record NetworkCapabilities(
        Set<String> networkTypes, String tenantType, int maxMtu, Set<String> physicalNetworks) {
    public NetworkCapabilities {
        networkTypes = Set.copyOf(networkTypes);
        physicalNetworks = Set.copyOf(physicalNetworks);
    }
}
