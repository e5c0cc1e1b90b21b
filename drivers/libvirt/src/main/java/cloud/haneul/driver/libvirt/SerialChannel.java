package cloud.haneul.driver.libvirt;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedChannelException;
import java.util.UUID;
import org.libvirt.Error;
import org.libvirt.jna.Libvirt;
import org.libvirt.jna.SizeT;
import org.libvirt.jna.virError;

/**
 * A server's serial line, carried by libvirt: nothing listens on the host. One reader and one writer may use it at once. It has a
 * connection of its own, and libvirt is never left waiting inside a call, so that closing ends both at once.
 */
final class SerialChannel implements ByteChannel {
    private static final int BUFFER = 16 * 1024;
    private static final int WOULD_BLOCK = -2;
    /** Short after something moved, because an answer follows a key; longer while nobody types. */
    private static final long EAGER_MILLIS = 2;

    private static final long IDLE_MILLIS = 20;

    private final MissingCalls libvirt = MissingCalls.LIBVIRT;
    private final HostConnect connect;
    private final Pointer stream;
    private final Memory incoming = new Memory(BUFFER);
    private final Memory outgoing = new Memory(BUFFER);
    private volatile boolean open = true;
    private volatile long moved;

    private SerialChannel(HostConnect connect, Pointer stream) {
        this.connect = connect;
        this.stream = stream;
    }

    /** Takes the line over from whoever holds it: usually the same user, whose browser vanished without a word. */
    static SerialChannel open(HostConnection connection, UUID server) {
        HostConnect connect = connection.open();
        MissingCalls libvirt = MissingCalls.LIBVIRT;
        Pointer domain = libvirt.virDomainLookupByUUIDString(connect.pointer(), server.toString());
        Pointer stream = domain == null ? null : libvirt.virStreamNew(connect.pointer(), MissingCalls.STREAM_NONBLOCK);
        boolean opened = false;
        try {
            opened = stream != null
                    && libvirt.virDomainOpenConsole(domain, null, stream, MissingCalls.CONSOLE_FORCE) == 0;
            if (!opened) {
                throw Errors.calling("opening the serial console", lastError(), null);
            }
            return new SerialChannel(connect, stream);
        } finally {
            if (!opened && stream != null) {
                libvirt.virStreamFree(stream);
            }
            if (domain != null) {
                libvirt.virDomainFree(domain);
            }
            if (!opened) {
                HostConnection.closeQuietly(connect);
            }
        }
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        if (!target.hasRemaining()) {
            return 0;
        }
        while (true) {
            int count = receive(target);
            if (count != WOULD_BLOCK) {
                return count;
            }
            pause();
        }
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        int total = 0;
        while (source.hasRemaining()) {
            int count = send(source);
            if (count == WOULD_BLOCK) {
                pause();
            } else {
                total += count;
            }
        }
        return total;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public synchronized void close() {
        if (open) {
            open = false;
            libvirt.virStreamAbort(stream);
            libvirt.virStreamFree(stream);
            HostConnection.closeQuietly(connect);
        }
    }

    private synchronized int receive(ByteBuffer target) throws IOException {
        requireOpen();
        int count = libvirt.virStreamRecv(stream, incoming, new SizeT(Math.min(BUFFER, target.remaining())));
        if (count == 0) {
            return -1;
        }
        if (count > 0) {
            target.put(incoming.getByteBuffer(0, count));
            moved = System.nanoTime();
        } else if (count != WOULD_BLOCK) {
            throw new IOException("The serial console ended: " + lastError());
        }
        return count;
    }

    private synchronized int send(ByteBuffer source) throws IOException {
        requireOpen();
        int length = Math.min(BUFFER, source.remaining());
        outgoing.getByteBuffer(0, length).put(source.slice().limit(length));
        int count = libvirt.virStreamSend(stream, outgoing, new SizeT(length));
        if (count > 0) {
            source.position(source.position() + count);
            moved = System.nanoTime();
        } else if (count != WOULD_BLOCK) {
            throw new IOException("The serial console ended: " + lastError());
        }
        return count;
    }

    private void requireOpen() throws IOException {
        if (!open) {
            throw new ClosedChannelException();
        }
    }

    private void pause() throws IOException {
        boolean busy = System.nanoTime() - moved < 200_000_000L;
        try {
            Thread.sleep(busy ? EAGER_MILLIS : IDLE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
            throw new IOException("Reading the serial console was interrupted", e);
        }
    }

    private static Error lastError() {
        virError last = Libvirt.INSTANCE.virGetLastError();
        return last == null ? null : new Error(last);
    }
}
