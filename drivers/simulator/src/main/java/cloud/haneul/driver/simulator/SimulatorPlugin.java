package cloud.haneul.driver.simulator;

import cloud.haneul.spi.DriverFactory;
import cloud.haneul.spi.DriverPlugin;
import java.util.List;

/**
 * A cloud's outside world in memory: hypervisors and a network that behave like real ones, fail when told to, and keep what was
 * built in them when the controller dies. The reference for driver authors and the project's only double.
 */
public final class SimulatorPlugin implements DriverPlugin {

    @Override
    public String name() {
        return "simulator";
    }

    @Override
    public String version() {
        return "0.1.0";
    }

    @Override
    public List<DriverFactory<?>> drivers() {
        return List.of(new SimulatedHypervisorFactory(), new SimulatedNetworkFactory());
    }
}
