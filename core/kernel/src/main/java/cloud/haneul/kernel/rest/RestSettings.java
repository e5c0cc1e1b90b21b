package cloud.haneul.kernel.rest;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.PublicAddress;
import cloud.haneul.kernel.Setting;
import java.util.List;
import java.util.Optional;

/** The configuration of all REST APIs, read once at start because every request asks for it. */
@Component
public class RestSettings {
    static final Setting<Long> MAX_JSON_BYTES = Setting.number(
            "haneul.rest.max-json-bytes", 1 << 20, "Largest JSON request body in bytes; over it the answer is 413.");
    static final Setting<Long> MAX_JSON_DEPTH = Setting.number(
            "haneul.rest.max-json-depth", 64, "Deepest nesting of a JSON request body; over it the answer is 400.");
    static final Setting<Boolean> TRUST_FORWARDED = Setting.flag(
            "haneul.rest.trust-forwarded",
            false,
            "Whether to believe X-Forwarded-For, -Proto and -Host. Only behind a proxy that sets them itself on every request.");

    static final Setting<Long> KEPT_JSON_MIB = Setting.number(
            "haneul.rest.kept-json-mib",
            16,
            "Memory for the JSON of lists and of the resources in them, which are asked for again and again, in MiB; 0 keeps none. A server takes about 2 KiB.");

    private final long maxJsonBytes = MAX_JSON_BYTES.get();
    private final int maxJsonDepth = Math.toIntExact(MAX_JSON_DEPTH.get());
    private final long keptJsonBytes = keptJsonBytes(KEPT_JSON_MIB.get());
    private final boolean trustForwarded = TRUST_FORWARDED.get();
    private final Optional<String> publicUrl = PublicAddress.configured();

    /** For the settings of the kernel's module. */
    public static List<Setting<?>> all() {
        return List.of(MAX_JSON_BYTES, MAX_JSON_DEPTH, TRUST_FORWARDED, KEPT_JSON_MIB);
    }

    long maxJsonBytes() {
        return maxJsonBytes;
    }

    int maxJsonDepth() {
        return maxJsonDepth;
    }

    long keptJsonBytes() {
        return keptJsonBytes;
    }

    private static long keptJsonBytes(long mib) {
        if (mib < 0 || mib > 4096) {
            throw new IllegalStateException(
                    "Configuration key " + KEPT_JSON_MIB.key() + " must be 0 to 4096, not " + mib);
        }
        return mib << 20;
    }

    boolean trustForwarded() {
        return trustForwarded;
    }

    /** Without a trailing slash. */
    Optional<String> publicUrl() {
        return publicUrl;
    }
}
