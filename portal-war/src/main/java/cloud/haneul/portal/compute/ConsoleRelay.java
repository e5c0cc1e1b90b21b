package cloud.haneul.portal.compute;

import cloud.haneul.compute.Consoles;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.Threads;
import cloud.haneul.spi.compute.ConsoleEndpoint;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bytes between a browser and an instance's screen or serial line. The token, good once, is exchanged for the console; where that is,
 * the browser never learns. Both directions wait for the slower side: the reader sends before it reads on, and a message that is
 * being written holds back the next.
 */
@ServerEndpoint(value = "/ws/console", subprotocols = "binary")
public class ConsoleRelay {
    private static final Logger LOG = LoggerFactory.getLogger(ConsoleRelay.class);
    private static final int CHUNK = 64 * 1024;
    private static final ExecutorService READERS = Executors.newCachedThreadPool(Threads.named("console"));

    private final CompletableFuture<ByteChannel> console = new CompletableFuture<>();

    /** Leaves the work to a thread of its own: the host of the console may be slow, and the server wants its thread back. */
    @OnOpen
    public void open(Session session) {
        session.setMaxIdleTimeout(0);
        session.setMaxBinaryMessageBufferSize(CHUNK);
        Consoles consoles = CDI.current().select(Consoles.class).get();
        READERS.execute(() -> relay(session, consoles));
    }

    private void relay(Session session, Consoles consoles) {
        String token = session.getRequestParameterMap()
                .getOrDefault("token", List.of(""))
                .get(0);
        ByteChannel from;
        try {
            from = connect(consoles.redeem(token).endpoint());
        } catch (Fault e) {
            refuse(session, CloseCodes.VIOLATED_POLICY, e.kind().name(), e);
            return;
        } catch (IOException | RuntimeException e) {
            LOG.warn("A console could not be opened", e);
            refuse(session, CloseCodes.UNEXPECTED_CONDITION, "UNREACHABLE", e);
            return;
        }
        if (console.complete(from)) {
            toBrowser(session, from);
        } else {
            end(from);
        }
    }

    private void refuse(Session session, CloseCodes code, String reason, Exception cause) {
        console.completeExceptionally(cause);
        close(session, code, reason);
    }

    private static ByteChannel connect(ConsoleEndpoint endpoint) throws IOException {
        if (endpoint instanceof ConsoleEndpoint.Tcp tcp) {
            return SocketChannel.open(new InetSocketAddress(tcp.host(), tcp.port()));
        }
        if (endpoint instanceof ConsoleEndpoint.UnixSocket unix) {
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            channel.connect(UnixDomainSocketAddress.of(unix.path()));
            return channel;
        }
        return ((ConsoleEndpoint.Stream) endpoint).opener().open();
    }

    private static void toBrowser(Session session, ByteChannel from) {
        ByteBuffer buffer = ByteBuffer.allocate(CHUNK);
        try {
            while (session.isOpen() && from.read(buffer) >= 0) {
                buffer.flip();
                if (buffer.hasRemaining()) {
                    session.getBasicRemote().sendBinary(buffer);
                }
                buffer.clear();
            }
            close(session, CloseCodes.NORMAL_CLOSURE, "ENDED");
        } catch (IOException | RuntimeException e) {
            LOG.debug("A console ended", e);
            close(session, CloseCodes.GOING_AWAY, "ENDED");
        }
    }

    @OnMessage
    public void fromBrowser(ByteBuffer bytes, Session session) throws IOException {
        ByteChannel to = opened();
        while (to != null && bytes.hasRemaining()) {
            to.write(bytes);
        }
    }

    /** The console, waited for when the browser speaks first; null when there is none. */
    private ByteChannel opened() {
        return console.exceptionally(none -> null).join();
    }

    @OnClose
    public void closed() {
        // when it is not open yet, whoever opens it finds nobody waiting
        if (!console.cancel(false)) {
            end(opened());
        }
    }

    private static void end(ByteChannel open) {
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                LOG.debug("A console did not close cleanly", e);
            }
        }
    }

    @OnError
    public void failed(Session session, Throwable failure) {
        LOG.debug("A console broke off", failure);
        closed();
    }

    private static void close(Session session, CloseCodes code, String reason) {
        try {
            session.close(new CloseReason(code, reason));
        } catch (IOException | RuntimeException e) {
            LOG.debug("A console was closed already", e);
        }
    }
}
