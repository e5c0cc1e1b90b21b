package cloud.haneul.driver.libvirt;

import cloud.haneul.spi.compute.DomainSpec;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;

/** Tells whether two specifications ask for the same domain, across restarts of the controller. */
final class SpecDigest {
    /** Counted up when the same specification gives another definition. */
    private static final int TEMPLATE = 1;

    private SpecDigest() {}

    static String of(DomainSpec spec, Platform platform) {
        // lists and records print in a fixed order; a map does not
        String text = List.of(
                        TEMPLATE,
                        platform.domainType(),
                        platform.unixConsoles(),
                        spec.server(),
                        quoted(spec.name()),
                        quoted(spec.displayName()),
                        quoted(spec.projectId()),
                        spec.vcpus(),
                        spec.memoryMib(),
                        spec.nics(),
                        spec.configDrive())
                .toString();
        StringBuilder properties = new StringBuilder();
        new TreeMap<>(spec.properties())
                .forEach((name, value) -> properties.append(quoted(name)).append(quoted(value)));
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest((text + properties).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String quoted(String text) {
        return text.length() + ":" + text;
    }
}
