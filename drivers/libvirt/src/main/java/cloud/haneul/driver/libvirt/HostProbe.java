package cloud.haneul.driver.libvirt;

import cloud.haneul.driver.libvirt.Settings.ConsoleTransport;
import cloud.haneul.spi.DriverException;
import cloud.haneul.spi.DriverException.Code;
import cloud.haneul.spi.compute.HostFacts;
import com.sun.jna.Memory;
import com.sun.jna.ptr.IntByReference;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.libvirt.Domain;
import org.libvirt.DomainInfo.DomainState;
import org.libvirt.LibvirtException;
import org.libvirt.NodeInfo;

/** Finds out what a host is and can do. */
final class HostProbe {
    private static final int AUTODESTROY = 1 << 1;
    private static final long GIB = 1L << 30;
    /** Long enough for a guest to enter its firmware, which is where broken virtualisation shows. */
    private static final long PROBE_MILLIS = 300;

    private final Settings settings;
    private final Pool pool;

    HostProbe(Settings settings, Pool pool) {
        this.settings = settings;
        this.pool = pool;
    }

    HostFacts facts(HostConnect connect) throws LibvirtException {
        Platform found = connect.platform(this);
        NodeInfo node = connect.nodeInfo();
        String host = connect.getHostName();
        return new HostFacts(
                host,
                settings.networkHost().orElse(host),
                found.architecture(),
                "QEMU",
                (int) connect.getVersion(),
                node.cpus,
                memoryMib(connect, node),
                pool.open(connect).getInfo().capacity / GIB,
                found.cpuModel(),
                found.traits());
    }

    /** Asks and tries; see {@link HostConnect#platform}. */
    Platform platform(HostConnect connect) throws LibvirtException {
        XmlView capabilities = XmlView.of(connect.getCapabilities());
        String architecture = capabilities.text("host", "cpu", "arch").orElse("x86_64");
        boolean kvm = usesKvm(connect, capabilities, architecture);
        return new Platform(
                architecture,
                capabilities.text("host", "cpu", "model").orElse(architecture),
                kvm,
                usesUnixConsoles(connect, capabilities, kvm ? "kvm" : "qemu"),
                Traits.of(capabilities, kvm));
    }

    private boolean usesKvm(HostConnect connect, XmlView capabilities, String architecture) {
        boolean offered = capabilities.all("guest", "arch").stream()
                .filter(arch -> arch.attribute("name").orElse("").equals(architecture))
                .flatMap(arch -> arch.all("domain").stream())
                .anyMatch(domain -> domain.attribute("type").orElse("").equals("kvm"));
        return switch (settings.domainType()) {
            case QEMU -> false;
            case AUTO -> offered && runsWithKvm(connect, architecture);
            case KVM -> {
                if (!offered) {
                    throw new DriverException(
                            Code.UNSUPPORTED,
                            "The hypervisor has no hardware virtualisation.",
                            "The property domain-type says kvm, but libvirt at " + settings.uri()
                                    + " does not offer it. Check the firmware's settings and /dev/kvm there, or set domain-type to qemu.",
                            null);
                }
                yield true;
            }
        };
    }

    /** Hosts exist, virtual ones above all, that offer KVM and cannot run a guest with it; hence a guest of nothing but firmware. */
    private boolean runsWithKvm(HostConnect connect, String architecture) {
        UUID id = UUID.randomUUID();
        String xml = Xml.write(out -> out.element(
                "domain",
                domain -> domain.text("name", "haneul-probe-" + id)
                        .text("uuid", id.toString())
                        .text("memory", "16", "unit", "MiB")
                        .text("vcpu", "1")
                        .element("os", os -> os.text("type", "hvm", "arch", architecture))
                        .empty("cpu", "mode", "host-passthrough", "check", "none")
                        .element("devices", devices -> devices.empty("controller", "type", "usb", "model", "none")
                                .empty("memballoon", "model", "none")),
                "type",
                "kvm"));
        try {
            Domain domain = connect.domainCreateXML(xml, AUTODESTROY);
            try {
                Thread.sleep(PROBE_MILLIS);
                return domain.getInfo().state == DomainState.VIR_DOMAIN_RUNNING;
            } finally {
                domain.destroy();
                domain.free();
            }
        } catch (LibvirtException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean usesUnixConsoles(HostConnect connect, XmlView capabilities, String domainType)
            throws LibvirtException {
        if (settings.consoles() != ConsoleTransport.AUTO) {
            return settings.consoles() == ConsoleTransport.UNIX;
        }
        // QEMU makes the VNC socket itself, so it must be able to write into the folder, and we to open what it made.
        boolean bothRoot = "root".equals(System.getProperty("user.name"))
                && capabilities.all("host", "secmodel", "baselabel").stream()
                        .filter(label -> label.attribute("type").orElse("").equals(domainType))
                        .anyMatch(label -> label.text().orElse("").equals("+0:+0"));
        return settings.local() && bothRoot && settings.hasRoomForSockets() && pool.isShared(connect);
    }

    /** From /proc/meminfo on the host; the number in NodeInfo misses memory that was added while the host ran. */
    private static long memoryMib(HostConnect connect, NodeInfo node) {
        IntByReference count = new IntByReference(0);
        MissingCalls libvirt = MissingCalls.LIBVIRT;
        int all = MissingCalls.ALL_CELLS;
        if (libvirt.virNodeGetMemoryStats(connect.pointer(), all, null, count, 0) == 0 && count.getValue() > 0) {
            Memory stats = new Memory((long) count.getValue() * MissingCalls.MEMORY_STATS_SIZE);
            if (libvirt.virNodeGetMemoryStats(connect.pointer(), all, stats, count, 0) == 0) {
                for (int i = 0; i < count.getValue(); i++) {
                    long at = (long) i * MissingCalls.MEMORY_STATS_SIZE;
                    if (stats.getString(at, StandardCharsets.US_ASCII.name()).equals("total")) {
                        return stats.getLong(at + MissingCalls.MEMORY_STATS_NAME) / 1024;
                    }
                }
            }
        }
        return node.memory / 1024;
    }
}
