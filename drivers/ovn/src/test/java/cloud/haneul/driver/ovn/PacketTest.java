package cloud.haneul.driver.ovn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.haneul.spi.network.PortSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What guests notice of all this: real packets through a real OVN. */
class PacketTest {
    @TempDir
    Path folder;

    private Cloud cloud;

    @BeforeEach
    void build() {
        cloud = new Cloud(folder);
    }

    @AfterEach
    void leaveNothing() {
        if (cloud != null) {
            cloud.close();
        }
    }

    @Test
    void aGuestIsToldItsAddressNameAndRoutes() {
        Guest guest = cloud.plugged(cloud.port(11, Set.of(cloud.group())));
        assertThat(guest.askForAddress())
                .contains("ip=10.8.0.11 host=guest-11 dns=192.0.2.53 domain=haneul.internal mtu=1400");
        assertThat(guest.run("ip", "route").output()).contains("default via 10.8.0.1", "169.254.169.254 via 10.8.0.2");
    }

    @Test
    void aGuestWithoutAnySecurityGroupStillGetsItsAddress() {
        cloud.guest(11);
    }

    @Test
    void aSubnetThatStopsItsDhcpAnswersNobody() {
        Guest guest = cloud.guest(11, cloud.group());
        cloud.driver().ensureNetwork(cloud.networkSpec(true, false));
        await().atMost(Cloud.PATIENCE).until(guest::getsNoAddress);
        cloud.driver().ensureNetwork(cloud.networkSpec(true, true));
        await().atMost(Cloud.PATIENCE).until(() -> !guest.getsNoAddress());
    }

    @Test
    void membersOfAGroupReachEachOtherAndOthersOnlyWhatARuleAllows() {
        UUID friends = cloud.group();
        UUID others = cloud.group();
        Guest server = cloud.guest(11, friends);
        server.serve(8080);
        server.serve(22);
        Guest friend = cloud.guest(12, friends);
        Guest stranger = cloud.guest(13, others);
        await().atMost(Cloud.PATIENCE)
                .until(() -> friend.fetch("http://10.8.0.11:8080/cgi-bin/who").equals("10.8.0.12"));
        assertThat(friend.pings("10.8.0.11")).isTrue();
        assertThat(stranger.fetch("http://10.8.0.11:22/cgi-bin/who")).isEqualTo("10.8.0.13");
        assertThat(stranger.fetch("http://10.8.0.11:8080/cgi-bin/who")).isEmpty();
        assertThat(stranger.pings("10.8.0.11")).isFalse();
    }

    @Test
    void aGuestThatJoinsAGroupIsLetInAndOneThatLeavesIsShutOut() {
        UUID friends = cloud.group();
        Guest server = cloud.guest(11, friends);
        PortSpec port = cloud.port(12, Set.of(cloud.group()));
        Guest guest = cloud.plugged(port);
        guest.askForAddress();
        assertThat(guest.pings("10.8.0.11")).isFalse();
        cloud.driver().ensurePort(with(port, Set.of(friends), true, port.addresses(), List.of()));
        await().atMost(Cloud.PATIENCE).until(() -> guest.pings("10.8.0.11"));
        cloud.driver().ensurePort(with(port, Set.of(), true, port.addresses(), List.of()));
        await().atMost(Cloud.PATIENCE).until(() -> !guest.pings("10.8.0.11"));
        assertThat(server.port()).isNotEqualTo(guest.port());
    }

    @Test
    void aGuestCannotUseAnAddressThatIsNotItsOwnUnlessItIsAllowedTo() {
        UUID friends = cloud.group();
        // lets everything in, so that nothing but the sender's own port can stop a packet
        PortSpec open = cloud.port(11, Set.of());
        cloud.plugged(with(open, Set.of(), false, open.addresses(), List.of())).askForAddress();
        PortSpec port = cloud.port(12, Set.of(friends));
        Guest guest = cloud.plugged(port);
        guest.askForAddress();
        guest.setAddress("10.8.0.99/32");
        await().atMost(Cloud.PATIENCE).until(() -> guest.pings("10.8.0.11"));
        assertThat(guest.pingsFrom("10.8.0.99", "10.8.0.11")).isFalse();
        List<PortSpec.AllowedPair> pairs = List.of(new PortSpec.AllowedPair(port.mac(), "10.8.0.99"));
        cloud.driver().ensurePort(with(port, Set.of(friends), true, port.addresses(), pairs));
        await().atMost(Cloud.PATIENCE).until(() -> guest.pingsFrom("10.8.0.99", "10.8.0.11"));
    }

    @Test
    void aGuestWithoutAnAddressCannotTakeOne() {
        UUID friends = cloud.group();
        Guest other = cloud.guest(11, friends);
        PortSpec port = cloud.port(12, Set.of(friends));
        Guest guest = cloud.plugged(with(port, Set.of(friends), true, List.of(), List.of()));
        guest.setAddress("10.8.0.12/24");
        assertThat(guest.pings("10.8.0.11")).isFalse();
        assertThat(other.pings("10.8.0.12")).isFalse();
        cloud.driver().ensurePort(port);
        await().atMost(Cloud.PATIENCE).until(() -> guest.pings("10.8.0.11"));
    }

    @Test
    void withoutPortSecurityEverythingPasses() {
        UUID friends = cloud.group();
        Guest other = cloud.guest(11, friends);
        PortSpec port = cloud.port(12, Set.of());
        Guest guest = cloud.plugged(with(port, Set.of(), false, port.addresses(), List.of()));
        guest.askForAddress();
        guest.setAddress("10.8.0.99/24");
        await().atMost(Cloud.PATIENCE).until(() -> other.pings("10.8.0.99"));
        assertThat(other.pings("10.8.0.12")).isTrue();
    }

    @Test
    void throughANetworkThatIsOffNothingPasses() {
        UUID friends = cloud.group();
        Guest one = cloud.guest(11, friends);
        cloud.guest(12, friends);
        await().atMost(Cloud.PATIENCE).until(() -> one.pings("10.8.0.12"));
        cloud.driver().ensureNetwork(cloud.networkSpec(false, true));
        await().atMost(Cloud.PATIENCE).until(() -> !one.pings("10.8.0.12"));
        cloud.driver().ensureNetwork(cloud.networkSpec(true, true));
        await().atMost(Cloud.PATIENCE).until(() -> one.pings("10.8.0.12"));
    }

    @Test
    void guestsFindEachOtherByName() {
        UUID friends = cloud.group();
        Guest one = cloud.guest(11, friends);
        Guest two = cloud.guest(12, friends);
        // the question must be on its way to somewhere to be answered
        cloud.ensureRouter();
        for (String name : List.of("guest-12", "guest-12.haneul.internal")) {
            await().atMost(Cloud.PATIENCE).until(() -> one.run("busybox", "nslookup", "-type=a", name, "192.0.2.53")
                    .output()
                    .contains("10.8.0.12"));
        }
        cloud.driver().removePort(two.port());
        await().atMost(Cloud.PATIENCE)
                .until(() -> !one.run("timeout", "2", "busybox", "nslookup", "-type=a", "guest-12", "192.0.2.53")
                        .output()
                        .contains("10.8.0.12"));
    }

    @Test
    void outsideAGuestIsSeenAsTheRouter() {
        Process server = Guest.whoAmI(cloud.machine.netns(), 8088);
        try {
            cloud.ensureRouter();
            Guest guest = cloud.guest(11, cloud.group());
            await().atMost(Cloud.PATIENCE).until(() -> guest.fetch("http://" + OvnMachine.OUTSIDE + ":8088/cgi-bin/who")
                    .equals("172.24.4.20"));
        } finally {
            server.destroy();
        }
    }

    @Test
    void aFloatingIpLeadsInAndIsSeenOutsideAndIsGoneWhenTakenAway() {
        Process server = Guest.whoAmI(cloud.machine.netns(), 8088);
        try {
            Guest guest = cloud.guest(11, cloud.group());
            guest.serve(22);
            cloud.ensureRouter(cloud.floatingIp(guest));
            await().atMost(Cloud.PATIENCE).until(() -> guest.fetch("http://" + OvnMachine.OUTSIDE + ":8088/cgi-bin/who")
                    .equals("172.24.4.50"));
            assertThat(fetchFromOutside("http://172.24.4.50:22/cgi-bin/who")).isEqualTo(OvnMachine.OUTSIDE);
            cloud.ensureRouter();
            await().atMost(Cloud.PATIENCE).until(() -> guest.fetch("http://" + OvnMachine.OUTSIDE + ":8088/cgi-bin/who")
                    .equals("172.24.4.20"));
            assertThat(fetchFromOutside("http://172.24.4.50:22/cgi-bin/who")).isEmpty();
        } finally {
            server.destroy();
        }
    }

    private String fetchFromOutside(String url) {
        return Shell.run(cloud.machine.outside("curl", "-s", "-m", "3", url)).output();
    }

    private static PortSpec with(
            PortSpec port,
            Set<UUID> groups,
            boolean security,
            List<PortSpec.Address> addresses,
            List<PortSpec.AllowedPair> pairs) {
        return new PortSpec(
                port.id(),
                port.network(),
                port.projectId(),
                port.mac(),
                addresses,
                true,
                security,
                groups,
                pairs,
                port.host(),
                Optional.of("guest"));
    }
}
