package cloud.haneul.driver.libvirt;

import cloud.haneul.spi.DriverConfig;
import cloud.haneul.spi.DriverException;
import cloud.haneul.spi.DriverException.Code;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The driver's configuration, read and checked once.
 *
 * @param uri as libvirt takes it; ssh is told never to ask for a password, for nobody sits there to answer
 * @param local whether libvirtd runs on the controller's own machine
 * @param consoleAddress where the host's ports are reached, and where it lets VNC listen
 */
record Settings(
        String installation,
        String uri,
        boolean local,
        String poolPath,
        String consoleAddress,
        DomainType domainType,
        String diskCache,
        ConsoleTransport consoles,
        Optional<String> networkHost,
        Duration callTimeout) {

    static final String URI = "uri";
    static final String POOL_PATH = "pool-path";
    static final String HOST_ADDRESS = "host-address";
    static final String DOMAIN_TYPE = "domain-type";
    static final String DISK_CACHE = "disk-cache";
    static final String CONSOLES = "consoles";
    static final String NETWORK_HOST = "network-host";
    static final String CALL_TIMEOUT = "call-timeout";

    private static final Set<String> DISK_CACHES = Set.of("none", "writeback", "writethrough", "directsync", "unsafe");
    private static final Set<String> TRANSPORTS =
            Set.of("qemu", "qemu+unix", "qemu+ssh", "qemu+libssh", "qemu+libssh2", "qemu+tls", "qemu+tcp");
    private static final String LOOPBACK = "127.0.0.1";

    /** Who runs the guest's instructions. */
    enum DomainType {
        AUTO,
        KVM,
        QEMU
    }

    /** How the controller gets at consoles. */
    enum ConsoleTransport {
        AUTO,
        UNIX,
        TCP
    }

    static Settings of(String installation, DriverConfig config) {
        URI uri = uri(config.required(URI));
        boolean local = isLocal(uri.getHost());
        String poolPath = config.text(POOL_PATH).orElse("/var/lib/libvirt/haneul");
        if (!poolPath.startsWith("/") || poolPath.contains("/../") || poolPath.endsWith("/..")) {
            throw invalid(POOL_PATH, poolPath, "an absolute path on the host");
        }
        String cache = config.text(DISK_CACHE).orElse("writeback");
        if (!DISK_CACHES.contains(cache)) {
            throw invalid(DISK_CACHE, cache, "one of " + DISK_CACHES);
        }
        Settings settings = new Settings(
                installation,
                withoutPrompts(uri),
                local,
                poolPath.length() > 1 ? poolPath.replaceAll("/+$", "") : poolPath,
                config.text(HOST_ADDRESS).orElse(local ? LOOPBACK : uri.getHost()),
                choice(config, DOMAIN_TYPE, DomainType.class),
                cache,
                choice(config, CONSOLES, ConsoleTransport.class),
                config.text(NETWORK_HOST),
                config.text(CALL_TIMEOUT).isPresent() ? config.duration(CALL_TIMEOUT) : Duration.ofMinutes(1));
        if (settings.consoles == ConsoleTransport.UNIX && !settings.hasRoomForSockets()) {
            throw invalid(POOL_PATH, poolPath, "at most 66 characters long, or consoles must not be unix");
        }
        return settings;
    }

    /** Names of sockets end at 107 bytes, and ours are a UUID and four more. */
    boolean hasRoomForSockets() {
        return poolPath.length() <= 66;
    }

    String poolName() {
        return "haneul-" + installation;
    }

    private static URI uri(String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw invalid(URI, text, "a URI");
        }
        if (uri.getScheme() == null || !TRANSPORTS.contains(uri.getScheme())) {
            throw invalid(
                    URI,
                    text,
                    "a URI that begins with one of "
                            + TRANSPORTS.stream().sorted().toList());
        }
        if (uri.getHost() == null && !isLocalTransport(uri)) {
            throw invalid(URI, text, "a URI with a host, such as " + uri.getScheme() + "://host/system");
        }
        return uri;
    }

    private static boolean isLocalTransport(URI uri) {
        return uri.getScheme().equals("qemu") || uri.getScheme().equals("qemu+unix");
    }

    private static boolean isLocal(String host) {
        return host == null || host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
    }

    private static String withoutPrompts(URI uri) {
        String text = uri.toString();
        boolean ssh = uri.getScheme().equals("qemu+ssh");
        if (!ssh || (uri.getRawQuery() != null && uri.getRawQuery().contains("no_tty="))) {
            return text;
        }
        return text + (uri.getRawQuery() == null ? "?" : "&") + "no_tty=1";
    }

    private static <E extends Enum<E>> E choice(DriverConfig config, String name, Class<E> type) {
        String text = config.text(name).orElse("auto");
        for (E candidate : type.getEnumConstants()) {
            if (candidate.name().toLowerCase(Locale.ROOT).equals(text)) {
                return candidate;
            }
        }
        throw invalid(
                name,
                text,
                "one of " + Set.of(type.getEnumConstants()).toString().toLowerCase(Locale.ROOT));
    }

    private static DriverException invalid(String name, String value, String wanted) {
        return DriverException.of(
                Code.INVALID, "The driver property " + name + " must be " + wanted + ", not \"" + value + "\".");
    }
}
