package cloud.haneul.driver.libvirt;

import cloud.haneul.spi.DriverFactory;
import cloud.haneul.spi.DriverPlugin;
import java.util.List;
import java.util.Optional;

/** Brings hypervisors that speak libvirt: QEMU and KVM, on this host or any other. */
public final class LibvirtPlugin implements DriverPlugin {

    @Override
    public String name() {
        return "libvirt";
    }

    @Override
    public String version() {
        return Optional.ofNullable(LibvirtPlugin.class.getPackage().getImplementationVersion())
                .orElse("development");
    }

    @Override
    public List<DriverFactory<?>> drivers() {
        return List.of(new LibvirtFactory());
    }
}
