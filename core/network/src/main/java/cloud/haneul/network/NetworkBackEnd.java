package cloud.haneul.network;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.Setting;
import cloud.haneul.kernel.StartUp;
import cloud.haneul.kernel.plugin.Plugins;
import cloud.haneul.spi.ConfigProperty;
import cloud.haneul.spi.DriverException;
import cloud.haneul.spi.DriverFactory;
import cloud.haneul.spi.network.NetworkCapabilities;
import cloud.haneul.spi.network.NetworkDriver;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.ConfigProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one network controller of this installation, behind its driver. Opened at start; when that fails the cloud starts all the
 * same, and whoever needs the driver next opens it.
 */
@Component
public class NetworkBackEnd implements StartUp {
    public static final Setting<String> DRIVER = Setting.text(
            "haneul.network.driver",
            "simulator",
            "The network driver: simulator, ovn, or another plugin's. Its own properties are haneul.network.driver.<property>.");

    private static final Logger LOG = LoggerFactory.getLogger(NetworkBackEnd.class);
    /** What is promised of networks while no driver has told more; every overlay can do it. */
    private static final NetworkCapabilities LEAST =
            new NetworkCapabilities(Set.of("geneve"), "geneve", 1442, Set.of());

    private final Plugins plugins;
    private volatile NetworkDriver driver;
    private volatile NetworkCapabilities capabilities = LEAST;
    private volatile String problem = "";

    @Inject
    NetworkBackEnd(Plugins plugins) {
        this.plugins = plugins;
    }

    @Override
    public int order() {
        return 150;
    }

    @Override
    public void start() {
        try {
            driver();
        } catch (DriverException e) {
            LOG.error(
                    "The network driver {} is not ready; networks are wired once it is. {} {}",
                    DRIVER.get(),
                    e.getMessage(),
                    e.detail());
        }
    }

    @Override
    public synchronized void stop() {
        if (driver != null) {
            driver.close();
            driver = null;
        }
    }

    /** @throws DriverException when it cannot be opened now */
    NetworkDriver driver() {
        NetworkDriver open = driver;
        return open != null ? open : open();
    }

    private synchronized NetworkDriver open() {
        if (driver == null) {
            String type = DRIVER.get();
            Map<String, String> values = new HashMap<>();
            plugins.factory(NetworkDriver.class, type).ifPresent(factory -> values.putAll(configured(factory)));
            try {
                NetworkDriver opened = plugins.open(NetworkDriver.class, type, values);
                capabilities = opened.capabilities();
                driver = opened;
                problem = "";
            } catch (DriverException e) {
                problem = e.getMessage();
                throw e;
            }
        }
        return driver;
    }

    private static Map<String, String> configured(DriverFactory<NetworkDriver> factory) {
        Map<String, String> values = new HashMap<>();
        for (ConfigProperty property : factory.properties()) {
            ConfigProvider.getConfig()
                    .getOptionalValue(DRIVER.key() + "." + property.name(), String.class)
                    .ifPresent(value -> values.put(property.name(), value));
        }
        return values;
    }

    /** What the back end can do, for forms and checks. */
    public NetworkCapabilities capabilities() {
        return capabilities;
    }

    /** Why there is no connection, in words; empty when there is. */
    public Optional<String> problem() {
        return Optional.of(problem).filter(text -> !text.isEmpty());
    }

    /** The segment a new network is to have; checked against what the back end can do. */
    Segment segment(NetworkRequest asked) {
        NetworkCapabilities can = capabilities;
        if (asked.networkType().isEmpty()) {
            if (asked.physicalNetwork().isPresent() || asked.segmentationId().isPresent()) {
                throw invalid("provider:network_type", "network_type required");
            }
            return new Segment(can.tenantType(), Optional.empty(), Optional.empty());
        }
        String type = asked.networkType().get();
        if (!can.networkTypes().contains(type)) {
            throw invalid(
                    "provider:network_type",
                    "provider:network_type " + type + " not supported; this cloud has " + can.networkTypes());
        }
        boolean physical = type.equals("flat") || type.equals("vlan");
        if (!physical && asked.physicalNetwork().isPresent()) {
            throw invalid(
                    "provider:physical_network",
                    "provider:physical_network prohibited for " + type + " provider network");
        }
        if (physical) {
            String name = asked.physicalNetwork()
                    .orElseThrow(() -> invalid(
                            "provider:physical_network",
                            "physical_network required for " + type + " provider network"));
            if (!can.physicalNetworks().contains(name)) {
                throw invalid(
                        "provider:physical_network",
                        "physical_network '" + name + "' unknown for " + type + " provider network; this cloud has "
                                + can.physicalNetworks());
            }
        }
        if (type.equals("flat") && asked.segmentationId().isPresent()) {
            throw invalid("provider:segmentation_id", "segmentation_id prohibited for flat provider network");
        }
        if (type.equals("vlan")
                && asked.segmentationId().filter(id -> id >= 1 && id <= 4094).isEmpty()) {
            throw invalid("provider:segmentation_id", "segmentation_id of a vlan provider network must be 1 to 4094");
        }
        return new Segment(type, asked.physicalNetwork(), asked.segmentationId());
    }

    int mtu(Segment segment, Optional<Integer> asked) {
        boolean physical = segment.type().equals("flat") || segment.type().equals("vlan");
        int usual = physical ? 1500 : capabilities.maxMtu();
        int max = physical ? 9000 : capabilities.maxMtu();
        asked.ifPresent(mtu -> {
            if (mtu > max) {
                throw invalid("mtu", "Requested MTU is too big, maximum is " + max);
            }
            if (mtu != 0 && mtu < 68) {
                throw invalid("mtu", "Requested MTU is too small, minimum is 68");
            }
        });
        return asked.filter(mtu -> mtu > 0).orElse(usual);
    }

    private static Fault invalid(String field, String text) {
        return Fault.badRequest(field, "Invalid input for operation: " + text + ".")
                .type("InvalidInput");
    }
}
