package cloud.haneul.portal.compute;

import cloud.haneul.network.ServerPorts.ServerPort;
import java.util.List;
import java.util.stream.Stream;

/** The addresses of an instance as one reads them: all fixed ones, each with its floating one behind it. */
final class Addresses {
    private Addresses() {}

    static List<String> of(List<ServerPort> ports) {
        return ports.stream()
                .flatMap(port -> port.fixedIps().stream())
                .flatMap(ip -> Stream.concat(Stream.of(ip.ip()), ip.floatingIp().stream()))
                .toList();
    }
}
