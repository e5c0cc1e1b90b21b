package cloud.haneul.kernel.operation;

import cloud.haneul.kernel.Setting;
import java.util.List;

/** The worker's configuration keys, for the documentation. */
public final class OperationSettings {
    private OperationSettings() {}

    public static List<Setting<?>> all() {
        return List.of(OperationWorker.THREADS, OperationWorker.LEASE, CrashDrill.HALT);
    }
}
