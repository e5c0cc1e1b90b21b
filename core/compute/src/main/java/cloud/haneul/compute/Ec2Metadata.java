package cloud.haneul.compute;

import cloud.haneul.network.ServerPorts.ServerPort;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** EC2's dialect of guest metadata: a tree of plain text under {@code meta-data/}. */
final class Ec2Metadata {
    private Ec2Metadata() {}

    /** @param parts the path split at slashes, the version first */
    static Optional<byte[]> document(Server server, List<ServerPort> ports, String[] parts, Optional<byte[]> userData) {
        if (parts.length == 1 || (parts.length == 2 && parts[1].isEmpty())) {
            return text(userData.isPresent() ? "meta-data/\nuser-data" : "meta-data/");
        }
        if (parts[1].equals("user-data") && parts.length == 2) {
            return userData;
        }
        if (!parts[1].equals("meta-data")) {
            return Optional.empty();
        }
        Map<String, String> leaves = leaves(server, ports);
        String path = String.join("/", List.of(parts).subList(2, parts.length));
        if (leaves.containsKey(path)) {
            return text(leaves.get(path));
        }
        String folder = path.isEmpty() || path.endsWith("/") ? path : path + "/";
        String listing = leaves.keySet().stream()
                .filter(leaf -> leaf.startsWith(folder))
                .map(leaf -> leaf.substring(folder.length()))
                .map(rest -> rest.indexOf('/') < 0 ? rest : rest.substring(0, rest.indexOf('/') + 1))
                .distinct()
                .collect(Collectors.joining("\n"));
        return listing.isEmpty() ? Optional.empty() : text(listing);
    }

    private static Map<String, String> leaves(Server server, List<ServerPort> ports) {
        Map<String, String> leaves = new LinkedHashMap<>();
        leaves.put(
                "ami-id",
                "ami-"
                        + server.imageId()
                                .map(id -> id.toString().substring(0, 8))
                                .orElse("00000000"));
        leaves.put("ami-launch-index", Integer.toString(server.asked().launchIndex()));
        leaves.put("hostname", server.hostName());
        leaves.put("local-hostname", server.hostName());
        leaves.put("instance-id", server.id().toString());
        leaves.put("instance-type", server.flavor().name());
        leaves.put("reservation-id", server.asked().reservationId());
        leaves.put("placement/availability-zone", server.asked().zone().orElse("nova"));
        ports.stream()
                .flatMap(port -> port.fixedIps().stream())
                .filter(ip -> ip.version() == 4)
                .findFirst()
                .ifPresent(ip -> {
                    leaves.put("local-ipv4", ip.ip());
                    ip.floatingIp().ifPresent(floating -> leaves.put("public-ipv4", floating));
                });
        server.asked().publicKey().ifPresent(key -> leaves.put("public-keys/0/openssh-key", key));
        return leaves;
    }

    private static Optional<byte[]> text(String text) {
        return Optional.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
