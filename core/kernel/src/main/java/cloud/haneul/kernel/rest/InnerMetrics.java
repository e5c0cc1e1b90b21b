package cloud.haneul.kernel.rest;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.MetricSource;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.operation.OperationState;
import cloud.haneul.kernel.plugin.DriverMetrics;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

/** The kernel's own numbers: operations that have not ended and calls of drivers. */
@Component
class InnerMetrics implements MetricSource {
    private final Database database;
    private final DriverMetrics drivers;

    @Inject
    InnerMetrics(Database database, DriverMetrics drivers) {
        this.database = database;
        this.drivers = drivers;
    }

    @Override
    public List<Metric> metrics() {
        List<Metric> all = new ArrayList<>();
        operations(all);
        driverCalls(all);
        return all;
    }

    /** Ended ones are left out: their number only grows, and counting them would read the whole history. */
    private void operations(List<Metric> all) {
        List<Object[]> rows = database.read(em -> em.createQuery(
                        "select o.kind, o.state, count(o) from Operation o where o.state in :open group by o.kind, o.state",
                        Object[].class)
                .setParameter("open", EnumSet.complementOf(EnumSet.of(OperationState.DONE, OperationState.FAILED)))
                .getResultList());
        for (Object[] row : rows) {
            all.add(Metric.gauge(
                    "haneul.operations",
                    "Operations that have not ended",
                    Map.of("kind", row[0].toString(), "state", row[1].toString()),
                    ((Number) row[2]).doubleValue()));
        }
    }

    private void driverCalls(List<Metric> all) {
        drivers.snapshot().forEach((call, calls) -> {
            int dot = call.lastIndexOf('.');
            Map<String, String> labels = Map.of("driver", call.substring(0, dot), "call", call.substring(dot + 1));
            all.add(Metric.counter("haneul.driver.calls", "Calls of drivers", labels, calls.count()));
            all.add(Metric.counter(
                    "haneul.driver.call.failures", "Calls of drivers that failed", labels, calls.failures()));
            all.add(Metric.counter(
                    "haneul.driver.call.seconds", "Time spent in calls of drivers", labels, calls.seconds()));
        });
    }
}
