package cloud.haneul.tck;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.haneul.spi.compute.VifAttachment;
import cloud.haneul.spi.network.NetworkDriver;
import cloud.haneul.spi.network.NetworkSpec;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;

/** What a network driver's test class brings and may adjust, and the words the contracts are written in. */
public interface NetworkUnderTest extends DriverContract<NetworkDriver> {

    /** {@code HostFacts.networkHost} of a host the back end knows. */
    String networkHost();

    /** The kind of attachment the driver gives. */
    Class<? extends VifAttachment> attachmentType();

    /**
     * A way to put a NIC into a port on {@link #networkHost()} as a hypervisor would, so that the port comes up; empty when the
     * machine cannot.
     */
    default Optional<Plug> plug() {
        return Optional.empty();
    }

    /** Plugs and unplugs NICs. */
    interface Plug {
        void in(UUID port, String mac, VifAttachment attachment);

        void out(UUID port, VifAttachment attachment);
    }

    /** Where networks of the tests send metadata requests; host:port on the controller. */
    default String metadataEndpoint() {
        return "127.0.0.1:1";
    }

    /** How many networks are built at once by the test with many threads. */
    default int crowd() {
        return 4;
    }

    @AfterEach
    default void leaveTheBackEndEmpty() {
        driver().inventory().routers().forEach(driver()::removeRouter);
        driver().inventory().ports().forEach(driver()::removePort);
        driver().inventory().networks().forEach(driver()::removeNetwork);
        driver().inventory().securityGroups().forEach(driver()::removeSecurityGroup);
        assertNothingIsLeft();
    }

    default void assertNothingIsLeft() {
        assertThat(driver().inventory()).isEqualTo(new NetworkDriver.Inventory(Set.of(), Set.of(), Set.of(), Set.of()));
    }

    /** A network of the tenants' type that is there, with one subnet {@code 10.9.N.0/24}. */
    default NetworkSpec network(int number) {
        NetworkSpec network = tenantNetwork(UUID.randomUUID(), Topology.subnet(number));
        driver().ensureNetwork(network);
        return network;
    }

    default NetworkSpec tenantNetwork(UUID id, NetworkSpec.SubnetSpec... subnets) {
        return Topology.network(id, driver().capabilities().tenantType(), subnets);
    }

    /** A network to the outside, flat where the back end has a physical network. */
    default NetworkSpec externalNetwork(int number) {
        Optional<String> physical = driver().capabilities().networkTypes().contains("flat")
                ? driver().capabilities().physicalNetworks().stream().sorted().findFirst()
                : Optional.empty();
        NetworkSpec network = new NetworkSpec(
                UUID.randomUUID(),
                "public",
                Topology.PROJECT,
                physical.isPresent() ? "flat" : driver().capabilities().tenantType(),
                physical,
                Optional.empty(),
                1400,
                true,
                true,
                List.of(Topology.subnet(number)),
                Optional.empty());
        driver().ensureNetwork(network);
        return network;
    }
}
