package cloud.haneul.driver.simulator;

import cloud.haneul.spi.ConfigProperty;
import cloud.haneul.spi.ConfigProperty.Kind;
import cloud.haneul.spi.DriverConfig;
import cloud.haneul.spi.DriverContext;
import cloud.haneul.spi.DriverException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/**
 * What goes wrong with one simulated driver: {@link Fault}s of its configuration, counted from when it was opened, and those of
 * its {@link ControlFile}, counted from when the file was last written. Every call of a driver goes through {@link #around}.
 */
final class Faults {
    static final ConfigProperty FAIL = ConfigProperty.optional(
            "fail",
            Kind.TEXT,
            "",
            "Faults METHOD:EFFECT[:TIMES] with commas between, such as power:BACKEND_ERROR:1,*:PT0.05S:always.");
    static final ConfigProperty SEED = ConfigProperty.optional(
            "seed", Kind.NUMBER, "1", "Makes faults that strike by chance the same in every run.");
    static final ConfigProperty CONTROL = ConfigProperty.optional(
            "control",
            Kind.PATH,
            "",
            "File that changes faults while the simulator runs; the file control in the driver's folder when empty.");

    private final List<Fault> configured;
    private final ControlFile control;
    private final Random random;

    private Faults(List<Fault> configured, ControlFile control, Random random) {
        this.configured = configured;
        this.control = control;
        this.random = random;
    }

    static Faults of(DriverContext context, DriverConfig config, String name) {
        Path file = config.text("control").map(Path::of).orElseGet(() -> context.folder()
                .resolve("control"));
        return new Faults(
                Fault.parseAll(config.text("fail").orElse("")),
                new ControlFile(file, name),
                // each host its own chances, each run the same
                new Random(config.number("seed") * 31 + name.hashCode()));
    }

    <T> T around(String call, Supplier<T> work) {
        strike(call, false);
        T result = work.get();
        strike(call, true);
        return result;
    }

    void around(String call, Runnable work) {
        around(call, () -> {
            work.run();
            return true;
        });
    }

    /** A setting of the control file that outdoes the configured one. */
    Optional<String> text(String key) {
        return control.text(key);
    }

    /** What guests are to do by themselves now; told once. */
    Map<java.util.UUID, String> guests() {
        return control.takeGuests();
    }

    private void strike(String call, boolean done) {
        try {
            for (Fault fault : configured) {
                fault.strike(call, done, random);
            }
            for (Fault fault : control.faults()) {
                fault.strike(call, done, random);
            }
        } catch (DriverException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new DriverException(
                    DriverException.Code.INTERNAL, "The simulator's control file is wrong.", e.toString(), e);
        }
    }
}
