package cloud.haneul.image;

import java.util.Map;
import java.util.UUID;

/**
 * What compute needs to know of an image it boots from.
 *
 * @param diskFormat as declared and found by inspection: {@code raw}, {@code qcow2}, ...
 * @param size of the data in bytes
 * @param virtualSize of the disk a guest sees, in bytes
 * @param sha512 of the data in hexadecimal
 * @param properties that steer hardware and scheduling, such as {@code hw_disk_bus}
 */
public record BootImage(
        UUID id,
        String name,
        String diskFormat,
        long size,
        long virtualSize,
        String sha512,
        long minDiskGib,
        long minRamMib,
        Map<String, String> properties) {
    public BootImage {
        properties = Map.copyOf(properties);
    }
}
