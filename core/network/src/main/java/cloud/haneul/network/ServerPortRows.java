package cloud.haneul.network;

import cloud.haneul.kernel.data.Batches;
import cloud.haneul.network.ServerPorts.ServerPort;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The ports that lists of servers show: columns, not entities, because a list of 1,000 servers spends most of its time here. Table
 * by table: in a join H2 begins at what most rows share, a network or a group, and then looks at every port there is.
 */
final class ServerPortRows {
    private static final String PORTS =
            "select p.deviceId, p.id, p.networkId, p.mac, p.status from Port p where p.deviceId in :keys"
                    + " and p.deviceOwner like 'compute:%' and p.deleting = false order by p.createdAt, p.id";
    private static final String NETWORKS = "select n.id, n.name, n.mtu from Network n where n.id in :keys";
    private static final String ADDRESSES =
            "select a.portId, a.subnetId, a.ip from Address a where a.portId in :keys order by a.position";
    private static final String FLOATING =
            "select f.fixedPortId, f.fixedIp, f.floatingIp from FloatingIp f where f.fixedPortId in :keys";
    private static final String LINKS = "select l.portId, l.groupId from PortGroup l where l.portId in :keys";
    private static final String GROUPS = "select g.id, g.name from SecurityGroup g where g.id in :keys";

    private ServerPortRows() {}

    /** By server; of each the oldest port first, and a port's addresses in their order. */
    static Map<UUID, List<ServerPort>> of(EntityManager em, Collection<UUID> servers) {
        List<Object[]> ports =
                rows(em, PORTS, servers.stream().map(UUID::toString).toList());
        List<Object> ids = column(ports, 1);
        Map<Object, Object[]> networks =
                rows(em, NETWORKS, column(ports, 2)).stream().collect(Collectors.toMap(row -> row[0], row -> row));
        Map<Object, List<ServerPort.FixedIp>> addresses = addresses(em, ids);
        Map<Object, List<String>> groups = groups(em, ids);
        Map<UUID, List<ServerPort>> byServer = new HashMap<>();
        for (Object[] row : ports) {
            Object[] network = networks.get(row[2]);
            ServerPort port = new ServerPort(
                    (UUID) row[1],
                    UUID.fromString((String) row[0]),
                    (UUID) row[2],
                    (String) network[1],
                    (String) row[3],
                    ((Number) network[2]).intValue(),
                    addresses.getOrDefault(row[1], List.of()),
                    (String) row[4],
                    groups.getOrDefault(row[1], List.of()));
            byServer.computeIfAbsent(port.server(), id -> new ArrayList<>()).add(port);
        }
        return byServer;
    }

    private static Map<Object, List<ServerPort.FixedIp>> addresses(EntityManager em, List<Object> ports) {
        Map<String, String> floating = new HashMap<>();
        rows(em, FLOATING, ports).forEach(row -> floating.put(row[0] + "/" + row[1], (String) row[2]));
        Map<Object, List<ServerPort.FixedIp>> addresses = new HashMap<>();
        for (Object[] row : rows(em, ADDRESSES, ports)) {
            String ip = (String) row[2];
            addresses
                    .computeIfAbsent(row[0], id -> new ArrayList<>())
                    .add(new ServerPort.FixedIp(
                            (UUID) row[1],
                            ip,
                            ip.indexOf(':') < 0 ? 4 : 6,
                            floating.isEmpty()
                                    ? Optional.empty()
                                    : Optional.ofNullable(floating.get(row[0] + "/" + ip))));
        }
        return addresses;
    }

    private static Map<Object, List<String>> groups(EntityManager em, List<Object> ports) {
        List<Object[]> links = rows(em, LINKS, ports);
        Map<Object, String> names = rows(em, GROUPS, column(links, 1)).stream()
                .collect(Collectors.toMap(row -> row[0], row -> (String) row[1]));
        Map<Object, List<String>> groups = new HashMap<>();
        links.forEach(
                row -> groups.computeIfAbsent(row[0], id -> new ArrayList<>()).add(names.get(row[1])));
        return groups;
    }

    private static List<Object[]> rows(EntityManager em, String query, Collection<?> keys) {
        return Batches.read(keys, some -> em.createQuery(query, Object[].class)
                .setParameter("keys", some)
                .getResultList());
    }

    private static List<Object> column(List<Object[]> rows, int at) {
        return rows.stream().map(row -> row[at]).distinct().toList();
    }
}
