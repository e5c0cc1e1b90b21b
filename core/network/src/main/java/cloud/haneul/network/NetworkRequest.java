package cloud.haneul.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What somebody wants of a network, new or changed; empty is the default, or no change. */
public record NetworkRequest(
        Optional<String> projectId,
        Optional<String> name,
        Optional<String> description,
        Optional<Boolean> adminStateUp,
        Optional<Boolean> shared,
        Optional<Boolean> external,
        Optional<Boolean> isDefault,
        Optional<Boolean> portSecurityEnabled,
        Optional<Integer> mtu,
        Optional<String> dnsDomain,
        Optional<String> networkType,
        Optional<String> physicalNetwork,
        Optional<Integer> segmentationId) {

    /** A plain network of the caller's project. */
    public static NetworkRequest named(String name) {
        return of(Optional.of(name), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** What a person usually says of a network. */
    public static NetworkRequest of(
            Optional<String> name,
            Optional<String> description,
            Optional<Boolean> adminStateUp,
            Optional<Boolean> shared,
            Optional<Boolean> external) {
        return new NetworkRequest(
                Optional.empty(),
                name,
                description,
                adminStateUp,
                shared,
                external,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Attributes with rules of their own that this sets to other than their defaults. */
    List<String> guarded(boolean create) {
        List<String> names = new ArrayList<>();
        flag(names, "shared", shared, create, false);
        flag(names, "router:external", external, create, false);
        flag(names, "is_default", isDefault, create, false);
        flag(names, "port_security_enabled", portSecurityEnabled, create, true);
        networkType.ifPresent(any -> names.add("provider:network_type"));
        physicalNetwork.ifPresent(any -> names.add("provider:physical_network"));
        segmentationId.ifPresent(any -> names.add("provider:segmentation_id"));
        return names;
    }

    private static void flag(List<String> names, String name, Optional<Boolean> value, boolean create, boolean usual) {
        if (value.isPresent() && !(create && value.get() == usual)) {
            names.add(name);
        }
    }
}
