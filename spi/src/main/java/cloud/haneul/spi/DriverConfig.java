package cloud.haneul.spi;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Configuration values by property name, defaults filled in by the core; secrets do not print. */
public final class DriverConfig {
    private final Map<String, String> values;

    public DriverConfig(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    public Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name)).filter(v -> !v.isEmpty());
    }

    /** @throws DriverException INVALID when absent */
    public String required(String name) {
        return text(name)
                .orElseThrow(() -> DriverException.of(
                        DriverException.Code.INVALID, "The driver property " + name + " is missing."));
    }

    public Optional<Secret> secret(String name) {
        return text(name).map(Secret::new);
    }

    public long number(String name) {
        return parsed(name, "a whole number", Long::parseLong);
    }

    public boolean flag(String name) {
        return text(name).map(Boolean::parseBoolean).orElse(false);
    }

    public Duration duration(String name) {
        return parsed(name, "a duration such as PT10S", Duration::parse);
    }

    private <T> T parsed(String name, String kind, java.util.function.Function<String, T> parser) {
        String value = required(name);
        try {
            return parser.apply(value);
        } catch (RuntimeException e) {
            throw new DriverException(
                    DriverException.Code.INVALID,
                    "The driver property " + name + " is not " + kind + ": " + value,
                    "",
                    e);
        }
    }

    @Override
    public String toString() {
        return "DriverConfig" + values.keySet();
    }
}
