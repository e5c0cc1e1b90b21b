package cloud.haneul.tck;

import cloud.haneul.spi.Secret;
import cloud.haneul.spi.network.NetworkSpec;
import cloud.haneul.spi.network.PortSpec;
import cloud.haneul.spi.network.RouterSpec;
import cloud.haneul.spi.network.SecurityGroupSpec;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Specifications of networks and what hangs on them, each in its plainest form; a test says what it wants otherwise by the
 * records' own constructors. Networks are {@code 10.9.N.0/24} with the router at {@code .1}.
 */
public final class Topology {
    public static final String PROJECT = "0123456789abcdef0123456789abcdef";

    private Topology() {}

    public static NetworkSpec network(UUID id, String type, NetworkSpec.SubnetSpec... subnets) {
        return new NetworkSpec(
                id,
                "net 한울 <1>",
                PROJECT,
                type,
                Optional.empty(),
                Optional.empty(),
                1400,
                true,
                false,
                List.of(subnets),
                Optional.empty());
    }

    public static NetworkSpec.SubnetSpec subnet(int number) {
        return subnet(UUID.randomUUID(), number);
    }

    public static NetworkSpec.SubnetSpec subnet(UUID id, int number) {
        String prefix = "10.9." + number;
        return new NetworkSpec.SubnetSpec(
                id,
                prefix + ".0/24",
                Optional.of(prefix + ".1"),
                true,
                List.of("192.0.2.53"),
                List.of(new NetworkSpec.Route("198.51.100.0/24", prefix + ".7")),
                prefix + ".2");
    }

    public static NetworkSpec.SubnetSpec subnet6(int number) {
        String prefix = "fd00:9:" + number + "::";
        return new NetworkSpec.SubnetSpec(
                UUID.randomUUID(),
                prefix + "/64",
                Optional.of(prefix + "1"),
                true,
                List.of("2001:db8::53"),
                List.of(),
                prefix + "2");
    }

    public static NetworkSpec.Metadata metadata(int number, String endpoint) {
        return new NetworkSpec.Metadata(
                UUID.randomUUID(), "10.9." + number + ".3", 24, mac(number, 3), endpoint, new Secret("tck-secret"));
    }

    public static PortSpec port(UUID id, NetworkSpec network, int number, int last, Collection<UUID> groups) {
        return new PortSpec(
                id,
                network.id(),
                PROJECT,
                mac(number, last),
                List.of(new PortSpec.Address(network.subnets().get(0).id(), "10.9." + number + "." + last)),
                true,
                true,
                Set.copyOf(groups),
                List.of(),
                Optional.empty(),
                Optional.of("guest-" + last));
    }

    /** SSH and ping from anywhere, everything from members of {@code friends}, everything out. */
    public static SecurityGroupSpec group(UUID id, UUID... friends) {
        java.util.ArrayList<SecurityGroupSpec.Rule> rules = new java.util.ArrayList<>();
        rules.add(rule(true, 6, 22, 22, Optional.of("0.0.0.0/0"), Optional.empty()));
        rules.add(rule(true, 1, 8, 0, Optional.empty(), Optional.empty()));
        rules.add(new SecurityGroupSpec.Rule(
                UUID.randomUUID(),
                false,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
        for (UUID friend : friends) {
            rules.add(new SecurityGroupSpec.Rule(
                    UUID.randomUUID(),
                    true,
                    false,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(friend)));
        }
        return new SecurityGroupSpec(id, "group 한울 <1>", PROJECT, rules);
    }

    public static SecurityGroupSpec.Rule rule(
            boolean ingress, int protocol, int min, int max, Optional<String> prefix, Optional<UUID> group) {
        return new SecurityGroupSpec.Rule(
                UUID.randomUUID(),
                ingress,
                false,
                Optional.of(protocol),
                Optional.of(min),
                Optional.of(max),
                prefix,
                group);
    }

    public static RouterSpec router(UUID id, RouterSpec.Interface... interfaces) {
        return new RouterSpec(
                id, "router 한울 <1>", PROJECT, true, List.of(interfaces), Optional.empty(), List.of(), List.of());
    }

    /** The router's leg in the numbered network. */
    public static RouterSpec.Interface leg(UUID network, int number) {
        return new RouterSpec.Interface(
                UUID.randomUUID(), network, mac(number, 1), List.of("10.9." + number + ".1/24"));
    }

    public static String mac(int number, int last) {
        return "fa:16:3e:09:%02x:%02x".formatted(number, last);
    }
}
