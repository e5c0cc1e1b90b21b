package cloud.haneul.driver.ovn;

import cloud.haneul.spi.ConfigProperty;
import cloud.haneul.spi.DriverConfig;
import cloud.haneul.spi.DriverContext;
import cloud.haneul.spi.DriverFactory;
import cloud.haneul.spi.network.NetworkDriver;
import java.util.List;

/** Opens {@link OvnNetworkDriver}s. */
final class OvnFactory implements DriverFactory<NetworkDriver> {
    @Override
    public Class<NetworkDriver> kind() {
        return NetworkDriver.class;
    }

    @Override
    public String type() {
        return "ovn";
    }

    @Override
    public String description() {
        return "Tenant networks, routers and security groups by OVN on Open vSwitch.";
    }

    @Override
    public List<ConfigProperty> properties() {
        return OvnSettings.PROPERTIES;
    }

    @Override
    public NetworkDriver open(DriverContext context, DriverConfig config) {
        return OvnNetworkDriver.open(context, OvnSettings.of(context.installation(), config));
    }
}
