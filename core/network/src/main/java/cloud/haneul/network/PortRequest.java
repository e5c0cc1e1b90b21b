package cloud.haneul.network;

import cloud.haneul.network.Port.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What somebody wants of a port, new or changed; empty is the default, or no change.
 *
 * @param securityGroups ids; the project's default group when a new port says nothing
 * @param host the compute host it is bound to; empty text unbinds
 */
public record PortRequest(
        Optional<String> projectId,
        Optional<UUID> networkId,
        Optional<String> name,
        Optional<String> description,
        Optional<Boolean> adminStateUp,
        Optional<String> mac,
        Optional<List<Fixed>> fixedIps,
        Optional<String> deviceId,
        Optional<String> deviceOwner,
        Optional<List<UUID>> securityGroups,
        Optional<List<Pair>> allowedPairs,
        Optional<Boolean> portSecurityEnabled,
        Optional<String> dnsName,
        Optional<String> host,
        Optional<String> vnicType,
        Optional<Map<String, Object>> bindingProfile) {

    /** One wanted address: of a subnet, a certain one, or both. */
    public record Fixed(Optional<UUID> subnetId, Optional<String> ip) {}

    /** A plain port on a network. */
    public static PortRequest on(UUID networkId, String name) {
        return of(networkId, name, "", "", Optional.empty(), Optional.empty());
    }

    static PortRequest of(
            UUID networkId,
            String name,
            String deviceId,
            String deviceOwner,
            Optional<List<Fixed>> fixedIps,
            Optional<List<UUID>> securityGroups) {
        return new PortRequest(
                Optional.empty(),
                Optional.of(networkId),
                Optional.of(name),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                fixedIps,
                Optional.of(deviceId),
                Optional.of(deviceOwner),
                securityGroups,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Attributes with rules of their own that this sets. */
    List<String> guarded(boolean create) {
        List<String> names = new ArrayList<>();
        mac.ifPresent(any -> names.add("mac_address"));
        fixedIps.ifPresent(fixed -> {
            names.add("fixed_ips");
            if (fixed.stream().anyMatch(f -> f.ip().isPresent())) {
                names.add("fixed_ips:ip_address");
            }
            if (fixed.stream().anyMatch(f -> f.subnetId().isPresent())) {
                names.add("fixed_ips:subnet_id");
            }
        });
        deviceOwner.filter(owner -> !create || !owner.isEmpty()).ifPresent(any -> names.add("device_owner"));
        allowedPairs.filter(pairs -> !create || !pairs.isEmpty()).ifPresent(any -> names.add("allowed_address_pairs"));
        portSecurityEnabled.filter(on -> !create || !on).ifPresent(any -> names.add("port_security_enabled"));
        host.filter(name -> !create || !name.isEmpty()).ifPresent(any -> names.add("binding:host_id"));
        vnicType.filter(type -> !create || !type.equals("normal")).ifPresent(any -> names.add("binding:vnic_type"));
        bindingProfile.filter(profile -> !create || !profile.isEmpty()).ifPresent(any -> names.add("binding:profile"));
        return names;
    }

    /** A MAC address in canonical form; empty for what is none. */
    public static Optional<String> mac(String text) {
        return Macs.parse(text);
    }

    public static boolean isAddressOrRange(String text) {
        return Cidr.parse(text).isPresent();
    }
}
