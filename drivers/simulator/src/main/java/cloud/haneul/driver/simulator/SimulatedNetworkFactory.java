package cloud.haneul.driver.simulator;

import static cloud.haneul.spi.ConfigProperty.optional;

import cloud.haneul.spi.ConfigProperty;
import cloud.haneul.spi.ConfigProperty.Kind;
import cloud.haneul.spi.DriverConfig;
import cloud.haneul.spi.DriverContext;
import cloud.haneul.spi.DriverFactory;
import cloud.haneul.spi.network.NetworkCapabilities;
import cloud.haneul.spi.network.NetworkDriver;
import java.util.List;
import java.util.Set;

/** Opens the simulated network of an installation. */
final class SimulatedNetworkFactory implements DriverFactory<NetworkDriver> {
    private static final List<ConfigProperty> PROPERTIES = List.of(
            optional(
                    "physical-networks",
                    Kind.TEXT,
                    "physnet1",
                    "Names for flat and vlan networks, with commas between."),
            optional("max-mtu", Kind.NUMBER, "1442", "Largest MTU of a tenant network in bytes."),
            Faults.FAIL,
            Faults.SEED,
            Faults.CONTROL,
            World.NAME);

    @Override
    public Class<NetworkDriver> kind() {
        return NetworkDriver.class;
    }

    @Override
    public String type() {
        return "simulator";
    }

    @Override
    public String description() {
        return "A network in memory, for simulated hosts.";
    }

    @Override
    public List<ConfigProperty> properties() {
        return PROPERTIES;
    }

    @Override
    public NetworkDriver open(DriverContext context, DriverConfig config) {
        Set<String> physical = Set.of(
                config.text("physical-networks").map(t -> t.split("[,\\s]+")).orElse(new String[0]));
        return new SimulatedNetwork(
                context,
                new NetworkCapabilities(
                        Set.of("geneve", "vxlan", "vlan", "flat"), "geneve", (int) config.number("max-mtu"), physical),
                Faults.of(context, config, "network"),
                World.of(context, config));
    }
}
