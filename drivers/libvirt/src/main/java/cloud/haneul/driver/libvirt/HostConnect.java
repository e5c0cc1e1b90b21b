package cloud.haneul.driver.libvirt;

import com.sun.jna.Pointer;
import org.libvirt.Connect;
import org.libvirt.LibvirtException;

/** A connection that also serves the few calls the Java binding lacks ({@link MissingCalls}); they need the bare pointer. */
final class HostConnect extends Connect {

    private Platform platform;

    HostConnect(String uri) throws LibvirtException {
        super(uri, false);
    }

    Pointer pointer() {
        return vcp.getPointer();
    }

    /** What the host can do, found out once for this connection: a host changes it only by restarting. */
    synchronized Platform platform(HostProbe probe) throws LibvirtException {
        if (platform == null) {
            platform = probe.platform(this);
        }
        return platform;
    }
}
