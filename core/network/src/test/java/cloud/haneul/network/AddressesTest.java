package cloud.haneul.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.testing.TestCloud;
import cloud.haneul.network.PortRequest.Fixed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("postgresql")
@ExtendWith(TestCloud.class)
class AddressesTest {
    private final Ports ports;
    private final Topology topology;
    private final Caller caller = People.member(People.project());

    AddressesTest(TestCloud cloud, Ports ports) {
        this.ports = ports;
        this.topology = new Topology(cloud);
    }

    private List<Object> parallel(int count, Callable<Object> what) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Object>> calls = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                calls.add(() -> {
                    try {
                        return what.call();
                    } catch (Fault e) {
                        return e;
                    }
                });
            }
            List<Object> results = new ArrayList<>();
            for (Future<Object> future : threads.invokeAll(calls)) {
                results.add(future.get());
            }
            return results;
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void parallelPortsNeverShareAnAddress() throws Exception {
        Network network = topology.network(caller, "crowded");
        topology.subnet(caller, network.id(), "10.1.0.0/24");
        List<Object> made = parallel(
                100,
                () -> topology.port(caller, network.id()).addresses().get(0).ip());
        assertThat(made).hasSize(100).doesNotHaveDuplicates().allMatch(ip -> ip.toString()
                .startsWith("10.1.0."));
    }

    @Test
    void aFullSubnetSaysSoAndAFreedAddressIsGivenAgain() throws Exception {
        Network network = topology.network(caller, "small");
        // .1 is the gateway, one is the metadata service's: four are left
        topology.subnet(caller, network.id(), "10.2.0.0/29");
        List<Object> results = parallel(8, () -> topology.port(caller, network.id()));
        assertThat(results.stream().filter(r -> r instanceof Port)).hasSize(4);
        assertThat(results.stream().filter(r -> r instanceof Fault))
                .allSatisfy(e -> assertThat(((Fault) e).type()).isEqualTo("IpAddressGenerationFailure"));
        ports.delete(
                caller,
                ((Port) results.stream()
                                .filter(r -> r instanceof Port)
                                .findFirst()
                                .orElseThrow())
                        .id());
        Awaitility.await().ignoreException(Fault.class).until(() -> topology.port(caller, network.id()) != null);
    }

    @Test
    void oneAddressIsGivenOnceThoughManyAskForIt() throws Exception {
        Network network = topology.network(caller, "wanted");
        topology.subnet(caller, network.id(), "10.3.0.0/24");
        List<Object> results = parallel(8, () -> topology.portAt(caller, network.id(), "10.3.0.77"));
        assertThat(results.stream().filter(r -> r instanceof Port)).hasSize(1);
        assertThat(results.stream().filter(r -> r instanceof Fault))
                .hasSize(7)
                .allSatisfy(e -> assertThat(((Fault) e).type()).isEqualTo("IpAddressAlreadyAllocated"));
    }

    @Test
    void anAddressOutsideOfTheNetworkIsRefused() {
        Network network = topology.network(caller, "strict");
        topology.subnet(caller, network.id(), "10.4.0.0/24");
        assertThatThrownBy(() -> topology.portAt(caller, network.id(), "10.5.0.1"))
                .isInstanceOfSatisfying(Fault.class, e -> assertThat(e.type()).isEqualTo("InvalidIpForNetwork"));
        assertThatThrownBy(() -> topology.portAt(caller, network.id(), "10.4.0.255"))
                .isInstanceOfSatisfying(Fault.class, e -> assertThat(e.type()).isEqualTo("InvalidIpForSubnet"));
    }

    @Test
    void aPortKeepsTheAddressesThatAChangeNamesAgain() {
        Network network = topology.network(caller, "moving");
        Subnet subnet = topology.subnet(caller, network.id(), "10.6.0.0/24");
        Port port = topology.portAt(caller, network.id(), "10.6.0.50");
        Port changed = ports.update(
                caller,
                port.id(),
                addresses(List.of(
                        new Fixed(Optional.of(subnet.id()), Optional.of("10.6.0.50")),
                        new Fixed(Optional.of(subnet.id()), Optional.of("10.6.0.51")))));
        assertThat(changed.addresses()).extracting(Address::ip).containsExactly("10.6.0.50", "10.6.0.51");
        Port less = ports.update(
                caller, port.id(), addresses(List.of(new Fixed(Optional.empty(), Optional.of("10.6.0.51")))));
        assertThat(less.addresses()).extracting(Address::ip).containsExactly("10.6.0.51");
    }

    private static PortRequest addresses(List<Fixed> fixed) {
        return new PortRequest(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(fixed),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void guestsOfASlaacSubnetHaveTheAddressTheyGiveThemselves() {
        Ip ip = Macs.selfAddress(Cidr.parse("2001:db8::/64").orElseThrow(), "fa:16:3e:01:02:03");
        assertThat(ip).hasToString("2001:db8::f816:3eff:fe01:203");
    }
}
