package cloud.haneul.kernel.rest;

import com.sun.net.httpserver.HttpServer;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.ws.rs.Path;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.glassfish.jersey.jackson.JacksonFeature;
import org.glassfish.jersey.jdkhttp.JdkHttpServerFactory;
import org.glassfish.jersey.server.ResourceConfig;

/** The REST filters before a few demonstration resources, served by the JDK's own HTTP server on a free port. */
final class RestServer implements AutoCloseable {
    private static final List<Class<?>> PROVIDERS = List.of(
            RequestFilter.class,
            TokenFilter.class,
            MicroversionFilter.class,
            ResponseFilter.class,
            FaultMapper.class,
            JsonMapper.class,
            JsonInterceptor.class,
            HealthResource.class,
            MetricsResource.class);
    private static final List<Class<?>> INNER = List.of(
            RestSettings.class,
            ApiFamilies.class,
            ClientAddress.class,
            JsonReader.class,
            HttpMetrics.class,
            Meters.class);

    private final SeContainer container;
    private final HttpServer server;

    /** @param demo beans beside the kernel's: resources, families, an authenticator */
    RestServer(List<Class<?>> demo, Object... filters) {
        SeContainerInitializer beans = SeContainerInitializer.newInstance().disableDiscovery();
        Stream.of(PROVIDERS, INNER, demo).flatMap(List::stream).forEach(beans::addBeanClasses);
        container = beans.initialize();
        ResourceConfig application = new ResourceConfig().register(JacksonFeature.class);
        Stream.concat(PROVIDERS.stream(), demo.stream().filter(c -> c.isAnnotationPresent(Path.class)))
                .forEach(c -> application.registerInstances(container.select(c).get()));
        Stream.of(filters).forEach(application::register);
        server = JdkHttpServerFactory.createHttpServer(
                URI.create("http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":0/"), application);
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    @Override
    public void close() {
        server.stop(0);
        container.close();
    }
}
