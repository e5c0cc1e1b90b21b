package cloud.haneul.kernel.plugin;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Collections;
import java.util.Enumeration;

/** A plugin's own world: its jars over the platform's classes, and of Haneul the driver contract alone. */
final class PluginClassLoader extends URLClassLoader {
    private static final String SHARED = "cloud.haneul.spi.";

    static {
        registerAsParallelCapable();
    }

    private final ClassLoader contract;

    PluginClassLoader(String name, URL[] jars, ClassLoader contract) {
        super("plugin-" + name, jars, ClassLoader.getPlatformClassLoader());
        this.contract = contract;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        return name.startsWith(SHARED) ? contract.loadClass(name) : super.loadClass(name, resolve);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        // a plugin's services are those in its own jars
        return name.startsWith("META-INF/services/cloud.haneul.spi.")
                ? findResources(name)
                : Collections.enumeration(Collections.list(super.getResources(name)));
    }
}
