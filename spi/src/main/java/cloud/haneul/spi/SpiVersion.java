package cloud.haneul.spi;

/**
 * Version of this contract. A plugin runs when its major version equals the core's and its minor version is not newer:
 * minor versions only add optional features.
 */
public record SpiVersion(int major, int minor) {
    public static final SpiVersion CURRENT = new SpiVersion(1, 0);

    public boolean runs(SpiVersion plugin) {
        return plugin.major == major && plugin.minor <= minor;
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
