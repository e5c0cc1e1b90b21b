package cloud.haneul.driver.ovn;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.haneul.spi.network.NetworkDriver;
import cloud.haneul.spi.network.NetworkSpec;
import cloud.haneul.spi.network.PortSpec;
import cloud.haneul.spi.network.SecurityGroupSpec;
import cloud.haneul.tck.TckContext;
import cloud.haneul.tck.Topology;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two controllers that work on the same thing in the same moment. */
class TwoControllersTest {
    @TempDir
    Path folder;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private OvsdbServer northbound;
    private OvsdbServer southbound;
    private NetworkDriver one;
    private NetworkDriver two;

    @BeforeEach
    void open() {
        northbound = OvsdbServer.start(folder, OvsdbServer.NORTHBOUND);
        southbound = OvsdbServer.start(folder, OvsdbServer.SOUTHBOUND);
        one = driver("one");
        two = driver("two");
    }

    @AfterEach
    void close() {
        for (AutoCloseable open : new AutoCloseable[] {one, two, northbound, southbound}) {
            try {
                open.close();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
        threads.shutdownNow();
    }

    @Test
    void makeEverythingOnce() {
        for (int round = 0; round < 30; round++) {
            NetworkSpec network = Topology.network(UUID.randomUUID(), "geneve", Topology.subnet(1));
            SecurityGroupSpec group = Topology.group(UUID.randomUUID());
            PortSpec port = Topology.port(UUID.randomUUID(), network, 1, 10, Set.of(group.id()));
            both(driver -> driver.ensureNetwork(network));
            both(driver -> driver.ensureSecurityGroup(group));
            both(driver -> driver.ensurePort(port));
            both(driver -> driver.ensureRouter(
                    Topology.router(UUID.nameUUIDFromBytes(new byte[1]), Topology.leg(network.id(), 1))));
            for (String table : List.of(Tables.SWITCH, Tables.DHCP, Tables.DNS, Tables.ROUTER)) {
                assertThat(rows(table)).as(table).hasSize(1);
            }
            both(driver -> {
                driver.removeRouter(UUID.nameUUIDFromBytes(new byte[1]));
                driver.removePort(port.id());
                driver.removeNetwork(network.id());
                driver.removeSecurityGroup(group.id());
            });
            Tables.COPIED
                    .keySet()
                    .forEach(table -> assertThat(rows(table)).as(table).isEmpty());
        }
    }

    @Test
    void leaveOneOfTwoSpecificationsNeverAMixture() {
        UUID id = UUID.randomUUID();
        for (int round = 0; round < 30; round++) {
            NetworkSpec first = Topology.network(id, "geneve", Topology.subnet(1), Topology.subnet(2));
            NetworkSpec second = Topology.network(id, "geneve", Topology.subnet(3));
            both(driver -> driver.ensureNetwork(driver == one ? first : second));
            assertThat(rows(Tables.DHCP).size()).isIn(1, 2);
            assertThat(Shell.must(
                                    "ovn-nbctl",
                                    "--db=" + northbound.address(),
                                    "--bare",
                                    "--columns=cidr",
                                    "list",
                                    Tables.DHCP)
                            .lines()
                            .filter(line -> !line.isBlank())
                            .sorted()
                            .toList())
                    .isIn(List.of("10.9.1.0/24", "10.9.2.0/24"), List.of("10.9.3.0/24"));
        }
    }

    @Test
    void askingAgainWritesNothing() {
        NetworkSpec network = Topology.network(UUID.randomUUID(), "geneve", Topology.subnet(1));
        SecurityGroupSpec group = Topology.group(UUID.randomUUID());
        PortSpec port = Topology.port(UUID.randomUUID(), network, 1, 10, Set.of(group.id()));
        var router = Topology.router(UUID.randomUUID(), Topology.leg(network.id(), 1));
        Runnable all = () -> {
            for (NetworkDriver driver : List.of(one, two)) {
                driver.ensureNetwork(network);
                driver.ensureSecurityGroup(group);
                driver.ensurePort(port);
                driver.ensureRouter(router);
            }
        };
        all.run();
        long written = northbound.size();
        all.run();
        all.run();
        assertThat(northbound.size()).isEqualTo(written);
    }

    private List<String> rows(String table) {
        return Shell.must("ovn-nbctl", "--db=" + northbound.address(), "--bare", "--columns=_uuid", "list", table)
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
    }

    private interface Work {
        void with(NetworkDriver driver);
    }

    private void both(Work work) {
        CyclicBarrier start = new CyclicBarrier(2);
        List<Future<?>> all = List.of(one, two).stream()
                .<Future<?>>map(driver -> threads.submit(() -> {
                    start.await();
                    work.with(driver);
                    return null;
                }))
                .toList();
        for (Future<?> each : all) {
            try {
                each.get();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }

    private NetworkDriver driver(String name) {
        return TckContext.in(folder.resolve(name))
                .open(new OvnFactory(), Map.of("northbound", northbound.address(), "southbound", southbound.address()));
    }
}
