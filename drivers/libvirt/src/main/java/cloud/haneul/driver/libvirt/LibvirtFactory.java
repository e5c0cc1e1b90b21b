package cloud.haneul.driver.libvirt;

import cloud.haneul.spi.ConfigProperty;
import cloud.haneul.spi.ConfigProperty.Kind;
import cloud.haneul.spi.DriverConfig;
import cloud.haneul.spi.DriverContext;
import cloud.haneul.spi.DriverFactory;
import cloud.haneul.spi.compute.Hypervisor;
import java.util.List;

/** Opens the driver for one libvirt host. Opening does not connect, so a host that is down does not keep the cloud from starting. */
final class LibvirtFactory implements DriverFactory<Hypervisor> {

    @Override
    public Class<Hypervisor> kind() {
        return Hypervisor.class;
    }

    @Override
    public String type() {
        return "libvirt";
    }

    @Override
    public String description() {
        return "QEMU or KVM through libvirt; nothing but libvirtd is needed on the host.";
    }

    @Override
    public List<ConfigProperty> properties() {
        return List.of(
                ConfigProperty.required(
                        Settings.URI,
                        Kind.URI,
                        "Where libvirtd answers: qemu:///system, qemu+unix:///system?socket=/path, qemu+ssh://user@host/system,"
                                + " qemu+tls://host/system or qemu+tcp://host/system (unencrypted, without a password)."),
                ConfigProperty.optional(
                        Settings.POOL_PATH,
                        Kind.PATH,
                        "/var/lib/libvirt/haneul",
                        "Folder on the host for disks, the image cache and console logs; libvirt creates it. At most 66"
                                + " characters where consoles are UNIX sockets. Give two hosts that see the same folder different paths."),
                ConfigProperty.optional(
                        Settings.HOST_ADDRESS,
                        Kind.TEXT,
                        "",
                        "Address of the host at which controllers reach VNC consoles; the default is the host of the URI, 127.0.0.1"
                                + " when it names none."),
                ConfigProperty.optional(
                        Settings.DOMAIN_TYPE,
                        Kind.TEXT,
                        "auto",
                        "kvm, qemu (emulated, slow) or auto: kvm where a probe guest runs with it, else qemu."),
                ConfigProperty.optional(
                        Settings.DISK_CACHE,
                        Kind.TEXT,
                        "writeback",
                        "Cache mode of disks: none, writeback, writethrough, directsync or unsafe."),
                ConfigProperty.optional(
                        Settings.CONSOLES,
                        Kind.TEXT,
                        "auto",
                        "unix (sockets in the pool folder, for hosts that share it with the controller), tcp (VNC on a port of"
                                + " host-address, serial lines through libvirt) or auto."),
                ConfigProperty.optional(
                        Settings.NETWORK_HOST,
                        Kind.TEXT,
                        "",
                        "Name under which the network back end knows the host (OVN: the chassis' system-id); the default is the"
                                + " host's name."),
                ConfigProperty.optional(
                        Settings.CALL_TIMEOUT,
                        Kind.DURATION,
                        "PT1M",
                        "How long libvirtd may take to answer one request before the connection is given up, such as PT30S."));
    }

    @Override
    public Hypervisor open(DriverContext context, DriverConfig config) {
        return new LibvirtHypervisor(Settings.of(context.installation(), config), context);
    }
}
