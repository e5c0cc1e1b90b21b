package cloud.haneul.driver.simulator;

import cloud.haneul.spi.DriverException;
import cloud.haneul.spi.compute.ImageSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The image cache: an image is read to its end and checked against its hash the first time a disk is made from it, and not
 * again. Who asks for it meanwhile waits for the one who reads.
 */
final class Images {
    private final Set<String> checked = ConcurrentHashMap.newKeySet();
    private final Map<String, Object> reading = new ConcurrentHashMap<>();

    void fetch(ImageSource image) {
        if (checked.contains(image.sha512())) {
            return;
        }
        synchronized (reading.computeIfAbsent(image.sha512(), hash -> new Object())) {
            if (!checked.contains(image.sha512())) {
                check(image);
                checked.add(image.sha512());
            }
        }
        reading.remove(image.sha512());
    }

    private static void check(ImageSource image) {
        String found = hash(image);
        if (!found.equalsIgnoreCase(image.sha512())) {
            throw new DriverException(
                    DriverException.Code.INVALID,
                    "The image's content does not match its checksum.",
                    "image " + image.id() + " promised " + image.sha512() + ", found " + found,
                    null);
        }
    }

    private static String hash(ImageSource image) {
        try (InputStream in = image.open()) {
            MessageDigest digest = MessageDigest.getInstance("SHA-512");
            byte[] buffer = new byte[64 * 1024];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException | UncheckedIOException e) {
            throw new DriverException(
                    DriverException.Code.INTERRUPTED,
                    "The image could not be read to its end.",
                    "image " + image.id(),
                    e);
        } catch (NoSuchAlgorithmException e) {
            throw new DriverException(DriverException.Code.INTERNAL, "SHA-512 is missing.", "", e);
        }
    }
}
