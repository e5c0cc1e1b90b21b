package cloud.haneul.spi.compute;

import java.nio.file.Path;

/** Where a console's byte stream is to be had from the controller: RFB for VNC, raw bytes for serial. */
public sealed interface ConsoleEndpoint {
    record Tcp(String host, int port) implements ConsoleEndpoint {}

    record UnixSocket(Path path) implements ConsoleEndpoint {}

    /** The driver itself relays; {@code open} gives a fresh duplex stream. */
    record Stream(Opener opener) implements ConsoleEndpoint {}

    /** Opens one console session. */
    interface Opener {
        java.nio.channels.ByteChannel open();
    }
}
