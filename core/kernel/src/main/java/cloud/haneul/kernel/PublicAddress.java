package cloud.haneul.kernel;

import java.util.Optional;

/** Where clients find this cloud. Requests tell too; this is for what is written before anybody asks, and where they must not decide. */
public final class PublicAddress {
    public static final Setting<String> URL = Setting.text(
            "haneul.public-url",
            "",
            "Address by which clients reach this cloud, such as https://cloud.example.org. When empty, links follow the address each request came to, and the catalogue of a new cloud says http://127.0.0.1 and the port.");
    public static final Setting<Long> PORT = Setting.number("haneul.port", 8080, "TCP port of portal and APIs.");

    private PublicAddress() {}

    /** The address that was configured, without a trailing slash. */
    public static Optional<String> configured() {
        return Optional.of(URL.get().replaceFirst("/+$", "")).filter(url -> !url.isEmpty());
    }

    /** The address that was configured, or how this machine itself reaches the cloud. */
    public static String url() {
        return configured().orElseGet(() -> "http://127.0.0.1:" + PORT.get());
    }
}
