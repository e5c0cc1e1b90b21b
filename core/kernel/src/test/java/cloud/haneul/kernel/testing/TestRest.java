package cloud.haneul.kernel.testing;

import com.sun.net.httpserver.HttpServer;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.ext.Provider;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.glassfish.jersey.jackson.JacksonFeature;
import org.glassfish.jersey.jdkhttp.JdkHttpServerFactory;
import org.glassfish.jersey.server.ResourceConfig;

/**
 * The REST APIs of a {@link TestCloud} on a free port of this machine: every bean with {@link Path} or {@link Provider}, the
 * kernel's filters among them, as in the real server.
 *
 * <pre>{@code
 * try (TestRest rest = TestRest.of(cloud)) {
 *     HttpRequest.newBuilder(rest.uri("/image/v2/images")).header("X-Auth-Token", token)...
 * }
 * }</pre>
 */
public final class TestRest implements AutoCloseable {
    static {
        // without it the JDK's server waits 40 ms for the client's acknowledgement between an answer's head and its
        // body
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);

    private TestRest(BeanManager beans, Object... more) {
        ResourceConfig application = new ResourceConfig().register(JacksonFeature.class);
        for (Bean<?> bean : beans.getBeans(Object.class, Any.Literal.INSTANCE)) {
            Class<?> type = bean.getBeanClass();
            if (type.isAnnotationPresent(Path.class) || type.isAnnotationPresent(Provider.class)) {
                application.registerInstances(beans.getReference(bean, type, beans.createCreationalContext(bean)));
            }
        }
        Stream.of(more).forEach(application::register);
        server = JdkHttpServerFactory.createHttpServer(URI.create("http://127.0.0.1:0/"), application, false);
        server.setExecutor(threads);
        server.start();
    }

    public static TestRest of(TestCloud cloud) {
        return of(cloud.get(BeanManager.class));
    }

    /** @param more filters and the like beside the beans */
    public static TestRest of(BeanManager beans, Object... more) {
        return new TestRest(beans, more);
    }

    /** @param path with its query, percent-encoded */
    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
