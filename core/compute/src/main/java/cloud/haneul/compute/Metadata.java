package cloud.haneul.compute;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Vault;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.data.Json;
import cloud.haneul.network.ServerPorts;
import cloud.haneul.network.ServerPorts.ServerPort;
import cloud.haneul.spi.compute.ConfigDrive;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What a guest may know of itself, in the two dialects guests speak: OpenStack's documents and EC2's paths. The config drive and
 * the metadata address serve the same (Compute, "Metadata service").
 */
@Component
public class Metadata {
    /** Versions of the OpenStack documents; the content is the newest's in all. */
    private static final List<String> VERSIONS = List.of(
            "2012-08-10",
            "2013-04-04",
            "2013-10-17",
            "2015-10-15",
            "2016-06-30",
            "2016-10-06",
            "2017-02-22",
            "2018-08-27",
            "2020-10-14",
            "latest");

    private static final List<String> EC2_VERSIONS = List.of(
            "1.0",
            "2007-01-19",
            "2007-03-01",
            "2007-08-29",
            "2007-10-10",
            "2007-12-15",
            "2008-02-01",
            "2008-09-01",
            "2009-04-04",
            "latest");

    private final Database database;
    private final ServerPorts ports;
    private final Vault vault;

    @Inject
    Metadata(Database database, ServerPorts ports, Vault vault) {
        this.database = database;
        this.ports = ports;
        this.vault = vault;
    }

    /** The server that asks from an address of a network; who else asks gets nothing. */
    public Optional<Server> serverAt(UUID network, String address) {
        return ports.serverAt(network, address)
                .flatMap(id -> database.read(em -> Optional.ofNullable(em.find(Server.class, id))));
    }

    /**
     * The document at a path of the metadata address.
     *
     * @param path without a leading slash, such as {@code openstack/latest/meta_data.json}
     */
    public Optional<byte[]> document(Server server, String path) {
        String[] parts = path.split("/", -1);
        if (path.isEmpty()) {
            return text(String.join("\n", EC2_VERSIONS) + "\n");
        }
        if (parts[0].equals("openstack")) {
            return openstack(server, parts);
        }
        return EC2_VERSIONS.contains(parts[0])
                ? Ec2Metadata.document(server, portsOf(server), parts, userData(server))
                : Optional.empty();
    }

    /** ISO 9660 with label {@code config-2} and the OpenStack documents. */
    ConfigDrive configDrive(Server server) {
        Map<String, byte[]> documents = new LinkedHashMap<>();
        documents.put("meta_data.json", json(metaData(server)));
        documents.put("network_data.json", json(networkData(server)));
        documents.put("vendor_data.json", json(Map.of()));
        documents.put("vendor_data2.json", json(Map.of()));
        userData(server).ifPresent(data -> documents.put("user_data", data));
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (String version : List.of("2018-08-27", "latest")) {
            documents.forEach((name, content) -> files.put("openstack/" + version + "/" + name, content));
        }
        return new ConfigDrive(IsoImage.of("config-2", files));
    }

    private Optional<byte[]> openstack(Server server, String[] parts) {
        if (parts.length == 1 || (parts.length == 2 && parts[1].isEmpty())) {
            return text(String.join("\n", VERSIONS) + "\n");
        }
        if (!VERSIONS.contains(parts[1])) {
            return Optional.empty();
        }
        String name = parts.length == 3 ? parts[2] : parts.length == 2 ? "" : "/";
        return switch (name) {
            case "" -> text("meta_data.json\nnetwork_data.json\nuser_data\nvendor_data.json\nvendor_data2.json\n");
            case "meta_data.json" -> Optional.of(json(metaData(server)));
            case "network_data.json" -> Optional.of(json(networkData(server)));
            case "vendor_data.json", "vendor_data2.json" -> Optional.of(json(Map.of()));
            case "user_data" -> userData(server);
            default -> Optional.empty();
        };
    }

    private Map<String, Object> metaData(Server server) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("uuid", server.id().toString());
        document.put("name", server.name());
        document.put("hostname", server.hostName());
        document.put("project_id", server.projectId());
        document.put("launch_index", server.asked().launchIndex());
        document.put("availability_zone", server.asked().zone().orElse("nova"));
        document.put("meta", server.metadata());
        document.put("devices", List.of());
        server.asked().publicKey().ifPresent(key -> {
            String name = server.asked().keyName().orElse("key");
            document.put("public_keys", Map.of(name, key));
            document.put("keys", List.of(Map.of("name", name, "type", "ssh", "data", key)));
        });
        server.asked().sealedAdminPassword().ifPresent(text -> document.put("admin_pass", vault.open(text)));
        return document;
    }

    private Map<String, Object> networkData(Server server) {
        List<Object> links = new ArrayList<>();
        List<Object> networks = new ArrayList<>();
        for (ServerPort port : portsOf(server)) {
            String link = "tap" + port.id().toString().substring(0, 11);
            links.add(Map.of(
                    "id",
                    link,
                    "vif_id",
                    port.id().toString(),
                    "type",
                    "ovs",
                    "mtu",
                    port.mtu(),
                    "ethernet_mac_address",
                    port.mac()));
            for (ServerPort.FixedIp ip : port.fixedIps()) {
                networks.add(Map.of(
                        "id",
                        "network" + networks.size(),
                        "type",
                        "ipv" + ip.version() + "_dhcp",
                        "link",
                        link,
                        "network_id",
                        port.network().toString()));
            }
        }
        return Map.of("links", links, "networks", networks, "services", List.of());
    }

    private List<ServerPort> portsOf(Server server) {
        return ports.of(List.of(server.id())).getOrDefault(server.id(), List.of());
    }

    private static Optional<byte[]> userData(Server server) {
        return server.asked().userData().map(base64 -> Base64.getMimeDecoder().decode(base64));
    }

    private static byte[] json(Object document) {
        return Json.write(document).getBytes(StandardCharsets.UTF_8);
    }

    private static Optional<byte[]> text(String text) {
        return Optional.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
