package cloud.haneul.driver.libvirt;

import com.sun.jna.Pointer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.locks.LockSupport;
import org.libvirt.Connect;
import org.libvirt.Library;
import org.libvirt.LibvirtException;
import org.libvirt.jna.Libvirt.VirErrorCallback;

/**
 * libvirt's event loop, one for the process: it answers and sends keepalives and notices closed connections. Must run before
 * the first connection is opened; there is no way to take it back, hence a daemon thread that never ends.
 */
final class EventLoop {
    // JNA lets go of callbacks that nobody holds, and libvirt would then jump into nothing.
    private static final VirErrorCallback SILENCE = (Pointer data, org.libvirt.jna.virError error) -> {};

    private static final Logger LOG = System.getLogger(EventLoop.class.getName());
    private static final long PAUSE_NANOS = 100_000_000;

    private static boolean running;

    private EventLoop() {}

    static synchronized void ensureRunning() throws LibvirtException {
        if (running) {
            return;
        }
        // Every error is thrown as well; without this libvirt also prints it on the server's standard error.
        Connect.setErrorCallback(SILENCE);
        Library.initEventLoop();
        Thread thread = new Thread(EventLoop::run, "libvirt-events");
        thread.setDaemon(true);
        thread.start();
        running = true;
    }

    private static void run() {
        while (true) {
            try {
                Library.processEvent();
            } catch (LibvirtException e) {
                // One bad event must not end the loop: without it every connection would be closed by its keepalive.
                LOG.log(Level.WARNING, "libvirt's event loop stumbled", e);
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }
}
