package cloud.haneul.driver.ovn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.haneul.spi.network.NetworkSpec;
import cloud.haneul.spi.network.NetworkSpec.SubnetSpec;
import cloud.haneul.spi.network.PortSpec;
import cloud.haneul.spi.network.RouterSpec;
import cloud.haneul.spi.network.SecurityGroupSpec;
import cloud.haneul.spi.network.SecurityGroupSpec.Rule;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network with IPv6 alone. */
class Ipv6Test {
    private static final int ICMP_V6 = 58;

    @TempDir
    Path folder;

    private Cloud cloud;
    private final UUID network = UUID.randomUUID();
    private final UUID subnet = UUID.randomUUID();

    @BeforeEach
    void build() {
        cloud = new Cloud(folder);
        SubnetSpec only = new SubnetSpec(
                subnet, "fd00:8::/64", Optional.of("fd00:8::1"), true, List.of("2001:db8::53"), List.of(), "fd00:8::1");
        cloud.driver()
                .ensureNetwork(new NetworkSpec(
                        network,
                        "six",
                        Cloud.PROJECT,
                        "geneve",
                        Optional.empty(),
                        Optional.empty(),
                        1400,
                        true,
                        false,
                        List.of(only),
                        Optional.empty()));
        cloud.driver()
                .ensureRouter(new RouterSpec(
                        cloud.router,
                        "router",
                        Cloud.PROJECT,
                        true,
                        List.of(new RouterSpec.Interface(
                                UUID.randomUUID(), network, Cloud.mac(1), List.of("fd00:8::1/64"))),
                        Optional.empty(),
                        List.of(),
                        List.of()));
    }

    @AfterEach
    void leaveNothing() {
        if (cloud != null) {
            cloud.close();
        }
    }

    @Test
    void guestsFindTheRouterAndEachOtherAndCannotUseOthersAddresses() {
        UUID group = UUID.randomUUID();
        cloud.driver()
                .ensureSecurityGroup(new SecurityGroupSpec(
                        group,
                        "six",
                        Cloud.PROJECT,
                        List.of(rule(true, Optional.of(group)), rule(false, Optional.empty()))));
        Guest one = guest(11, group);
        Guest two = guest(12, group);
        await().atMost(Cloud.PATIENCE).until(() -> one.announcedRoutes().contains("default via fe80::"));
        await().atMost(Cloud.PATIENCE).until(() -> one.pings6("fd00:8::1"));
        await().atMost(Cloud.PATIENCE).until(() -> one.pings6("fd00:8::12"));
        two.setAddress("fd00:8::99/128");
        assertThat(one.pings6("fd00:8::99")).isFalse();
    }

    private Guest guest(int last, UUID group) {
        Guest guest = cloud.plugged(new PortSpec(
                UUID.randomUUID(),
                network,
                Cloud.PROJECT,
                Cloud.mac(last),
                List.of(new PortSpec.Address(subnet, "fd00:8::" + last)),
                true,
                true,
                Set.of(group),
                List.of(),
                Optional.of(OvnMachine.CHASSIS),
                Optional.of("six-" + last)));
        guest.setAddress("fd00:8::" + last + "/64");
        return guest;
    }

    private static Rule rule(boolean ingress, Optional<UUID> members) {
        return new Rule(
                UUID.randomUUID(),
                ingress,
                true,
                Optional.of(ICMP_V6),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                members);
    }
}
