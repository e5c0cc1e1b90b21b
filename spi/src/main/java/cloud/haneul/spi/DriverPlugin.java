package cloud.haneul.spi;

import java.util.List;

/**
 * The one ServiceLoader type of a plugin folder: who wrote it, for which version of this contract, and the drivers in it.
 * The core reads {@link #spiVersion()} before it opens anything; a plugin of another major version is shown as refused.
 */
public interface DriverPlugin {

    /** Short stable name, such as {@code libvirt}. */
    String name();

    /** The plugin's own version, for people. */
    String version();

    /** The contract this plugin was built against; return {@link SpiVersion#CURRENT}. */
    default SpiVersion spiVersion() {
        return SpiVersion.CURRENT;
    }

    List<DriverFactory<?>> drivers();
}
