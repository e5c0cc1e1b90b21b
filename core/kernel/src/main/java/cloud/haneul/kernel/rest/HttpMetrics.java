package cloud.haneul.kernel.rest;

import cloud.haneul.kernel.Component;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Counts and times requests by API family, method and status; never by path, of which clients can make up any number. */
@Component
class HttpMetrics {
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    private final MeterRegistry registry;
    private final Map<String, Timer> timers = new ConcurrentHashMap<>();

    @Inject
    HttpMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void answered(String family, String method, int status, long nanos) {
        String known = METHODS.contains(method) ? method : "OTHER";
        timers.computeIfAbsent(family + ' ' + known + ' ' + status, key -> Timer.builder("haneul.http.requests")
                        .description("Requests until their answer begins")
                        .tags("family", family, "method", known, "status", Integer.toString(status))
                        .serviceLevelObjectives(
                                Duration.ofMillis(10),
                                Duration.ofMillis(50),
                                Duration.ofMillis(100),
                                Duration.ofMillis(500),
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(5))
                        .register(registry))
                .record(nanos, TimeUnit.NANOSECONDS);
    }
}
