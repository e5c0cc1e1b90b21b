package cloud.haneul.kernel;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * One configuration key with its kind, default and help, declared once as a constant and listed by its
 * {@link ServiceModule#settings()}; {@code docs/operator/configuration.md} is generated from these. Read through MicroProfile
 * Config, hence from the environment ({@code HANEUL_DB_URL}), system properties or a properties file.
 *
 * @param key kebab-case, starting with {@code haneul.}
 * @param kind words for the documentation: text, number, duration, flag, path
 * @param fallback text of the default; empty when there is none
 */
public record Setting<T>(
        String key, String kind, String fallback, String help, boolean secret, Function<String, T> parser) {

    public static Setting<String> text(String key, String fallback, String help) {
        return new Setting<>(key, "text", fallback, help, false, s -> s);
    }

    public static Setting<String> secret(String key, String help) {
        return new Setting<>(key, "text", "", help, true, s -> s);
    }

    public static Setting<Long> number(String key, long fallback, String help) {
        return new Setting<>(key, "number", Long.toString(fallback), help, false, Long::parseLong);
    }

    public static Setting<Boolean> flag(String key, boolean fallback, String help) {
        return new Setting<>(key, "flag", Boolean.toString(fallback), help, false, s -> {
            if (s.equalsIgnoreCase("true") || s.equalsIgnoreCase("false")) {
                return Boolean.parseBoolean(s);
            }
            throw new IllegalArgumentException("neither true nor false");
        });
    }

    /** A duration in ISO-8601 form, such as {@code PT10M}. */
    public static Setting<Duration> duration(String key, String fallback, String help) {
        return new Setting<>(key, "duration", fallback, help, false, Duration::parse);
    }

    /** Its name in the environment, as MicroProfile Config spells it. */
    public String environment() {
        return key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    /**
     * The value in force.
     *
     * @throws IllegalStateException naming the key when the configured text does not parse
     */
    public T get() {
        String text =
                ConfigProvider.getConfig().getOptionalValue(key, String.class).orElse(fallback);
        try {
            return parser.apply(text.strip());
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    "Configuration key " + key + " is not a " + kind + (secret ? "" : ": '" + text + "'"), e);
        }
    }
}
