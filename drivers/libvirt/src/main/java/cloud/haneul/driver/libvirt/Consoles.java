package cloud.haneul.driver.libvirt;

import cloud.haneul.spi.DriverException;
import cloud.haneul.spi.DriverException.Code;
import cloud.haneul.spi.compute.ConsoleEndpoint;
import cloud.haneul.spi.compute.ConsoleKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.libvirt.Domain;

/** Says where the screen and the serial line of a running domain are reached. Asks the domain itself: ports change at every start. */
final class Consoles {
    private final HostConnection connection;
    private final Domains domains;
    private final Settings settings;

    Consoles(HostConnection connection, Domains domains, Settings settings) {
        this.connection = connection;
        this.domains = domains;
        this.settings = settings;
    }

    ConsoleEndpoint find(UUID server, ConsoleKind kind) {
        XmlView live = connection.call("looking for the console", connect -> {
            Domain domain = domains.require(connect, server);
            if (domain.isActive() == 0) {
                throw DriverException.of(Code.CONFLICT, "The server is not running, so it has no console.");
            }
            return XmlView.of(domain.getXMLDesc(0));
        });
        return kind == ConsoleKind.VNC ? vnc(live) : serial(server, live);
    }

    /** QEMU leaves them behind when it is killed, and libvirt does not see sockets among a pool's files. */
    void removeSockets(Pool pool, UUID server) {
        if (settings.local()) {
            for (String socket : List.of(Names.vncSocket(server), Names.serialSocket(server))) {
                try {
                    Files.deleteIfExists(Path.of(pool.path(socket)));
                } catch (IOException ignored) {
                    // an empty name in a folder, which the next server of this id takes over
                }
            }
        }
    }

    private ConsoleEndpoint vnc(XmlView live) {
        XmlView graphics = live.all("devices", "graphics").stream()
                .filter(found -> found.attribute("type").orElse("").equals("vnc"))
                .findFirst()
                .orElseThrow(() -> DriverException.of(Code.UNSUPPORTED, "The server has no screen."));
        Optional<String> socket = graphics.attribute("socket");
        if (socket.isPresent()) {
            return new ConsoleEndpoint.UnixSocket(Path.of(socket.get()));
        }
        int port = graphics.attribute("port").map(Integer::parseInt).orElse(-1);
        if (port <= 0) {
            throw DriverException.of(Code.BUSY, "The server's screen is not ready yet.");
        }
        return new ConsoleEndpoint.Tcp(settings.consoleAddress(), port);
    }

    private ConsoleEndpoint serial(UUID server, XmlView live) {
        XmlView serial = live.first("devices", "serial")
                .orElseThrow(() -> DriverException.of(Code.UNSUPPORTED, "The server has no serial console."));
        if (serial.attribute("type").orElse("").equals("unix")) {
            return new ConsoleEndpoint.UnixSocket(Path.of(serial.first("source")
                    .flatMap(source -> source.attribute("path"))
                    .orElseThrow()));
        }
        return new ConsoleEndpoint.Stream(() -> SerialChannel.open(connection, server));
    }
}
