package cloud.haneul.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.condition.DisabledIf;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The {@link Journey} on the simulator. */
@DisabledIf(
        value = "cloud.haneul.acceptance.BackEnds#present",
        disabledReason = "CommandLineIT and PostgresIT make the same journey on real back ends")
class SimulatedCommandLineIT extends Journey {
    @RegisterExtension
    static final SharedCloud CLOUD = SharedCloud.simulated();

    @Override
    Cloud cloud() {
        return CLOUD.cloud();
    }

    @Override
    void assertThatNothingIsLeftOfTheServer() {
        assertThat(Remains.onSimulator(cloud())).noneMatch(line -> line.contains(server));
    }

    @Override
    void assertThatNothingIsLeftOfTheNetwork() {
        assertThat(Remains.onSimulator(cloud())).noneMatch(line -> line.contains(network) || line.contains(router));
    }
}
