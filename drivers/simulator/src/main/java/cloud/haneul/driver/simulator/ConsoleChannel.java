package cloud.haneul.driver.simulator;

import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * One console session without a thread of its own: what the person sends is worked on by the thread that brings it, and what the
 * guest sends waits in a queue for the thread that reads.
 */
abstract class ConsoleChannel implements ByteChannel, Tty.Watcher {
    private static final int FULL = 4 << 20;

    private final Deque<ByteBuffer> queue = new ArrayDeque<>();
    private long queued;
    private boolean ended;
    private boolean closed;

    /** Bytes from the person. */
    abstract void received(byte[] bytes);

    /** The reader has taken all there was. */
    void drained() {}

    /** The session is over, from whichever side. */
    abstract void left();

    /** @return false when the reader is too far behind; the bytes are dropped */
    final boolean send(byte[] bytes) {
        synchronized (queue) {
            if (queued > FULL || ended || closed) {
                return false;
            }
            queue.add(ByteBuffer.wrap(bytes));
            queued += bytes.length;
            queue.notifyAll();
            return true;
        }
    }

    final boolean isDrained() {
        synchronized (queue) {
            return queue.isEmpty();
        }
    }

    @Override
    public final void hungUp() {
        synchronized (queue) {
            ended = true;
            queue.notifyAll();
        }
    }

    @Override
    public int read(ByteBuffer target) throws ClosedChannelException {
        int read = take(target);
        if (read > 0 && isDrained()) {
            drained();
        }
        return read;
    }

    private int take(ByteBuffer target) throws ClosedChannelException {
        synchronized (queue) {
            while (queue.isEmpty() && !ended && !closed) {
                try {
                    queue.wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new ClosedByInterruptException();
                }
            }
            if (closed) {
                throw new ClosedChannelException();
            }
            if (queue.isEmpty()) {
                return -1;
            }
            int read = 0;
            while (target.hasRemaining() && !queue.isEmpty()) {
                ByteBuffer next = queue.peek();
                ByteBuffer part = next.slice();
                part.limit(Math.min(part.remaining(), target.remaining()));
                read += part.remaining();
                next.position(next.position() + part.remaining());
                target.put(part);
                if (!next.hasRemaining()) {
                    queue.remove();
                }
            }
            queued -= read;
            return read;
        }
    }

    @Override
    public int write(ByteBuffer source) throws ClosedChannelException {
        if (!isOpen()) {
            throw new ClosedChannelException();
        }
        byte[] bytes = new byte[source.remaining()];
        source.get(bytes);
        received(bytes);
        return bytes.length;
    }

    @Override
    public boolean isOpen() {
        synchronized (queue) {
            return !closed;
        }
    }

    @Override
    public void close() {
        synchronized (queue) {
            if (closed) {
                return;
            }
            closed = true;
            queue.notifyAll();
        }
        left();
    }
}
