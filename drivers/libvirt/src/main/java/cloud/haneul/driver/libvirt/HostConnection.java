package cloud.haneul.driver.libvirt;

import cloud.haneul.spi.DriverException;
import cloud.haneul.spi.DriverException.Code;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.libvirt.Error.ErrorNumber;
import org.libvirt.LibvirtException;

/**
 * The driver's connection to one libvirtd, shared by all its threads. Opened when first needed; dropped when it breaks or does not
 * answer in time, and then opened again by the next call. Calls run on threads of their own because native code cannot be
 * interrupted: a libvirtd that hangs costs a thread until its keepalive gives up, never the caller.
 */
final class HostConnection implements AutoCloseable {
    private static final int KEEPALIVE_SECONDS = 5;
    private static final int KEEPALIVE_COUNT = 3;
    /** Those who waited while a connection attempt failed need not each wait for one of their own. */
    private static final Duration FAILURE_HOLDS = Duration.ofSeconds(1);

    private final Settings settings;
    private final ExecutorService threads;
    private Shared current;
    private boolean closed;
    private DriverException lastFailure;
    private long lastFailureNanos;

    HostConnection(Settings settings) {
        this.settings = settings;
        this.threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "libvirt-call");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** What to do with a connection. */
    interface Call<T> {
        T run(HostConnect connect) throws LibvirtException;
    }

    /** What to do with a connection, without an answer. */
    interface Act {
        void run(HostConnect connect) throws LibvirtException;
    }

    /**
     * Runs calls to libvirt.
     *
     * @param doing completes "failed while ...", such as "starting the server"
     */
    <T> T call(String doing, Call<T> call) {
        Shared shared = acquire();
        try {
            return within(() -> {
                try {
                    return call.run(shared.connect);
                } finally {
                    release(shared);
                }
            });
        } catch (TimeoutException e) {
            drop(shared);
            throw new DriverException(
                    Code.TIMEOUT,
                    "The hypervisor did not answer in time while " + doing + ".",
                    "libvirt at " + settings.uri(),
                    e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof LibvirtException failure) {
                throw failed(doing, shared, failure);
            }
            throw unexpected(doing, e.getCause());
        }
    }

    void act(String doing, Act act) {
        call(doing, connect -> {
            act.run(connect);
            return true;
        });
    }

    /**
     * As {@link #act} for two things that do not need each other, at once. Returns when both have ended.
     *
     * @throws DriverException of the first that failed; the other's is suppressed in it
     */
    void actBoth(String doing, Act one, Act other) {
        Future<?> beside = threads.submit(() -> act(doing, other));
        DriverException failure = null;
        try {
            act(doing, one);
        } catch (DriverException e) {
            failure = e;
        }
        try {
            beside.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DriverException(Code.INTERRUPTED, "The call to the hypervisor was interrupted.", "", e);
        } catch (ExecutionException e) {
            if (failure == null) {
                throw unexpected(doing, e.getCause());
            }
            failure.addSuppressed(e.getCause());
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** Opens a connection of the caller's own, for streams: a long upload must not delay other calls' answers. */
    HostConnect open() {
        try {
            return within(this::opened);
        } catch (TimeoutException e) {
            throw new DriverException(
                    Code.UNREACHABLE,
                    "The hypervisor cannot be reached.",
                    "libvirt at " + settings.uri() + " did not answer within "
                            + settings.callTimeout().toSeconds()
                            + " s. Check that the host is up and that no firewall swallows the packets.",
                    e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof LibvirtException failure) {
                throw Errors.connecting(settings.uri(), failure);
            }
            throw unexpected("connecting", e.getCause());
        }
    }

    static void closeQuietly(HostConnect connect) {
        try {
            connect.close();
        } catch (LibvirtException ignored) {
            // it is gone already, which is what was wanted
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (current != null) {
            drop(current);
        }
        threads.shutdown();
    }

    private synchronized Shared acquire() {
        if (closed) {
            throw DriverException.of(Code.UNREACHABLE, "The connection to the hypervisor was closed.");
        }
        if (current != null && !isAlive(current.connect)) {
            drop(current);
        }
        if (current == null) {
            current = new Shared(openedUnlessJustFailed());
        }
        current.users++;
        return current;
    }

    private HostConnect openedUnlessJustFailed() {
        if (lastFailure != null && System.nanoTime() - lastFailureNanos < FAILURE_HOLDS.toNanos()) {
            throw lastFailure;
        }
        try {
            HostConnect connect = open();
            lastFailure = null;
            return connect;
        } catch (DriverException e) {
            lastFailure = e;
            lastFailureNanos = System.nanoTime();
            throw e;
        }
    }

    private HostConnect opened() throws LibvirtException {
        EventLoop.ensureRunning();
        HostConnect connect = new HostConnect(settings.uri());
        try {
            connect.setKeepAlive(KEEPALIVE_SECONDS, KEEPALIVE_COUNT);
        } catch (LibvirtException e) {
            if (!Errors.is(e, ErrorNumber.VIR_ERR_NO_SUPPORT)) {
                throw e;
            }
        }
        return connect;
    }

    private <T> T within(Callable<T> work) throws TimeoutException, ExecutionException {
        Future<T> answer = threads.submit(work);
        try {
            return answer.get(settings.callTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DriverException(Code.INTERRUPTED, "The call to the hypervisor was interrupted.", "", e);
        }
    }

    private DriverException failed(String doing, Shared shared, LibvirtException failure) {
        boolean lost = !isAlive(shared.connect);
        if (lost) {
            drop(shared);
        }
        return Errors.calling(doing, failure, lost);
    }

    private static DriverException unexpected(String doing, Throwable thrown) {
        if (thrown instanceof DriverException e) {
            return e;
        }
        if (thrown instanceof LinkageError) {
            return new DriverException(
                    Code.INTERNAL,
                    "The libvirt driver cannot be used on this controller.",
                    "The controller lacks libvirt's client library (on Debian and Ubuntu: apt-get install libvirt0): "
                            + thrown,
                    thrown);
        }
        return new DriverException(
                Code.INTERNAL, "The libvirt driver failed while " + doing + ".", String.valueOf(thrown), thrown);
    }

    private static boolean isAlive(HostConnect connect) {
        try {
            return connect.isConnected() && connect.isAlive();
        } catch (LibvirtException e) {
            return false;
        }
    }

    private synchronized void release(Shared shared) {
        shared.users--;
        closeWhenUnused(shared);
    }

    private synchronized void drop(Shared shared) {
        if (current == shared) {
            current = null;
        }
        shared.dropped = true;
        closeWhenUnused(shared);
    }

    /** libvirt frees a connection at its close even while another thread is inside a call on it, and the process dies of that. */
    private void closeWhenUnused(Shared shared) {
        if (shared.dropped && shared.users == 0 && !shared.released) {
            shared.released = true;
            closeQuietly(shared.connect);
        }
    }

    private static final class Shared {
        private final HostConnect connect;
        private int users;
        private boolean dropped;
        private boolean released;

        private Shared(HostConnect connect) {
            this.connect = connect;
        }
    }
}
