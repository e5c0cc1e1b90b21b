package cloud.haneul.spi;

/** What a driver wants to be told again about a thing it made; opaque to the core, at most 1,024 characters. */
public record BackendRef(String value) {
    public static final BackendRef NONE = new BackendRef("");
}
