package cloud.haneul.compute;

import cloud.haneul.kernel.Fault;
import java.util.Optional;

/**
 * What is asked of {@link Flavors#create}; ranges as in the Compute API, "Create Flavor".
 *
 * @param id empty for a new one; else letters, digits, blanks and {@code . - _}
 * @param vcpus 1 to 2,147,483,647
 * @param ramMib 1 to 2,147,483,647
 * @param diskGib 0 to 2,147,483,647; 0 takes the image's size
 */
public record NewFlavor(
        Optional<String> id,
        String name,
        Optional<String> description,
        int vcpus,
        long ramMib,
        long diskGib,
        long ephemeralGib,
        long swapMib,
        double rxtxFactor,
        boolean isPublic) {
    public NewFlavor {
        if (name.isBlank() || name.length() > 255) {
            throw Fault.badRequest(
                    "name", "Invalid input for field/attribute name: it must be 1 to 255 characters, not only blanks.");
        }
        atLeast("vcpus", vcpus, 1);
        atLeast("ram", ramMib, 1);
        atLeast("disk", diskGib, 0);
        atLeast("OS-FLV-EXT-DATA:ephemeral", ephemeralGib, 0);
        atLeast("swap", swapMib, 0);
        if (!(rxtxFactor > 0)) {
            throw Fault.badRequest("rxtx_factor", "Invalid input for field/attribute rxtx_factor: it must be above 0.");
        }
        id.ifPresent(text -> {
            if (text.isBlank()
                    || !text.equals(text.strip())
                    || text.length() > 255
                    || !text.matches("[a-zA-Z0-9. _-]+")) {
                throw Fault.badRequest(
                        "id", "Invalid input for field/attribute id: letters, digits, blanks and . - _ only.");
            }
        });
    }

    public static NewFlavor of(String name, int vcpus, long ramMib, long diskGib) {
        return new NewFlavor(Optional.empty(), name, Optional.empty(), vcpus, ramMib, diskGib, 0, 0, 1.0, true);
    }

    private static void atLeast(String field, long value, long least) {
        if (value < least || value > Integer.MAX_VALUE) {
            throw Fault.badRequest(
                    field,
                    "Invalid input for field/attribute " + field + ". Value: " + value + ". It must be " + least
                            + " to 2147483647.");
        }
    }
}
