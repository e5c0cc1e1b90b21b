package cloud.haneul.kernel.rest;

import cloud.haneul.kernel.testing.TestRest;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

/** The REST filters before the demonstration resources, with neither a database nor the rest of the kernel. */
final class RestServer implements AutoCloseable {
    private static final List<Class<?>> KERNEL = List.of(
            RequestFilter.class,
            TokenFilter.class,
            MicroversionFilter.class,
            ResponseFilter.class,
            FaultMapper.class,
            JsonMapper.class,
            JsonInterceptor.class,
            HealthResource.class,
            MetricsResource.class,
            RestSettings.class,
            ApiFamilies.class,
            ClientAddress.class,
            JsonReader.class,
            HttpMetrics.class,
            Meters.class);

    private final SeContainer container;
    private final TestRest rest;

    /** @param filters beside the kernel's */
    RestServer(Object... filters) {
        SeContainerInitializer beans = SeContainerInitializer.newInstance().disableDiscovery();
        Stream.of(KERNEL, Demo.BEANS).flatMap(List::stream).forEach(beans::addBeanClasses);
        container = beans.initialize();
        rest = TestRest.of(container.getBeanManager(), filters);
    }

    URI uri(String path) {
        return rest.uri(path);
    }

    @Override
    public void close() {
        rest.close();
        container.close();
    }
}
