package cloud.haneul.spi.compute;

import java.util.Set;

/**
 * What a host is and has.
 *
 * @param hostName as the host calls itself; unique in the cloud
 * @param networkHost the name under which the network back end knows the host (OVN: the chassis' system-id)
 * @param architecture such as {@code x86_64}
 * @param hypervisorType in the API's words: {@code QEMU}, {@code fake}
 * @param hypervisorVersion as one number, major * 1,000,000 + minor * 1,000 + patch
 * @param memoryMib physical memory in MiB
 * @param diskGib room for disks in GiB
 * @param traits names of the placement trait list, such as {@code HW_CPU_X86_AVX2}
 */
public record HostFacts(
        String hostName,
        String networkHost,
        String architecture,
        String hypervisorType,
        int hypervisorVersion,
        int cpus,
        long memoryMib,
        long diskGib,
        String cpuModel,
        Set<String> traits) {
    public HostFacts {
        traits = Set.copyOf(traits);
    }
}
