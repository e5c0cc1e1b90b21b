package cloud.haneul.spi.compute;

import java.io.InputStream;
import java.util.UUID;

/** An image a hypervisor can read from the image service, from the start as often as it needs. */
public interface ImageSource {
    UUID id();

    /** Disk format as checked at upload: {@code raw}, {@code qcow2}, ... */
    String format();

    /** SHA-512 of the bytes in hexadecimal. */
    String sha512();

    /** Bytes to be read. */
    long size();

    /** Bytes of the disk a guest would see. */
    long virtualSize();

    InputStream open();
}
