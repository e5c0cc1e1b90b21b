package cloud.haneul.kernel.plugin;

import cloud.haneul.kernel.Component;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts what drivers are asked and how long they take; read by the metrics endpoint. */
@Component
public class DriverMetrics {
    private final Map<String, Calls> byCall = new ConcurrentHashMap<>();

    void called(String type, String method, long nanos, boolean failed) {
        Calls calls = byCall.computeIfAbsent(type + "." + method, key -> new Calls());
        calls.count.increment();
        calls.nanos.add(nanos);
        if (failed) {
            calls.failures.increment();
        }
    }

    /** By {@code type.method}. */
    public Map<String, Snapshot> snapshot() {
        Map<String, Snapshot> result = new TreeMap<>();
        byCall.forEach((key, calls) ->
                result.put(key, new Snapshot(calls.count.sum(), calls.failures.sum(), calls.nanos.sum() / 1e9)));
        return result;
    }

    /** @param seconds spent in all calls together */
    public record Snapshot(long count, long failures, double seconds) {}

    private static final class Calls {
        private final LongAdder count = new LongAdder();
        private final LongAdder failures = new LongAdder();
        private final LongAdder nanos = new LongAdder();
    }
}
