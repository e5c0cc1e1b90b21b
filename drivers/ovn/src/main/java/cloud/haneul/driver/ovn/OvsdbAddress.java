package cloud.haneul.driver.ovn;

import cloud.haneul.spi.DriverException;
import cloud.haneul.spi.DriverException.Code;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where an OVSDB server listens, as Open vSwitch writes it: {@code unix:/path} or {@code tcp:host:port}. */
record OvsdbAddress(String text, boolean unix, String host, int port) {
    private static final int CONNECT_MILLIS = 5_000;
    private static final Pattern TCP = Pattern.compile("tcp:(?:\\[([0-9a-fA-F:.]+)]|([^\\[\\]:]+)):(\\d{1,5})");

    /** The members of a cluster, separated by commas. */
    static List<OvsdbAddress> list(String property, String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .map(one -> parse(property, one))
                .toList();
    }

    private static OvsdbAddress parse(String property, String text) {
        if (text.startsWith("unix:/")) {
            return new OvsdbAddress(text, true, checkedPath(property, text), 0);
        }
        Matcher tcp = TCP.matcher(text);
        if (tcp.matches()) {
            int port = Integer.parseInt(tcp.group(3));
            if (port > 0 && port < 65536) {
                return new OvsdbAddress(text, false, tcp.group(1) != null ? tcp.group(1) : tcp.group(2), port);
            }
        }
        throw DriverException.of(
                Code.INVALID,
                "The driver property " + property + " must be unix:/path or tcp:host:port (several members of a cluster"
                        + " separated by commas), not " + text + ".");
    }

    private static String checkedPath(String property, String text) {
        String path = text.substring("unix:".length());
        try {
            return Path.of(path).toString();
        } catch (InvalidPathException e) {
            throw new DriverException(
                    Code.INVALID, "The driver property " + property + " is not a path: " + text, e.getMessage(), e);
        }
    }

    SocketChannel connect() throws IOException {
        if (unix) {
            return SocketChannel.open(UnixDomainSocketAddress.of(host));
        }
        SocketAddress address = new InetSocketAddress(host, port);
        SocketChannel channel = SocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            channel.socket().connect(address, CONNECT_MILLIS);
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
