package cloud.haneul.compute;

import cloud.haneul.kernel.Fault;
import java.util.HashMap;
import java.util.Map;

/**
 * What is asked of {@link Hosts#add}.
 *
 * @param driver type of the hypervisor driver, such as {@code libvirt}; empty takes it from the URI's scheme
 * @param uri {@code qemu:///system}, {@code qemu+ssh://root@host/system}, {@code simulator:?hosts=3}
 * @param name empty to take the host's own
 * @param config further properties of the driver
 */
public record NewHost(
        String driver,
        String uri,
        String name,
        String zone,
        Map<String, String> config,
        double cpuRatio,
        double ramRatio,
        double diskRatio) {
    public NewHost {
        if (uri.isBlank() || uri.length() > 1024 || uri.chars().anyMatch(c -> c < ' ')) {
            throw Fault.badRequest(
                    "uri", "Invalid input for field/attribute uri: it must be 1 to 1024 printable characters.");
        }
        if (name.length() > 255) {
            throw Fault.badRequest(
                    "name", "Invalid input for field/attribute name: it must be at most 255 characters.");
        }
        ratio("cpu_allocation_ratio", cpuRatio);
        ratio("ram_allocation_ratio", ramRatio);
        ratio("disk_allocation_ratio", diskRatio);
        if (driver.isEmpty()) {
            driver = uri.startsWith("simulator:") ? "simulator" : "libvirt";
        }
        if (zone.isEmpty()) {
            zone = "nova";
        }
        config = Map.copyOf(config);
    }

    public static NewHost of(String uri) {
        return new NewHost("", uri, "", "", Map.of(), 16.0, 1.5, 1.0);
    }

    /** The parameters after the question mark of a {@code simulator:} URI. */
    Map<String, String> uriParameters() {
        Map<String, String> parameters = new HashMap<>();
        int mark = uri.indexOf('?');
        if (mark >= 0) {
            for (String pair : uri.substring(mark + 1).split("&")) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    parameters.put(pair.substring(0, equals), pair.substring(equals + 1));
                }
            }
        }
        return parameters;
    }

    private static void ratio(String field, double value) {
        if (!(value >= 0.1 && value <= 1000)) {
            throw Fault.badRequest(field, "Invalid input for field/attribute " + field + ": it must be 0.1 to 1000.");
        }
    }
}
