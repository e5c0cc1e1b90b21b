package cloud.haneul.driver.libvirt;

import cloud.haneul.spi.DriverException;
import cloud.haneul.spi.DriverException.Code;
import cloud.haneul.spi.compute.DomainSpec;
import cloud.haneul.spi.compute.VifAttachment;
import cloud.haneul.spi.compute.VifAttachment.BridgeTap;
import cloud.haneul.spi.compute.VifAttachment.OvsPort;
import java.util.UUID;

/** Writes the definition of a domain. */
final class DomainXml {
    private final Settings settings;
    private final Pool pool;

    DomainXml(Settings settings, Pool pool) {
        this.settings = settings;
        this.pool = pool;
    }

    String of(DomainSpec spec, Platform platform) {
        Hardware hardware = Hardware.of(spec.properties());
        return Xml.write(xml -> xml.element(
                "domain",
                domain -> {
                    identity(domain, spec, platform);
                    machine(domain, spec, hardware, platform);
                    domain.element("devices", devices -> {
                        disks(devices, spec, hardware);
                        spec.nics().forEach(nic -> nic(devices, nic, hardware));
                        consoles(devices, spec.server(), hardware, platform);
                        helpers(devices, hardware);
                    });
                },
                "type",
                platform.domainType()));
    }

    private void identity(Xml domain, DomainSpec spec, Platform platform) {
        domain.text("name", spec.name())
                .text("uuid", spec.server().toString())
                // shown by "virsh list --title"; libvirt takes no line breaks there
                .text("title", spec.displayName().replaceAll("\\R", " "))
                .element("metadata", metadata -> new ServerMark(settings.installation(), SpecDigest.of(spec, platform))
                        .write(metadata, spec.projectId(), spec.displayName()));
    }

    private static void machine(Xml domain, DomainSpec spec, Hardware hardware, Platform platform) {
        domain.text("memory", Long.toString(spec.memoryMib()), "unit", "MiB")
                .text("vcpu", Integer.toString(spec.vcpus()))
                .element(
                        "sysinfo",
                        sysinfo -> sysinfo.element("system", system -> {
                            // cloud-init recognises an OpenStack cloud by the product's name
                            system.text("entry", "Haneul", "name", "manufacturer")
                                    .text("entry", "OpenStack Nova", "name", "product")
                                    .text("entry", spec.server().toString(), "name", "serial")
                                    .text("entry", spec.server().toString(), "name", "uuid");
                        }),
                        "type",
                        "smbios")
                .element("os", os -> os.text(
                                "type", "hvm", "arch", platform.architecture(), "machine", hardware.machine())
                        .empty("boot", "dev", "hd")
                        .empty("smbios", "mode", "sysinfo"))
                .element("features", features -> features.empty("acpi").empty("apic"))
                .empty("cpu", "mode", platform.kvm() ? "host-passthrough" : "maximum", "check", "none")
                .element(
                        "clock",
                        clock -> {
                            clock.empty("timer", "name", "rtc", "tickpolicy", "catchup")
                                    .empty("timer", "name", "pit", "tickpolicy", "delay")
                                    .empty("timer", "name", "hpet", "present", "no");
                        },
                        "offset",
                        "utc")
                .text("on_poweroff", "destroy")
                .text("on_reboot", "restart")
                .text("on_crash", "destroy");
    }

    private void disks(Xml devices, DomainSpec spec, Hardware hardware) {
        devices.element(
                "disk",
                disk -> disk.empty(
                                "driver",
                                "name",
                                "qemu",
                                "type",
                                "qcow2",
                                "cache",
                                settings.diskCache(),
                                "discard",
                                "unmap")
                        .empty("source", "file", pool.path(Names.root(spec.server())))
                        .empty("target", "dev", hardware.diskTarget(), "bus", hardware.diskBus())
                        .text("serial", spec.server().toString()),
                "type",
                "file",
                "device",
                "disk");
        if (spec.configDrive()) {
            devices.element(
                    "disk",
                    disk -> disk.empty("driver", "name", "qemu", "type", "raw")
                            .empty("source", "file", pool.path(Names.configDrive(spec.server())))
                            .empty("target", "dev", hardware.cdromTarget(), "bus", hardware.cdromBus())
                            .empty("readonly"),
                    "type",
                    "file",
                    "device",
                    "cdrom");
        }
        if (hardware.needsScsiController(spec.configDrive())) {
            devices.empty("controller", "type", "scsi", "model", "virtio-scsi");
        }
    }

    private static void nic(Xml devices, DomainSpec.Nic nic, Hardware hardware) {
        devices.element(
                "interface",
                out -> {
                    out.empty("mac", "address", nic.mac());
                    VifAttachment attachment = nic.attachment();
                    if (attachment instanceof OvsPort ovs) {
                        out.empty("source", "bridge", ovs.bridge())
                                .element(
                                        "virtualport",
                                        port -> port.empty("parameters", "interfaceid", uuid(ovs.interfaceId())),
                                        "type",
                                        "openvswitch");
                    } else if (attachment instanceof BridgeTap tap) {
                        out.empty("source", "bridge", tap.bridge());
                    } else {
                        throw DriverException.of(
                                Code.UNSUPPORTED,
                                "A libvirt hypervisor cannot plug a port of the kind "
                                        + attachment.getClass().getSimpleName() + ".");
                    }
                    // interface names have 15 characters
                    out.empty("target", "dev", "tap" + nic.port().toString().substring(0, 11))
                            .empty("model", "type", hardware.vifModel());
                    if (attachment instanceof OvsPort ovs
                            && ovs.userspaceDatapath()
                            && hardware.vifModel().equals("virtio")) {
                        // the userspace datapath forwards checksums that were left for the hardware unfinished
                        out.element("driver", driver -> driver.empty(
                                        "host", "csum", "off", "gso", "off", "tso4", "off", "tso6", "off", "ecn", "off",
                                        "ufo", "off")
                                .empty(
                                        "guest", "csum", "off", "tso4", "off", "tso6", "off", "ecn", "off", "ufo",
                                        "off"));
                    }
                    if (nic.mtu() > 0) {
                        out.empty("mtu", "size", Integer.toString(nic.mtu()));
                    }
                },
                "type",
                "bridge");
    }

    private void consoles(Xml devices, UUID server, Hardware hardware, Platform platform) {
        String log = pool.path(Names.log(server));
        if (platform.unixConsoles()) {
            devices.element(
                    "serial",
                    serial -> serial.empty("source", "mode", "bind", "path", pool.path(Names.serialSocket(server)))
                            .empty("log", "file", log, "append", "on"),
                    "type",
                    "unix");
            devices.element(
                    "graphics",
                    graphics ->
                            graphics.empty("listen", "type", "socket", "socket", pool.path(Names.vncSocket(server))),
                    "type",
                    "vnc");
        } else {
            devices.element("serial", serial -> serial.empty("log", "file", log, "append", "on"), "type", "pty");
            devices.element(
                    "graphics",
                    graphics -> graphics.empty("listen", "type", "address", "address", settings.consoleAddress()),
                    "type",
                    "vnc",
                    "autoport",
                    "yes");
        }
        devices.element("video", video -> video.empty("model", "type", hardware.video()));
        if (hardware.tablet()) {
            // xhci: the older controllers keep the host's CPU busy while the guest does nothing
            devices.empty("controller", "type", "usb", "model", "qemu-xhci")
                    .empty("input", "type", "tablet", "bus", "usb");
        }
    }

    private static void helpers(Xml devices, Hardware hardware) {
        devices.element("rng", rng -> rng.text("backend", "/dev/urandom", "model", "random"), "model", "virtio");
        devices.element("memballoon", balloon -> balloon.empty("stats", "period", "10"), "model", "virtio");
        if (hardware.guestAgent()) {
            devices.element(
                    "channel",
                    channel -> channel.empty("target", "type", "virtio", "name", "org.qemu.guest_agent.0"),
                    "type",
                    "unix");
        }
    }

    private static String uuid(String interfaceId) {
        try {
            return UUID.fromString(interfaceId).toString();
        } catch (IllegalArgumentException e) {
            throw new DriverException(
                    Code.INVALID,
                    "The network port's name on the host must be a UUID.",
                    "libvirt takes no interface id " + interfaceId,
                    e);
        }
    }
}
