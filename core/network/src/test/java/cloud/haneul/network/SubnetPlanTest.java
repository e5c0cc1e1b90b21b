package cloud.haneul.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.haneul.kernel.Fault;
import cloud.haneul.network.Subnet.Pool;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubnetPlanTest {
    private static SubnetRequest request(String cidr, Optional<Optional<String>> gateway, Optional<List<Pool>> pools) {
        return new SubnetRequest(
                Optional.empty(),
                Optional.of(UUID.randomUUID()),
                Optional.empty(),
                Optional.empty(),
                Optional.of(cidr),
                Optional.empty(),
                gateway,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                pools,
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void theGatewayIsTheFirstAddressAndNotInThePool() {
        SubnetPlan plan = SubnetPlan.of(request("10.0.0.0/24", Optional.empty(), Optional.empty()));
        assertThat(plan.gateway()).map(Ip::toString).contains("10.0.0.1");
        assertThat(plan.pools()).containsExactly(new Pool("10.0.0.2", "10.0.0.254"));
    }

    @Test
    void aGatewayInTheMiddleDividesThePool() {
        SubnetPlan plan = SubnetPlan.of(request("10.0.0.0/29", Optional.of(Optional.of("10.0.0.3")), Optional.empty()));
        assertThat(plan.pools()).containsExactly(new Pool("10.0.0.1", "10.0.0.2"), new Pool("10.0.0.4", "10.0.0.6"));
    }

    @Test
    void withoutAGatewayAllAddressesAreInThePool() {
        SubnetPlan plan = SubnetPlan.of(request("2001:db8::/64", Optional.of(Optional.empty()), Optional.empty()));
        assertThat(plan.gateway()).isEmpty();
        assertThat(plan.pools()).containsExactly(new Pool("2001:db8::1", "2001:db8::ffff:ffff:ffff:ffff"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.0",
                "127.0.0.0/8",
                "224.0.0.0/24",
                "0.0.0.0/0",
                "10.0.0.0/32",
                "fe80::/64",
                "169.254.169.0/24",
                "nonsense/24"
            })
    void aRangeThatCannotBeASubnetIsRefused(String cidr) {
        assertThatThrownBy(() -> SubnetPlan.of(request(cidr, Optional.empty(), Optional.empty())))
                .isInstanceOf(Fault.class);
    }

    private static void assertRefused(String type, List<Pool> pools) {
        assertThatThrownBy(() -> SubnetPlan.of(request("10.0.0.0/24", Optional.empty(), Optional.of(pools))))
                .isInstanceOfSatisfying(Fault.class, e -> assertThat(e.type()).isEqualTo(type));
    }

    @Test
    void poolsAreChecked() {
        assertRefused(
                "OverlappingAllocationPools",
                List.of(new Pool("10.0.0.10", "10.0.0.20"), new Pool("10.0.0.20", "10.0.0.30")));
        assertRefused("OutOfBoundsAllocationPool", List.of(new Pool("10.0.0.10", "10.0.1.20")));
        assertRefused("InvalidAllocationPool", List.of(new Pool("10.0.0.20", "10.0.0.10")));
        assertRefused("GatewayConflictWithAllocationPools", List.of(new Pool("10.0.0.1", "10.0.0.10")));
    }
}
