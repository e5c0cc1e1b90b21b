package cloud.haneul.driver.libvirt;

import cloud.haneul.spi.DriverException;
import cloud.haneul.spi.DriverException.Code;
import java.nio.ByteBuffer;
import java.util.Set;

/**
 * The last look at an image before QEMU opens it as root: a qcow2 that names a backing or data file would show a guest files of
 * the host. The image service refuses such images too; this host trusts nobody.
 */
final class ImageHeader {
    /** Bytes needed to judge. */
    static final int LENGTH = 104;

    private static final Set<String> FORMATS = Set.of("raw", "qcow2");
    private static final int QCOW2_MAGIC = 0x514649fb;
    private static final int BACKING_FILE_OFFSET = 8;
    private static final int INCOMPATIBLE_FEATURES = 72;
    private static final long EXTERNAL_DATA_FILE = 1 << 2;

    private ImageHeader() {}

    static void checkFormat(String format) {
        if (!FORMATS.contains(format)) {
            throw DriverException.of(
                    Code.UNSUPPORTED,
                    "Images of format " + format + " cannot be booted here; convert the image to qcow2 or raw.");
        }
    }

    /** @param start the image's first bytes, at least {@link #LENGTH} unless the image is shorter */
    static void check(String format, byte[] start, int length) {
        if (!format.equals("qcow2")) {
            return;
        }
        ByteBuffer header = ByteBuffer.wrap(start, 0, length);
        if (length < INCOMPATIBLE_FEATURES || header.getInt(0) != QCOW2_MAGIC) {
            throw DriverException.of(Code.INVALID, "The image is not in qcow2 format as it says.");
        }
        int version = header.getInt(4);
        boolean dataFile =
                version >= 3 && length >= LENGTH && (header.getLong(INCOMPATIBLE_FEATURES) & EXTERNAL_DATA_FILE) != 0;
        if (header.getLong(BACKING_FILE_OFFSET) != 0 || dataFile) {
            throw DriverException.of(Code.INVALID, "The image refers to another file and cannot be used.");
        }
    }
}
