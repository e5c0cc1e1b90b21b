package cloud.haneul.image;

import cloud.haneul.image.Image.Visibility;
import cloud.haneul.kernel.Fault;
import java.util.Map;
import java.util.Set;

/**
 * What people say of an image.
 *
 * @param diskFormat one of {@link #DISK_FORMATS}; empty until known
 * @param containerFormat one of {@link #CONTAINER_FORMATS}; empty until known
 * @param properties free-form; those that steer hardware have OpenStack's names
 */
public record ImageDraft(
        String name,
        Visibility visibility,
        String diskFormat,
        String containerFormat,
        long minDiskGib,
        long minRamMib,
        boolean isProtected,
        boolean hidden,
        Map<String, String> properties,
        Set<String> tags) {
    /** What inspection understands; vhdx and ploop are refused rather than believed. */
    public static final Set<String> DISK_FORMATS =
            Set.of("raw", "qcow2", "iso", "vmdk", "vhd", "vdi", "ami", "ari", "aki");

    public static final Set<String> CONTAINER_FORMATS = Set.of("bare", "ami", "ari", "aki");

    private static final int PROPERTIES_MAX = 128;

    public ImageDraft {
        if (name.codePointCount(0, name.length()) > 255) {
            throw Fault.badRequest("name", "Invalid input for name: it is longer than 255 characters.");
        }
        requireKnown("disk_format", diskFormat, DISK_FORMATS);
        requireKnown("container_format", containerFormat, CONTAINER_FORMATS);
        if (minDiskGib < 0 || minDiskGib > Integer.MAX_VALUE) {
            throw Fault.badRequest("min_disk", "Invalid input for min_disk: it must be 0 to 2147483647.");
        }
        if (minRamMib < 0 || minRamMib > Integer.MAX_VALUE) {
            throw Fault.badRequest("min_ram", "Invalid input for min_ram: it must be 0 to 2147483647.");
        }
        if (properties.size() > PROPERTIES_MAX) {
            throw Fault.of(
                    Fault.Kind.TOO_LARGE,
                    "The limit has been exceeded on the number of allowed image properties: " + PROPERTIES_MAX);
        }
        if (tags.size() > PROPERTIES_MAX) {
            throw Fault.of(
                    Fault.Kind.TOO_LARGE,
                    "The limit has been exceeded on the number of allowed image tags: " + PROPERTIES_MAX);
        }
        properties = Map.copyOf(properties);
        tags = Set.copyOf(tags);
    }

    /** A private image of a format, for bare disks. */
    public static ImageDraft of(String name, String diskFormat) {
        return new ImageDraft(name, Visibility.SHARED, diskFormat, "bare", 0, 0, false, false, Map.of(), Set.of());
    }

    public ImageDraft visibleTo(Visibility who) {
        return new ImageDraft(
                name, who, diskFormat, containerFormat, minDiskGib, minRamMib, isProtected, hidden, properties, tags);
    }

    private static void requireKnown(String field, String value, Set<String> known) {
        if (!value.isEmpty() && !known.contains(value)) {
            throw Fault.badRequest(
                    field,
                    "Invalid value '" + (value.length() > 40 ? value.substring(0, 40) : value) + "' for field " + field
                            + "; it must be one of " + known.stream().sorted().toList() + ".");
        }
    }
}
