package cloud.haneul.tck;

import cloud.haneul.spi.ConfigProperty;
import cloud.haneul.spi.Driver;
import cloud.haneul.spi.DriverConfig;
import cloud.haneul.spi.DriverContext;
import cloud.haneul.spi.DriverFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * What the core would lend the driver under test, and the core's way to open it:
 *
 * <pre>{@code
 * Hypervisor driver = TckContext.in(folder).open(new LibvirtFactory(), Map.of("uri", "qemu:///system"));
 * }</pre>
 */
public record TckContext(String installation, Path folder, Clock clock, ExecutorService executor)
        implements DriverContext {

    public static TckContext in(Path folder) {
        return new TckContext("tck", folder, Clock.systemUTC(), Executors.newCachedThreadPool(TckContext::thread));
    }

    /** Opens a driver with the defaults of its properties filled in, as the core does. */
    public <D extends Driver> D open(DriverFactory<D> factory, Map<String, String> properties) {
        return factory.open(this, config(factory, properties));
    }

    public static DriverConfig config(DriverFactory<?> factory, Map<String, String> properties) {
        Map<String, String> values = new HashMap<>();
        for (ConfigProperty property : factory.properties()) {
            if (!property.fallback().isEmpty()) {
                values.put(property.name(), property.fallback());
            }
        }
        values.putAll(properties);
        return new DriverConfig(values);
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "tck-driver");
        thread.setDaemon(true);
        return thread;
    }
}
