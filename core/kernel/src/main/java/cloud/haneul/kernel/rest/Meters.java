package cloud.haneul.kernel.rest;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.MetricSource;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps all meters of this controller and writes them for Prometheus. */
@Component
class Meters {
    private static final Logger LOG = LoggerFactory.getLogger(Meters.class);

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Instance<MetricSource> sources;
    private final Map<Meter.Id, Double> values = new ConcurrentHashMap<>();

    @Inject
    Meters(@Any Instance<MetricSource> sources) {
        this.sources = sources;
        new ClassLoaderMetrics().bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
    }

    @Produces
    @Singleton
    MeterRegistry registry() {
        return registry;
    }

    /** All meters in Prometheus' text format. */
    synchronized String scrape() {
        refresh();
        return registry.scrape();
    }

    private void refresh() {
        Set<Meter.Id> seen = new HashSet<>();
        for (MetricSource source : sources) {
            try {
                source.metrics().forEach(metric -> seen.add(take(metric)));
            } catch (RuntimeException e) {
                // the other numbers are wanted all the more
                LOG.warn("Metrics of {} are missing", source.getClass().getName(), e);
            }
        }
        // what is not reported any more, such as the last operation of a kind, must not linger with its old value
        for (Meter.Id gone : Set.copyOf(values.keySet())) {
            if (!seen.contains(gone)) {
                values.remove(gone);
                registry.remove(gone);
            }
        }
    }

    private Meter.Id take(MetricSource.Metric metric) {
        Tags tags = Tags.empty();
        for (Map.Entry<String, String> label : metric.labels().entrySet()) {
            tags = tags.and(label.getKey(), label.getValue());
        }
        Meter.Id id = new Meter.Id(
                metric.name(), tags, null, metric.help(), metric.counter() ? Meter.Type.COUNTER : Meter.Type.GAUGE);
        if (values.put(id, metric.value()) == null) {
            if (metric.counter()) {
                FunctionCounter.builder(metric.name(), values, all -> all.getOrDefault(id, 0.0))
                        .description(metric.help())
                        .tags(tags)
                        .register(registry);
            } else {
                Gauge.builder(metric.name(), values, all -> all.getOrDefault(id, 0.0))
                        .description(metric.help())
                        .tags(tags)
                        .register(registry);
            }
        }
        return id;
    }
}
