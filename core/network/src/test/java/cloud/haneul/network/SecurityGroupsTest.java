package cloud.haneul.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.testing.TestCloud;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("postgresql")
@ExtendWith(TestCloud.class)
class SecurityGroupsTest {
    private final SecurityGroups groups;
    private final Topology topology;
    private final Caller caller = People.member(People.project());

    SecurityGroupsTest(TestCloud cloud, SecurityGroups groups) {
        this.groups = groups;
        this.topology = new Topology(cloud);
    }

    private static NewSecurityRule rule(UUID group, String protocol, Integer min, Integer max, String prefix) {
        return new NewSecurityRule(
                group,
                Optional.empty(),
                Optional.empty(),
                "ingress",
                "IPv4",
                Optional.of(protocol),
                Optional.ofNullable(min),
                Optional.ofNullable(max),
                Optional.ofNullable(prefix),
                Optional.empty());
    }

    private static void assertRefused(String type, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(Fault.class, e -> assertThat(e.type()).isEqualTo(type));
    }

    @Test
    void parallelFirstRequestsMakeOneDefaultGroup() throws Exception {
        Network network = topology.network(caller, "first");
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Callable<List<UUID>>> calls = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            calls.add(() -> topology.port(caller, network.id()).securityGroups());
        }
        List<List<UUID>> seen = new ArrayList<>();
        for (Future<List<UUID>> future : threads.invokeAll(calls)) {
            seen.add(future.get());
        }
        threads.shutdown();
        assertThat(seen).hasSize(8);
        assertThat(seen.stream().distinct()).hasSize(1);
        assertThat(groups.list(caller, ListQuery.all())).singleElement().satisfies(group -> {
            assertThat(group.name()).isEqualTo("default");
            assertThat(group.rules()).hasSize(4);
        });
    }

    @Test
    void theSameRuleTwiceIsAConflictWhateverItsSpelling() {
        SecurityGroup group = groups.create(caller, Optional.empty(), "web", Optional.empty());
        groups.createRule(caller, rule(group.id(), "tcp", 80, 80, "10.0.0.0/8"));
        assertRefused(
                "SecurityGroupRuleExists",
                () -> groups.createRule(caller, rule(group.id(), "6", 80, null, "10.1.2.3/8")));
        assertThat(groups.show(caller, group.id()).rules()).hasSize(3);
    }

    @Test
    void nonsenseRulesAreRefused() {
        UUID group = groups.create(caller, Optional.empty(), "strict", Optional.empty())
                .id();
        assertRefused("SecurityGroupInvalidPortRange", () -> rule(group, "tcp", 90, 80, null));
        assertRefused("SecurityGroupProtocolRequiredWithPorts", () -> rule(group, "any", 80, 80, null));
        assertRefused("SecurityGroupRuleInvalidProtocol", () -> rule(group, "nonsense", null, null, null));
        assertRefused("SecurityGroupRuleInvalidProtocol", () -> rule(group, "256", null, null, null));
        assertRefused("SecurityGroupInvalidIcmpValue", () -> rule(group, "icmp", 300, null, null));
        assertRefused("SecurityGroupRuleParameterConflict", () -> rule(group, "tcp", 80, 80, "2001:db8::/32"));
        assertRefused("SecurityGroupInvalidProtocolForPort", () -> rule(group, "gre", 80, 80, null));
        assertRefused("InvalidCIDR", () -> rule(group, "tcp", 80, 80, "10.0.0.0/99"));
    }

    @Test
    void aGroupInUseOrTheDefaultOneIsNotDeleted() {
        Network network = topology.network(caller, "used");
        UUID group = topology.port(caller, network.id()).securityGroups().get(0);
        assertRefused("SecurityGroupCannotRemoveDefault", () -> groups.delete(caller, group));
        Caller admin = People.admin(caller.project());
        assertRefused("SecurityGroupInUse", () -> groups.delete(admin, group));
    }

    @Test
    void aDeletedGroupTakesTheRulesThatNameItAlong() {
        SecurityGroup clients = groups.create(caller, Optional.empty(), "clients", Optional.empty());
        SecurityGroup servers = groups.create(caller, Optional.empty(), "servers", Optional.empty());
        groups.createRule(
                caller,
                new NewSecurityRule(
                        servers.id(),
                        Optional.empty(),
                        Optional.empty(),
                        "ingress",
                        "IPv4",
                        Optional.of("tcp"),
                        Optional.of(22),
                        Optional.of(22),
                        Optional.empty(),
                        Optional.of(clients.id())));
        groups.delete(caller, clients.id());
        assertThat(groups.show(caller, servers.id()).rules()).hasSize(2);
    }
}
