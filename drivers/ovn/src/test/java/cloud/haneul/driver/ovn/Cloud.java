package cloud.haneul.driver.ovn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.haneul.spi.Secret;
import cloud.haneul.spi.network.NetworkDriver;
import cloud.haneul.spi.network.NetworkSpec;
import cloud.haneul.spi.network.NetworkSpec.Metadata;
import cloud.haneul.spi.network.NetworkSpec.SubnetSpec;
import cloud.haneul.spi.network.PortSpec;
import cloud.haneul.spi.network.PortState;
import cloud.haneul.spi.network.RouterSpec;
import cloud.haneul.spi.network.SecurityGroupSpec;
import cloud.haneul.spi.network.SecurityGroupSpec.Rule;
import cloud.haneul.tck.TckContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A little cloud for packet tests: the network 10.8.0.0/24, the outside network 172.24.4.0/24, a router between them on demand,
 * and guests by the last byte of their address. It remembers what it asked the driver for, so that a test changes one thing at
 * a time.
 */
final class Cloud implements AutoCloseable {
    static final String INSTALLATION = "packets";
    static final String PROJECT = "0123456789abcdef0123456789abcdef";
    static final String SECRET = "s3cret%like/this=";
    static final Duration PATIENCE = Duration.ofSeconds(15);

    final OvnMachine machine = OvnMachine.get();
    final MetadataEndpoint endpoint = new MetadataEndpoint();
    final UUID network = UUID.randomUUID();
    final UUID subnet = UUID.randomUUID();
    final UUID outside = UUID.randomUUID();
    final UUID router = UUID.randomUUID();

    private final Path folder;
    private final Map<UUID, PortSpec> ports = new HashMap<>();
    private final List<Guest> guests = new ArrayList<>();
    private NetworkDriver driver;

    Cloud(Path folder) {
        this.folder = folder;
        reopen();
        driver.ensureNetwork(networkSpec(true, true));
    }

    /** As when the controller restarts. */
    void reopen() {
        if (driver != null) {
            driver.close();
        }
        TckContext lent = TckContext.in(folder);
        driver = new TckContext(INSTALLATION, folder, lent.clock(), lent.executor())
                .open(new OvnFactory(), machine.properties());
    }

    NetworkDriver driver() {
        return driver;
    }

    NetworkSpec networkSpec(boolean up, boolean dhcp) {
        SubnetSpec only = new SubnetSpec(
                subnet, "10.8.0.0/24", Optional.of("10.8.0.1"), dhcp, List.of("192.0.2.53"), List.of(), "10.8.0.2");
        Metadata metadata = new Metadata(
                UUID.nameUUIDFromBytes(network.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                "10.8.0.2",
                24,
                "fa:16:3e:08:00:02",
                endpoint.address(),
                new Secret(SECRET));
        return new NetworkSpec(
                network,
                "inside",
                PROJECT,
                "geneve",
                Optional.empty(),
                Optional.of(42),
                1400,
                up,
                false,
                List.of(only),
                Optional.of(metadata));
    }

    /** SSH from anywhere, everything from members, everything out. */
    UUID group() {
        UUID group = UUID.randomUUID();
        Rule ssh = new Rule(
                UUID.randomUUID(),
                true,
                false,
                Optional.of(6),
                Optional.of(22),
                Optional.of(22),
                Optional.of("0.0.0.0/0"),
                Optional.empty());
        Rule members = new Rule(
                UUID.randomUUID(),
                true,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(group));
        Rule out = new Rule(
                UUID.randomUUID(),
                false,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        driver.ensureSecurityGroup(new SecurityGroupSpec(group, "friends", PROJECT, List.of(ssh, members, out)));
        return group;
    }

    PortSpec port(int last, Set<UUID> groups) {
        return new PortSpec(
                UUID.randomUUID(),
                network,
                PROJECT,
                mac(last),
                List.of(new PortSpec.Address(subnet, "10.8.0." + last)),
                true,
                true,
                groups,
                List.of(),
                Optional.of(OvnMachine.CHASSIS),
                Optional.of("guest-" + last));
    }

    static String mac(int last) {
        return "fa:16:3e:08:00:%02x".formatted(last);
    }

    /** A guest that is plugged in and has configured itself by DHCP. */
    Guest guest(int last, UUID... groups) {
        Guest guest = plugged(port(last, Set.of(groups)));
        guest.askForAddress();
        return guest;
    }

    Guest plugged(PortSpec port) {
        driver.ensurePort(port);
        ports.put(port.id(), port);
        driver.attachment(port.id(), OvnMachine.CHASSIS);
        Guest guest = Guest.plugIn(machine, port.id(), port.mac());
        guests.add(guest);
        await().atMost(PATIENCE)
                .until(() -> driver.observePort(port.id()).filter(PortState::up).isPresent());
        return guest;
    }

    /** The router, with source NAT and what floating IPs are given. */
    void ensureRouter(RouterSpec.FloatingIp... floatingIps) {
        driver.ensureNetwork(new NetworkSpec(
                outside,
                "outside",
                PROJECT,
                "flat",
                Optional.of("physnet1"),
                Optional.empty(),
                1500,
                true,
                true,
                List.of(),
                Optional.empty()));
        driver.ensureRouter(new RouterSpec(
                router,
                "router",
                PROJECT,
                true,
                List.of(new RouterSpec.Interface(leg(1), network, mac(1), List.of("10.8.0.1/24"))),
                Optional.of(new RouterSpec.Gateway(
                        leg(200),
                        outside,
                        mac(200),
                        List.of("172.24.4.20/24"),
                        Optional.of(OvnMachine.OUTSIDE),
                        true,
                        List.of("10.8.0.0/24"))),
                List.of(),
                List.of(floatingIps)));
    }

    private UUID leg(int number) {
        return UUID.nameUUIDFromBytes((router + " " + number).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    RouterSpec.FloatingIp floatingIp(Guest guest) {
        return new RouterSpec.FloatingIp(
                UUID.randomUUID(),
                "172.24.4.50",
                ports.get(guest.port()).addresses().get(0).ip(),
                guest.port(),
                mac(50));
    }

    String namespace() {
        return MetadataRecord.of(
                        INSTALLATION,
                        networkSpec(true, true),
                        networkSpec(true, true).metadata().orElseThrow())
                .namespace();
    }

    Haproxy haproxy() {
        return new Haproxy(folder.resolve("metadata"));
    }

    /** Removes everything, and fails when anything is left anywhere. */
    @Override
    public void close() {
        try {
            guests.forEach(Guest::close);
            for (UUID id : new HashSet<>(driver.inventory().routers())) {
                driver.removeRouter(id);
            }
            driver.inventory().ports().forEach(driver::removePort);
            driver.inventory().networks().forEach(driver::removeNetwork);
            driver.inventory().securityGroups().forEach(driver::removeSecurityGroup);
            NorthboundRows.assertNoneOf(machine, INSTALLATION);
            assertThat(machine.misunderstood()).isEmpty();
            await().atMost(PATIENCE)
                    .until(() -> MetadataNamespace.identity(namespace()).isEmpty()
                            && haproxy().process().isEmpty()
                            && !machine.vsctl("list-ports", "br-int").contains("hnmd"));
        } finally {
            driver.close();
            endpoint.close();
        }
    }
}
