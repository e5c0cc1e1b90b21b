package cloud.haneul.acceptance;

import java.util.List;
import org.junit.jupiter.api.condition.DisabledIf;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The {@link CrashDrill} on the simulator. */
@DisabledIf(
        value = "cloud.haneul.acceptance.BackEnds#present",
        disabledReason = "CrashIT makes the same drill on real back ends")
class SimulatedCrashIT extends CrashDrill {
    @RegisterExtension
    static final SharedCloud CLOUD = SharedCloud.simulated();

    @Override
    Cloud cloud() {
        return CLOUD.cloud();
    }

    @Override
    List<String> machines() {
        return Remains.onSimulator(cloud()).stream()
                .filter(line -> !line.startsWith("network"))
                .map(line -> line.split("\t")[1])
                .toList();
    }

    @Override
    boolean isWired(String port) {
        return Remains.onSimulator(cloud()).stream().anyMatch(line -> line.contains(port));
    }
}
