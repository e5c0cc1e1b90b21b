package cloud.haneul.driver.libvirt;

import cloud.haneul.spi.DriverException;
import cloud.haneul.spi.DriverException.Code;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The virtual hardware that an image or flavor asks for by OpenStack's property names. Only values known to be harmless reach the
 * domain; others are refused by name rather than ignored, for a guest with the wrong bus does not boot and does not say why.
 */
record Hardware(
        String machine,
        String diskBus,
        String cdromBus,
        String vifModel,
        String video,
        boolean tablet,
        boolean guestAgent) {
    private static final Pattern MACHINE = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
    private static final Set<String> BUSES = Set.of("virtio", "scsi", "sata", "ide", "usb");
    private static final Set<String> VIF_MODELS =
            Set.of("virtio", "e1000", "e1000e", "rtl8139", "vmxnet3", "ne2k_pci", "pcnet");
    private static final Set<String> VIDEOS = Set.of("vga", "virtio", "cirrus", "qxl", "bochs", "vmvga", "none");

    static Hardware of(Map<String, String> properties) {
        String machine = properties.getOrDefault("hw_machine_type", "pc");
        if (!MACHINE.matcher(machine).matches()) {
            throw unknown("hw_machine_type", machine, "pc, q35 or a version of them");
        }
        return new Hardware(
                machine,
                bus(properties, "hw_disk_bus", "virtio", machine),
                bus(properties, "hw_cdrom_bus", usualCdromBus(machine), machine),
                oneOf(properties, "hw_vif_model", "virtio", VIF_MODELS),
                oneOf(properties, "hw_video_model", "vga", VIDEOS),
                oneOf(properties, "hw_pointer_model", "usbtablet", Set.of("usbtablet", "ps2mouse"))
                        .equals("usbtablet"),
                isTrue(properties.getOrDefault("hw_qemu_guest_agent", "no")));
    }

    String diskTarget() {
        return diskPrefix(diskBus) + "a";
    }

    String cdromTarget() {
        String prefix = diskPrefix(cdromBus);
        return prefix + (prefix.equals(diskPrefix(diskBus)) ? "b" : "a");
    }

    boolean needsScsiController(boolean withCdrom) {
        return diskBus.equals("scsi") || (withCdrom && cdromBus.equals("scsi"));
    }

    /** The bus that any guest finds. Kernels made for clouds often lack SATA: their images say hw_cdrom_bus=scsi for q35. */
    private static String usualCdromBus(String machine) {
        if (machine.contains("q35")) {
            return "sata";
        }
        return machine.startsWith("pc") ? "ide" : "scsi";
    }

    private static String bus(Map<String, String> properties, String name, String fallback, String machine) {
        String bus = oneOf(properties, name, fallback, BUSES);
        if (bus.equals("ide") && machine.contains("q35")) {
            throw unknown(name, bus, "another bus: the machine type q35 has no IDE; use sata");
        }
        return bus;
    }

    private static String diskPrefix(String bus) {
        return switch (bus) {
            case "virtio" -> "vd";
            case "ide" -> "hd";
            default -> "sd";
        };
    }

    private static String oneOf(Map<String, String> properties, String name, String fallback, Set<String> known) {
        String value = properties.getOrDefault(name, fallback);
        if (!known.contains(value)) {
            throw unknown(name, value, "one of " + known.stream().sorted().toList());
        }
        return value;
    }

    private static boolean isTrue(String value) {
        return Set.of("yes", "true", "1", "on").contains(value.toLowerCase(Locale.ROOT));
    }

    private static DriverException unknown(String name, String value, String wanted) {
        return DriverException.of(
                Code.INVALID,
                "The image or flavor property " + name + " must be " + wanted + "; it is \"" + value + "\".");
    }
}
