package cloud.haneul.kernel;

import java.util.List;
import java.util.Map;

/** Numbers about the cloud, asked for at each look at {@code /metrics}; found by CDI. Must answer within a second. */
public interface MetricSource {

    List<Metric> metrics();

    /**
     * @param name in dots, such as {@code haneul.operations}; always with the same label names
     * @param counter whether the value only grows
     */
    record Metric(String name, String help, boolean counter, Map<String, String> labels, double value) {
        public static Metric gauge(String name, String help, Map<String, String> labels, double value) {
            return new Metric(name, help, false, labels, value);
        }

        public static Metric counter(String name, String help, Map<String, String> labels, double value) {
            return new Metric(name, help, true, labels, value);
        }
    }
}
