package cloud.haneul.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cloud.haneul.spi.DriverException;
import cloud.haneul.spi.compute.VifAttachment;
import cloud.haneul.spi.network.NetworkSpec;
import cloud.haneul.spi.network.PortSpec;
import cloud.haneul.spi.network.PortState;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Ports, their attachments, and their coming up. */
public interface PortContract extends NetworkUnderTest {

    @Test
    default void aPortIsMadeOnceAndIsDownUntilPlugged() {
        PortSpec port = port(network(1), 10);
        driver().ensurePort(port);
        assertThat(driver().inventory().ports()).contains(port.id());
        assertThat(driver().observePort(port.id())).contains(new PortState(port.id(), false, Optional.empty()));
    }

    @Test
    default void anUnknownPortIsObservedAsAbsent() {
        assertThat(driver().observePort(UUID.randomUUID())).isEmpty();
    }

    @Test
    default void aRemovedPortIsGoneAndRemovingItAgainSucceeds() {
        PortSpec port = port(network(1), 10);
        driver().removePort(port.id());
        assertThat(driver().observePort(port.id())).isEmpty();
        assertThat(driver().inventory().ports()).doesNotContain(port.id());
        driver().removePort(port.id());
    }

    @Test
    default void aPortFollowsItsSpecification() {
        NetworkSpec network = network(1);
        UUID subnet = network.subnets().get(0).id();
        UUID group = group();
        UUID other = group();
        UUID id = UUID.randomUUID();
        List<PortSpec.Address> one = List.of(new PortSpec.Address(subnet, "10.9.1.10"));
        List<PortSpec.Address> two =
                List.of(new PortSpec.Address(subnet, "10.9.1.11"), new PortSpec.Address(subnet, "10.9.1.12"));
        List<PortSpec.AllowedPair> pairs = List.of(
                new PortSpec.AllowedPair(Topology.mac(1, 99), "10.9.1.99"),
                new PortSpec.AllowedPair(Topology.mac(1, 10), "172.16.0.0/24"));
        for (PortSpec step : List.of(
                spec(id, network, List.of(), true, true, Set.of(), List.of()),
                spec(id, network, one, true, true, Set.of(group), List.of()),
                spec(id, network, two, true, true, Set.of(group, other), pairs),
                spec(id, network, two, true, true, Set.of(other), List.of()),
                spec(id, network, one, true, false, Set.of(), List.of()),
                spec(id, network, one, false, true, Set.of(group), List.of()))) {
            driver().ensurePort(step);
            driver().ensurePort(step);
            assertThat(driver().inventory().ports()).contains(id);
            assertThat(driver().observePort(id)).isPresent();
        }
    }

    @Test
    default void aPortKeepsWorkingWhenItsNetworksSubnetsChange() {
        NetworkSpec network = network(1);
        PortSpec port = port(network, 10);
        NetworkSpec.SubnetSpec old = network.subnets().get(0);
        driver().ensureNetwork(tenantNetwork(
                network.id(),
                new NetworkSpec.SubnetSpec(
                        old.id(), old.cidr(), old.gateway(), true, List.of("192.0.2.54"), List.of(), old.dhcpServer()),
                Topology.subnet(2)));
        assertThat(driver().observePort(port.id())).isPresent();
        driver().ensurePort(port);
    }

    @Test
    default void aPortWithoutItsNetworkIsRefused() {
        NetworkSpec missing = tenantNetwork(UUID.randomUUID(), Topology.subnet(1));
        PortSpec port = Topology.port(UUID.randomUUID(), missing, 1, 10, Set.of());
        Refusal.of(() -> driver().ensurePort(port), DriverException.Code.NOT_FOUND);
        assertThat(driver().inventory().ports()).doesNotContain(port.id());
    }

    @Test
    default void aPortWithoutItsSecurityGroupIsRefused() {
        // letting it through would leave the guest without the protection its owner asked for
        PortSpec port = Topology.port(UUID.randomUUID(), network(1), 1, 10, Set.of(UUID.randomUUID()));
        Refusal.of(() -> driver().ensurePort(port), DriverException.Code.NOT_FOUND);
    }

    @Test
    default void aSecurityGroupsRulesCanChangeUnderItsPorts() {
        UUID group = group();
        PortSpec port = Topology.port(UUID.randomUUID(), network(1), 1, 10, Set.of(group));
        driver().ensurePort(port);
        driver().ensureSecurityGroup(Topology.group(group, group));
        assertThat(driver().observePort(port.id())).isPresent();
    }

    @Test
    default void anAttachmentIsTheSameEachTimeItIsAskedFor() {
        PortSpec port = port(network(1), 10);
        VifAttachment attachment = driver().attachment(port.id(), networkHost());
        assertThat(attachment).isInstanceOf(attachmentType());
        assertThat(driver().attachment(port.id(), networkHost())).isEqualTo(attachment);
        driver().ensurePort(bound(port));
        assertThat(driver().attachment(port.id(), networkHost())).isEqualTo(attachment);
    }

    @Test
    default void anUnknownPortHasNoAttachment() {
        Refusal.of(() -> driver().attachment(UUID.randomUUID(), networkHost()), DriverException.Code.NOT_FOUND);
    }

    @Test
    default void aPortComesUpWhenItIsPluggedAndGoesDownWhenUnplugged() {
        assumeTrue(plug().isPresent(), "this machine cannot plug NICs into the back end under test");
        PortSpec port = port(network(1), 10);
        VifAttachment attachment = driver().attachment(port.id(), networkHost());
        driver().ensurePort(bound(port));
        plug().get().in(port.id(), port.mac(), attachment);
        PortState up = new PortState(port.id(), true, Optional.of(networkHost()));
        await().atMost(patience()).until(() -> driver().observePort(port.id()).equals(Optional.of(up)));
        reopen();
        assertThat(driver().observePort(port.id())).contains(up);
        plug().get().out(port.id(), attachment);
        await().atMost(patience())
                .until(() ->
                        driver().observePort(port.id()).filter(PortState::up).isEmpty());
    }

    private PortSpec port(NetworkSpec network, int last) {
        PortSpec port = Topology.port(UUID.randomUUID(), network, 1, last, Set.of());
        driver().ensurePort(port);
        return port;
    }

    private UUID group() {
        UUID group = UUID.randomUUID();
        driver().ensureSecurityGroup(Topology.group(group));
        return group;
    }

    private PortSpec bound(PortSpec port) {
        return new PortSpec(
                port.id(),
                port.network(),
                port.projectId(),
                port.mac(),
                port.addresses(),
                true,
                true,
                port.securityGroups(),
                port.allowedPairs(),
                Optional.of(networkHost()),
                port.hostName());
    }

    private static PortSpec spec(
            UUID id,
            NetworkSpec network,
            List<PortSpec.Address> addresses,
            boolean up,
            boolean security,
            Set<UUID> groups,
            List<PortSpec.AllowedPair> pairs) {
        return new PortSpec(
                id,
                network.id(),
                Topology.PROJECT,
                Topology.mac(1, 10),
                addresses,
                up,
                security,
                groups,
                pairs,
                Optional.empty(),
                Optional.of("guest"));
    }
}
