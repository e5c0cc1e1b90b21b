package cloud.haneul.kernel.plugin;

import java.util.List;

/**
 * A plugin folder as the operator sees it.
 *
 * @param failure why it is not in use; empty when it is
 */
public record PluginInfo(String name, String version, String spiVersion, List<DriverInfo> drivers, String failure) {

    public boolean isLoaded() {
        return failure.isEmpty();
    }

    /** @param kind simple name of the driver interface, such as {@code Hypervisor} */
    public record DriverInfo(String kind, String type, String description) {}
}
