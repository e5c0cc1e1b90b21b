package cloud.haneul.kernel.plugin;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Home;
import cloud.haneul.kernel.Setting;
import cloud.haneul.kernel.Threads;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.spi.ConfigProperty;
import cloud.haneul.spi.Driver;
import cloud.haneul.spi.DriverConfig;
import cloud.haneul.spi.DriverContext;
import cloud.haneul.spi.DriverException;
import cloud.haneul.spi.DriverException.Code;
import cloud.haneul.spi.DriverFactory;
import cloud.haneul.spi.DriverPlugin;
import cloud.haneul.spi.SpiVersion;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plugin host: finds plugin folders, gives each a class loader of its own, and opens drivers behind one proxy. A plugin that
 * cannot be used is kept with its reason for the operator to see; it never stops the cloud from starting.
 */
@Component
public class Plugins {
    private static final Logger LOG = LoggerFactory.getLogger(Plugins.class);
    public static final Setting<String> FOLDER =
            Setting.text("haneul.plugins-dir", "plugins", "Folder with one folder of jars for each driver plugin.");
    public static final Setting<String> INSTALLATION = Setting.text(
            "haneul.installation",
            "haneul",
            "Names this installation in back ends that several share; letters, digits, dashes.");
    public static final Setting<Duration> DEADLINE = Setting.duration(
            "haneul.driver-deadline", "PT2M", "How long one call of a driver may take before it is given up.");

    private final Database database;
    private final DriverMetrics metrics;
    private final Clock clock;
    private final ExecutorService executor = Executors.newCachedThreadPool(Threads.named("driver"));
    private final List<PluginInfo> found = new ArrayList<>();
    private final Map<String, DriverFactory<?>> factories = new HashMap<>();

    @Inject
    Plugins(Database database, DriverMetrics metrics, Clock clock) {
        this.database = database;
        this.metrics = metrics;
        this.clock = clock;
        // drivers on the class path: tests, and builds that bake a driver in
        ServiceLoader.load(DriverPlugin.class, Plugins.class.getClassLoader())
                .forEach(plugin -> add(plugin.name(), plugin));
        loadFolders(Path.of(FOLDER.get()));
    }

    /** All plugins, in use or failed. */
    public List<PluginInfo> list() {
        return List.copyOf(found);
    }

    /** The factories of one kind. */
    public <D extends Driver> List<DriverFactory<D>> factories(Class<D> kind) {
        List<DriverFactory<D>> result = new ArrayList<>();
        for (DriverFactory<?> factory : factories.values()) {
            if (factory.kind() == kind) {
                @SuppressWarnings("unchecked")
                DriverFactory<D> typed = (DriverFactory<D>) factory;
                result.add(typed);
            }
        }
        return result;
    }

    public <D extends Driver> Optional<DriverFactory<D>> factory(Class<D> kind, String type) {
        return factories(kind).stream().filter(f -> f.type().equals(type)).findFirst();
    }

    /**
     * Opens a driver. Everything the core calls on it goes through the proxy: refused inside a database transaction, run with
     * the plugin's class loader and a deadline, counted, and failing with {@link DriverException} alone.
     *
     * @param values configuration by property name; defaults are filled in
     * @throws DriverException INVALID for an unknown type or property or a missing one, and what the driver says
     */
    public <D extends Driver> D open(Class<D> kind, String type, Map<String, String> values) {
        DriverFactory<D> factory = factory(kind, type)
                .orElseThrow(() -> DriverException.of(
                        Code.INVALID,
                        "There is no " + kind.getSimpleName() + " driver of type " + type + ". Installed: "
                                + factories(kind).stream()
                                        .map(DriverFactory::type)
                                        .sorted()
                                        .toList() + "."));
        DriverConfig config = checked(factory, values);
        D driver;
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(factory.getClass().getClassLoader());
        try {
            driver = factory.open(context(type), config);
        } finally {
            thread.setContextClassLoader(before);
        }
        return DriverProxy.around(kind, driver, type, database, metrics, executor, DEADLINE.get());
    }

    private static DriverConfig checked(DriverFactory<?> factory, Map<String, String> values) {
        Map<String, String> complete = new HashMap<>();
        for (ConfigProperty property : factory.properties()) {
            String value = values.getOrDefault(property.name(), property.fallback());
            if (value.isEmpty() && property.required()) {
                throw DriverException.of(
                        Code.INVALID,
                        "The driver " + factory.type() + " needs the property " + property.name() + ": "
                                + property.help());
            }
            complete.put(property.name(), value);
        }
        values.keySet().stream()
                .filter(name -> !complete.containsKey(name))
                .findFirst()
                .ifPresent(name -> {
                    throw DriverException.of(
                            Code.INVALID,
                            "The driver " + factory.type() + " has no property " + name + "; it knows "
                                    + factory.properties().stream()
                                            .map(ConfigProperty::name)
                                            .toList() + ".");
                });
        return new DriverConfig(complete);
    }

    private DriverContext context(String type) {
        Path folder = Home.folder("drivers/" + type);
        return new DriverContext() {
            @Override
            public String installation() {
                return INSTALLATION.get();
            }

            @Override
            public Path folder() {
                return folder;
            }

            @Override
            public Clock clock() {
                return clock;
            }

            @Override
            public ExecutorService executor() {
                return executor;
            }
        };
    }

    private void loadFolders(Path root) {
        if (!Files.isDirectory(root)) {
            LOG.info("There is no plugin folder {}", root.toAbsolutePath());
            return;
        }
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(root, Files::isDirectory)) {
            for (Path folder : folders) {
                load(folder);
            }
        } catch (IOException e) {
            LOG.error("The plugin folder {} cannot be read", root, e);
        }
    }

    private void load(Path folder) {
        String name = folder.getFileName().toString();
        try {
            PluginClassLoader loader = new PluginClassLoader(name, jars(folder), Plugins.class.getClassLoader());
            List<DriverPlugin> plugins = ServiceLoader.load(DriverPlugin.class, loader).stream()
                    .map(ServiceLoader.Provider::get)
                    .toList();
            if (plugins.isEmpty()) {
                fail(name, "No jar in the folder names a " + DriverPlugin.class.getName() + " in META-INF/services.");
            }
            plugins.forEach(plugin -> add(name, plugin));
        } catch (Exception | LinkageError | java.util.ServiceConfigurationError e) {
            // whatever a foreign jar does wrong is its own failure, never the cloud's
            LOG.error("Plugin {} cannot be used", name, e);
            fail(name, e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }

    private static URL[] jars(Path folder) throws IOException {
        List<URL> jars = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.jar")) {
            for (Path file : files) {
                jars.add(url(file));
            }
        }
        return jars.toArray(URL[]::new);
    }

    private static URL url(Path file) throws MalformedURLException {
        return file.toUri().toURL();
    }

    private void add(String folder, DriverPlugin plugin) {
        if (!SpiVersion.CURRENT.runs(plugin.spiVersion())) {
            fail(
                    folder,
                    "It was built for driver contract " + plugin.spiVersion() + "; this is " + SpiVersion.CURRENT
                            + ".");
            return;
        }
        List<PluginInfo.DriverInfo> drivers = new ArrayList<>();
        for (DriverFactory<?> factory : plugin.drivers()) {
            if (factories.putIfAbsent(factory.kind().getName() + ":" + factory.type(), factory) != null) {
                fail(
                        folder,
                        "Another plugin already has a " + factory.kind().getSimpleName() + " driver of type "
                                + factory.type() + ".");
                return;
            }
            drivers.add(
                    new PluginInfo.DriverInfo(factory.kind().getSimpleName(), factory.type(), factory.description()));
        }
        found.add(new PluginInfo(
                plugin.name(), plugin.version(), plugin.spiVersion().toString(), drivers, ""));
        LOG.info("Plugin {} {}: {}", plugin.name(), plugin.version(), drivers);
    }

    private void fail(String name, String reason) {
        LOG.error("Plugin {} is not in use: {}", name, reason);
        found.add(new PluginInfo(name, "", "", List.of(), reason));
    }

    @PreDestroy
    void close() {
        executor.shutdownNow();
    }
}
