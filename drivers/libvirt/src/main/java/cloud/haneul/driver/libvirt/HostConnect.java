package cloud.haneul.driver.libvirt;

import com.sun.jna.Pointer;
import org.libvirt.Connect;
import org.libvirt.LibvirtException;

/** A connection that also serves the few calls the Java binding lacks ({@link MissingCalls}); they need the bare pointer. */
final class HostConnect extends Connect {

    HostConnect(String uri) throws LibvirtException {
        super(uri, false);
    }

    Pointer pointer() {
        return vcp.getPointer();
    }
}
