package cloud.haneul.identity.rest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Somebody on the wire to a server of this machine: passes everything on, and keeps what clients sent. */
final class Wiretap implements AutoCloseable {
    private final ServerSocket door;
    private final int server;
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
    private final List<Socket> sockets = new ArrayList<>();

    /** @param server its port */
    Wiretap(int server) {
        this.server = server;
        try {
            door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::listen);
    }

    int port() {
        return door.getLocalPort();
    }

    /** What clients sent so far, a character for each byte. */
    String heard() {
        synchronized (heard) {
            return heard.toString(StandardCharsets.ISO_8859_1);
        }
    }

    private void listen() {
        while (!door.isClosed()) {
            try {
                Socket client = open(door.accept());
                Socket there = open(new Socket(InetAddress.getLoopbackAddress(), server));
                daemon(() -> pass(client, there, true));
                daemon(() -> pass(there, client, false));
            } catch (IOException e) {
                // the test is over, or its server is not there: the client finds out by itself
            }
        }
    }

    private synchronized Socket open(Socket socket) {
        sockets.add(socket);
        return socket;
    }

    private void pass(Socket from, Socket to, boolean listening) {
        byte[] some = new byte[4096];
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int length = in.read(some); length >= 0; length = in.read(some)) {
                if (listening) {
                    synchronized (heard) {
                        heard.write(some, 0, length);
                    }
                }
                out.write(some, 0, length);
            }
        } catch (IOException e) {
            // one of them hung up
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "wiretap");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public synchronized void close() {
        try {
            door.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
