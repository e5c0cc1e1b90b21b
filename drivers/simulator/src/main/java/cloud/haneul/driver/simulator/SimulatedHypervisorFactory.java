package cloud.haneul.driver.simulator;

import static cloud.haneul.spi.ConfigProperty.optional;

import cloud.haneul.spi.ConfigProperty;
import cloud.haneul.spi.ConfigProperty.Kind;
import cloud.haneul.spi.DriverConfig;
import cloud.haneul.spi.DriverContext;
import cloud.haneul.spi.DriverException;
import cloud.haneul.spi.DriverFactory;
import cloud.haneul.spi.compute.Hypervisor;
import java.util.List;

/** Opens one simulated host; a thousand hosts are a thousand drivers, each a few hundred bytes. */
final class SimulatedHypervisorFactory implements DriverFactory<Hypervisor> {
    private static final List<ConfigProperty> PROPERTIES = List.of(
            optional("host", Kind.TEXT, "", "Name of the host; made from the index when empty."),
            optional("index", Kind.NUMBER, "1", "Number of the host, which gives the name sim-0001 and so on."),
            optional(
                    "hosts",
                    Kind.NUMBER,
                    "1",
                    "How many hosts one URI stands for; expanded before the driver is opened."),
            optional("cpus", Kind.NUMBER, "64", "CPUs of the host."),
            optional("memory-mib", Kind.NUMBER, "262144", "Memory of the host in MiB."),
            optional(
                    "disk-gib",
                    Kind.NUMBER,
                    "10000",
                    "Room for disks in GiB; what is beyond is refused with DISK_FULL."),
            optional("delay", Kind.DURATION, "PT0S", "How long disks take to be made and guests take to shut down."),
            Faults.FAIL,
            Faults.SEED,
            Faults.CONTROL,
            World.NAME);

    @Override
    public Class<Hypervisor> kind() {
        return Hypervisor.class;
    }

    @Override
    public String type() {
        return "simulator";
    }

    @Override
    public String description() {
        return "A host in memory, for trying Haneul out and for tests.";
    }

    @Override
    public List<ConfigProperty> properties() {
        return PROPERTIES;
    }

    @Override
    public Hypervisor open(DriverContext context, DriverConfig config) {
        String name = config.text("host").orElseGet(() -> "sim-%04d".formatted(config.number("index")));
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9.-]{0,62}")) {
            throw DriverException.of(
                    DriverException.Code.INVALID,
                    "The driver property host takes letters, digits, dots and dashes: " + name);
        }
        return new SimulatedHypervisor(
                context,
                name,
                new Size(positive(config, "cpus"), positive(config, "memory-mib"), positive(config, "disk-gib")),
                config.duration("delay"),
                Faults.of(context, config, name),
                World.of(context, config));
    }

    private static long positive(DriverConfig config, String name) {
        long number = config.number(name);
        if (number < 1) {
            throw DriverException.of(
                    DriverException.Code.INVALID, "The driver property " + name + " must be 1 or more: " + number);
        }
        return number;
    }

    /** What a host has. */
    record Size(long cpus, long memoryMib, long diskGib) {}
}
