package cloud.haneul.spi;

import java.util.List;

/**
 * Opens drivers of one kind and type.
 *
 * @param <D> the kind: {@code Hypervisor}, {@code NetworkDriver}
 */
public interface DriverFactory<D extends Driver> {

    Class<D> kind();

    /** The driver's name in configuration and URIs, such as {@code libvirt} or {@code ovn}. */
    String type();

    /** One sentence for the person who chooses. */
    String description();

    /** What can be configured; forms, checks and masking are made from it. */
    List<ConfigProperty> properties();

    /**
     * Opens a driver. Does not need to connect yet, but must reject configuration that can never work.
     *
     * @throws DriverException INVALID, naming the property
     */
    D open(DriverContext context, DriverConfig config);
}
