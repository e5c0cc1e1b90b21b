package cloud.haneul.driver.ovn;

import cloud.haneul.spi.DriverFactory;
import cloud.haneul.spi.DriverPlugin;
import java.util.List;

/** The plugin folder {@code ovn}. */
public final class OvnPlugin implements DriverPlugin {
    @Override
    public String name() {
        return "ovn";
    }

    @Override
    public String version() {
        return "0.1.0";
    }

    @Override
    public List<DriverFactory<?>> drivers() {
        return List.of(new OvnFactory());
    }
}
