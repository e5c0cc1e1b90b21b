package cloud.haneul.spi.compute;

import java.util.Optional;
import java.util.UUID;

/**
 * The disks a server needs.
 *
 * @param rootGib virtual size of the root disk in GiB; 0 takes the image's own size
 * @param image what the root disk starts from
 * @param configDrive content of the config drive, an ISO 9660 image with label {@code config-2}
 */
public record DiskPlan(UUID server, long rootGib, ImageSource image, Optional<ConfigDrive> configDrive) {}
