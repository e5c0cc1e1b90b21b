package cloud.haneul.driver.libvirt;

import java.util.Set;

/**
 * What a host can do for a domain, found out once per connection.
 *
 * @param architecture as libvirt names it
 * @param kvm whether guests run with hardware help
 * @param unixConsoles whether consoles can be sockets in the pool's folder
 */
record Platform(String architecture, String cpuModel, boolean kvm, boolean unixConsoles, Set<String> traits) {

    String domainType() {
        return kvm ? "kvm" : "qemu";
    }
}
