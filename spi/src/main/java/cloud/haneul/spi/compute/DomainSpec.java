package cloud.haneul.spi.compute;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A server as a hypervisor must build it. Disks are those of {@link DiskPlan}, found by the server's id.
 *
 * @param name the instance name shown on the host, such as {@code instance-0000002a}; letters, digits and dashes
 * @param displayName the user's name for it; any text
 * @param memoryMib guest memory in MiB
 * @param nics in the order the guest sees them
 * @param configDrive whether a config drive was prepared and is to be attached
 * @param properties image and flavor properties that steer the hardware, by OpenStack's names ({@code hw_disk_bus},
 *     {@code hw_vif_model}, {@code hw_machine_type}, ...); unknown ones are ignored
 */
public record DomainSpec(
        UUID server,
        String name,
        String displayName,
        String projectId,
        int vcpus,
        long memoryMib,
        List<Nic> nics,
        boolean configDrive,
        Map<String, String> properties) {
    public DomainSpec {
        nics = List.copyOf(nics);
        properties = Map.copyOf(properties);
    }

    /** @param mtu in bytes; 0 for the back end's default */
    public record Nic(UUID port, String mac, int mtu, VifAttachment attachment) {}
}
