package cloud.haneul.tck;

import cloud.haneul.spi.compute.ConsoleEndpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A person at a console: connects to whatever endpoint the driver names, reads with patience, types. */
public final class ConsoleSession implements AutoCloseable {
    private final ByteChannel channel;
    private final Duration patience;

    private ConsoleSession(ByteChannel channel, Duration patience) {
        this.channel = channel;
        this.patience = patience;
    }

    public static ConsoleSession open(ConsoleEndpoint endpoint, Duration patience) {
        try {
            return new ConsoleSession(connect(endpoint), patience);
        } catch (IOException e) {
            throw new UncheckedIOException("no connection to " + endpoint, e);
        }
    }

    private static ByteChannel connect(ConsoleEndpoint endpoint) throws IOException {
        if (endpoint instanceof ConsoleEndpoint.Tcp tcp) {
            return SocketChannel.open(new InetSocketAddress(tcp.host(), tcp.port()));
        }
        if (endpoint instanceof ConsoleEndpoint.UnixSocket unix) {
            return SocketChannel.open(UnixDomainSocketAddress.of(unix.path()));
        }
        return ((ConsoleEndpoint.Stream) endpoint).opener().open();
    }

    public void type(String text) {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    public void write(byte[] bytes) {
        try {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Exactly that many bytes, or a failure when they do not come in time. */
    public byte[] read(int bytes) {
        CompletableFuture<byte[]> reading = new CompletableFuture<>();
        Thread reader = new Thread(() -> {
            try {
                ByteBuffer buffer = ByteBuffer.allocate(bytes);
                while (buffer.hasRemaining()) {
                    if (channel.read(buffer) < 0) {
                        throw new IOException("the console closed after " + buffer.position() + " bytes");
                    }
                }
                reading.complete(buffer.array());
            } catch (IOException | RuntimeException e) {
                reading.completeExceptionally(e);
            }
        });
        reader.setDaemon(true);
        reader.start();
        try {
            return reading.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            close();
            throw new AssertionError("the console did not send " + bytes + " bytes within " + patience, e);
        } catch (ExecutionException e) {
            throw new AssertionError("the console broke: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Reads until the text has come. */
    public void readUntil(String text) {
        StringBuilder seen = new StringBuilder();
        while (seen.indexOf(text) < 0) {
            seen.append(new String(read(1), StandardCharsets.ISO_8859_1));
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
