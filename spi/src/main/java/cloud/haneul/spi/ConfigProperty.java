package cloud.haneul.spi;

/**
 * One thing that can be configured on a driver.
 *
 * @param name kebab-case
 * @param fallback default as text; empty for none
 * @param help one sentence, with unit and range
 */
public record ConfigProperty(String name, Kind kind, boolean required, String fallback, boolean secret, String help) {
    public enum Kind {
        TEXT,
        NUMBER,
        FLAG,
        DURATION,
        PATH,
        URI
    }

    public static ConfigProperty required(String name, Kind kind, String help) {
        return new ConfigProperty(name, kind, true, "", false, help);
    }

    public static ConfigProperty optional(String name, Kind kind, String fallback, String help) {
        return new ConfigProperty(name, kind, false, fallback, false, help);
    }

    public static ConfigProperty secret(String name, String help) {
        return new ConfigProperty(name, Kind.TEXT, false, "", true, help);
    }
}
