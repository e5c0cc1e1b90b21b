package cloud.haneul.tck;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.haneul.spi.DriverException;
import cloud.haneul.spi.network.NetworkCapabilities;
import cloud.haneul.spi.network.NetworkSpec;
import cloud.haneul.spi.network.NetworkSpec.SubnetSpec;
import cloud.haneul.spi.network.SecurityGroupSpec;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Networks with their subnets, and security groups. */
public interface SwitchingContract extends NetworkUnderTest {

    @Test
    default void theBackEndSaysWhatItCan() {
        NetworkCapabilities capabilities = driver().capabilities();
        assertThat(capabilities.networkTypes()).contains(capabilities.tenantType());
        assertThat(capabilities.maxMtu()).isBetween(1280, 65535);
    }

    @Test
    default void aNetworkIsMadeOnceHoweverOftenAsked() {
        NetworkSpec network = network(1);
        driver().ensureNetwork(network);
        assertThat(driver().inventory().networks()).containsExactly(network.id());
    }

    @Test
    default void aRemovedNetworkIsGoneAndRemovingItAgainSucceeds() {
        NetworkSpec network = network(1);
        driver().removeNetwork(network.id());
        assertNothingIsLeft();
        driver().removeNetwork(network.id());
    }

    @Test
    default void removingWhatNeverWasSucceeds() {
        driver().removeRouter(UUID.randomUUID());
        driver().removePort(UUID.randomUUID());
        driver().removeNetwork(UUID.randomUUID());
        driver().removeSecurityGroup(UUID.randomUUID());
    }

    @Test
    default void aNetworkFollowsItsSpecification() {
        UUID id = UUID.randomUUID();
        UUID subnet = UUID.randomUUID();
        SubnetSpec plain = Topology.subnet(subnet, 1);
        SubnetSpec changed =
                new SubnetSpec(subnet, plain.cidr(), plain.gateway(), false, List.of(), List.of(), plain.dhcpServer());
        SubnetSpec gatewayless = new SubnetSpec(
                subnet, plain.cidr(), Optional.empty(), true, plain.dnsServers(), List.of(), plain.dhcpServer());
        for (NetworkSpec step : List.of(
                tenantNetwork(id),
                tenantNetwork(id, plain),
                tenantNetwork(id, changed),
                tenantNetwork(id, gatewayless),
                tenantNetwork(id, plain, Topology.subnet(2)),
                tenantNetwork(id, plain, Topology.subnet6(1)),
                tenantNetwork(id))) {
            driver().ensureNetwork(step);
            driver().ensureNetwork(step);
            assertThat(driver().inventory().networks()).containsExactly(id);
        }
    }

    @Test
    default void aNetworkCanBeRenamedAndSwitchedOffAndGetMetadata() {
        NetworkSpec network = network(1);
        NetworkSpec.Metadata metadata = Topology.metadata(1, metadataEndpoint());
        for (boolean up : new boolean[] {false, true}) {
            for (Optional<NetworkSpec.Metadata> m :
                    List.of(Optional.of(metadata), Optional.<NetworkSpec.Metadata>empty())) {
                NetworkSpec changed = new NetworkSpec(
                        network.id(),
                        "renamed " + up,
                        network.projectId(),
                        network.type(),
                        network.physicalNetwork(),
                        network.segmentationId(),
                        1300,
                        up,
                        false,
                        network.subnets(),
                        m);
                driver().ensureNetwork(changed);
                driver().ensureNetwork(changed);
                assertThat(driver().inventory().networks()).containsExactly(network.id());
            }
        }
    }

    @Test
    default void aNetworkWithMetadataIsRemovedWithoutATrace() {
        NetworkSpec plain = network(1);
        driver().ensureNetwork(new NetworkSpec(
                plain.id(),
                plain.name(),
                plain.projectId(),
                plain.type(),
                plain.physicalNetwork(),
                plain.segmentationId(),
                plain.mtu(),
                true,
                false,
                plain.subnets(),
                Optional.of(Topology.metadata(1, metadataEndpoint()))));
        driver().removeNetwork(plain.id());
        assertNothingIsLeft();
    }

    @Test
    default void anUnknownTypeOfNetworkIsRefused() {
        UUID id = UUID.randomUUID();
        Refusal.of(
                () -> driver().ensureNetwork(Topology.network(id, "tck-no-such-type")),
                DriverException.Code.INVALID,
                DriverException.Code.UNSUPPORTED);
        assertThat(driver().inventory().networks()).isEmpty();
    }

    @Test
    default void anUnknownPhysicalNetworkIsRefused() {
        if (driver().capabilities().networkTypes().contains("flat")) {
            NetworkSpec network = new NetworkSpec(
                    UUID.randomUUID(),
                    "nowhere",
                    Topology.PROJECT,
                    "flat",
                    Optional.of("tck-no-such-physnet"),
                    Optional.empty(),
                    1400,
                    true,
                    true,
                    List.of(),
                    Optional.empty());
            Refusal.of(
                    () -> driver().ensureNetwork(network),
                    DriverException.Code.INVALID,
                    DriverException.Code.UNSUPPORTED);
            assertThat(driver().inventory().networks()).isEmpty();
        }
    }

    @Test
    default void anExternalNetworkIsMade() {
        NetworkSpec network = externalNetwork(200);
        driver().ensureNetwork(network);
        assertThat(driver().inventory().networks()).containsExactly(network.id());
    }

    @Test
    default void aSecurityGroupFollowsItsRules() {
        UUID id = UUID.randomUUID();
        SecurityGroupSpec.Rule ports = Topology.rule(true, 17, 1000, 2000, Optional.of("10.0.0.0/8"), Optional.empty());
        SecurityGroupSpec.Rule six = new SecurityGroupSpec.Rule(
                UUID.randomUUID(),
                true,
                true,
                Optional.of(58),
                Optional.empty(),
                Optional.empty(),
                Optional.of("::/0"),
                Optional.empty());
        SecurityGroupSpec group = Topology.group(id);
        for (SecurityGroupSpec step : List.of(
                new SecurityGroupSpec(id, "empty", Topology.PROJECT, List.of()),
                group,
                new SecurityGroupSpec(id, group.name(), Topology.PROJECT, List.of(ports, six)),
                new SecurityGroupSpec(id, group.name(), Topology.PROJECT, List.of(six)),
                Topology.group(id, id))) {
            driver().ensureSecurityGroup(step);
            driver().ensureSecurityGroup(step);
            assertThat(driver().inventory().securityGroups()).containsExactly(id);
        }
        driver().removeSecurityGroup(id);
        driver().removeSecurityGroup(id);
        assertNothingIsLeft();
    }

    @Test
    default void twoGroupsMayReferToEachOther() {
        UUID first = UUID.randomUUID();
        UUID second = UUID.randomUUID();
        // one of them must come first, so a rule may name a group that is still to come
        driver().ensureSecurityGroup(Topology.group(first, second));
        driver().ensureSecurityGroup(Topology.group(second, first));
        assertThat(driver().inventory().securityGroups()).containsExactlyInAnyOrder(first, second);
        driver().removeSecurityGroup(first);
        assertThat(driver().inventory().securityGroups()).containsExactly(second);
    }
}
