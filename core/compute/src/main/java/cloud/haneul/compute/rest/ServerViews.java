package cloud.haneul.compute.rest;

import cloud.haneul.compute.HostBrief;
import cloud.haneul.compute.Hosts;
import cloud.haneul.compute.Server;
import cloud.haneul.compute.ServerFilter;
import cloud.haneul.compute.ServerRow;
import cloud.haneul.compute.Servers;
import cloud.haneul.compute.VmState;
import cloud.haneul.compute.rest.ServerView.AddressView;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.access.Access;
import cloud.haneul.kernel.data.Page;
import cloud.haneul.kernel.rest.Call;
import cloud.haneul.kernel.rest.KeptJson;
import cloud.haneul.kernel.rest.Links.Link;
import cloud.haneul.network.ServerPorts;
import cloud.haneul.network.ServerPorts.ServerPort;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/** Makes {@link ServerView}s of many servers with as many queries as for one. */
@Component
class ServerViews {
    private static final DateTimeFormatter USAGE_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);

    private final Servers servers;
    private final ServerPorts ports;
    private final Hosts hosts;
    private final Access access;
    private final KeptJson kept;

    @Inject
    ServerViews(Servers servers, ServerPorts ports, Hosts hosts, Access access, KeptJson kept) {
        this.servers = servers;
        this.kept = kept;
        this.ports = ports;
        this.hosts = hosts;
        this.access = access;
    }

    /** What of a server a caller may see. */
    private record Audience(boolean operator, boolean hostStatus, boolean unknownHostStatus) {
        /** Null where it is not for this caller. */
        String hostStatus(Optional<HostBrief> host) {
            return hostStatus
                            || unknownHostStatus
                                    && host.filter(HostBrief::isUnknown).isPresent()
                    ? host.map(HostBrief::status).orElse("")
                    : null;
        }
    }

    private Audience audience(Call call, String project) {
        Map<String, Object> target = Map.of("project_id", project);
        return new Audience(
                access.allowed(call.caller(), "os_compute_api:os-extended-server-attributes", target),
                access.allowed(call.caller(), "os_compute_api:servers:show:host_status", target),
                access.allowed(call.caller(), "os_compute_api:servers:show:host_status:unknown-only", target));
    }

    private record Brief(UUID id, String name, List<Link> links) {}

    /** The answer to a list of servers. */
    Object brief(Call call, ServerFilter filter) {
        Page page = call.page(Page.MAX, false);
        return kept.answer(call, servers.listed(call.caller(), filter), "", () -> {
            List<ServerRow> rows = servers.rows(call.caller(), filter, page);
            return call.links()
                    .list(
                            "servers",
                            page,
                            rows,
                            ServerRow::id,
                            rows.stream()
                                    .map(s -> new Brief(s.id(), s.name(), ComputeApi.links(call, "servers/" + s.id())))
                                    .toList());
        });
    }

    /** The answer to a list of servers in detail. */
    Object detail(Call call, ServerFilter filter) {
        Page page = call.page(Page.MAX, false);
        Audience audience = audience(call, call.caller().projectId().orElse(""));
        return kept.answer(call, servers.listed(call.caller(), filter), audience, () -> {
            List<ServerRow> rows = servers.rows(call.caller(), filter, page);
            return call.links().list("servers", page, rows, ServerRow::id, list(call, rows, audience));
        });
    }

    private List<Object> list(Call call, List<ServerRow> rows, Audience audience) {
        return kept.list(
                call,
                "server",
                audience,
                rows,
                ServerRow::id,
                row -> row,
                missing -> of(call, servers.of(missing), audience, true).stream()
                        .collect(Collectors.toMap(ServerView::id, view -> view)));
    }

    private List<ServerView> of(Call call, List<Server> servers, Audience audience, boolean inList) {
        if (servers.isEmpty()) {
            return List.of();
        }
        Map<UUID, List<ServerPort>> allPorts =
                ports.of(servers.stream().map(Server::id).toList());
        Map<UUID, HostBrief> hostsById =
                hosts.briefs(servers.stream().flatMap(s -> s.hostId().stream()).collect(Collectors.toSet()));
        boolean embedded = call.isAtLeast("2.47");
        Map<String, Object> flavors = new TreeMap<>();
        Map<String, String> hashes = new HashMap<>();
        List<ServerView> views = new ArrayList<>(servers.size());
        for (Server server : servers) {
            // servers of one flavor and size share its view
            Object flavor = flavors.computeIfAbsent(
                    server.flavor().id() + "/" + server.flavor().vcpus() + "/"
                            + server.flavor().ramMib() + "/" + server.flavor().diskGib(),
                    key -> flavor(call, server, embedded));
            views.add(view(
                    call,
                    server,
                    flavor,
                    allPorts.getOrDefault(server.id(), List.of()),
                    server.hostId().map(hostsById::get),
                    hashes,
                    audience,
                    inList));
        }
        return views;
    }

    ServerView of(Call call, Server server) {
        return of(call, List.of(server), audience(call, server.projectId()), false)
                .get(0);
    }

    private static ServerView view(
            Call call,
            Server server,
            Object flavor,
            List<ServerPort> ports,
            Optional<HostBrief> at,
            Map<String, String> hashes,
            Audience audience,
            boolean inList) {
        boolean operator = audience.operator;
        Optional<String> host = at.map(HostBrief::name);
        boolean hostName = operator || call.isAtLeast("2.90");
        return new ServerView(
                server.id(),
                server.name(),
                server.status(),
                server.projectId(),
                server.userId(),
                server.metadata(),
                host.map(name -> hashes.computeIfAbsent(server.projectId() + name, ServerViews::hash))
                        .orElse(""),
                server.imageId()
                        .<Object>map(id -> Map.of(
                                "id",
                                id,
                                "links",
                                List.of(Map.of("rel", "bookmark", "href", call.baseUrl() + "/compute/images/" + id))))
                        .orElse(""),
                flavor,
                server.createdAt(),
                server.updatedAt(),
                addresses(ports),
                server.accessIpv4(),
                server.accessIpv6(),
                ComputeApi.links(call, "servers/" + server.id()),
                server.asked().diskConfig(),
                server.vmState() == VmState.ACTIVE || server.vmState() == VmState.BUILDING
                        ? server.vmState() == VmState.ACTIVE ? 100 : 0
                        : null,
                server.hostId().isPresent()
                        ? server.asked().zone().orElse("nova")
                        : server.asked().zone().orElse(""),
                server.asked().configDrive() ? "True" : "",
                server.asked().keyName(),
                server.launchedAt().map(USAGE_TIME::format),
                Optional.empty(),
                groups(ports),
                operator ? host : null,
                operator ? server.instanceName() : null,
                operator ? host : null,
                operator ? server.asked().reservationId() : null,
                operator ? server.asked().launchIndex() : null,
                hostName ? server.hostName() : null,
                operator ? "" : null,
                operator ? "" : null,
                operator ? "/dev/vda" : null,
                operator ? server.asked().userData() : null,
                ServerView.taskState(server),
                server.vmState().apiName(),
                ServerView.powerState(server),
                List.of(),
                server.isLocked(),
                audience.hostStatus(at),
                server.description(),
                server.tags(),
                Optional.empty(),
                inList ? null : List.of(),
                server.lockedReason(),
                ServerView.fault(server, operator));
    }

    private static Object flavor(Call call, Server server, boolean embedded) {
        if (!embedded) {
            return Map.of(
                    "id", server.flavor().id(),
                    "links",
                            List.of(Map.of(
                                    "rel",
                                    "bookmark",
                                    "href",
                                    call.baseUrl() + "/compute/flavors/"
                                            + server.flavor().id())));
        }
        Map<String, Object> flavor = new LinkedHashMap<>();
        flavor.put("vcpus", server.flavor().vcpus());
        flavor.put("ram", server.flavor().ramMib());
        flavor.put("disk", server.flavor().diskGib());
        flavor.put("ephemeral", server.flavor().ephemeralGib());
        flavor.put("swap", server.flavor().swapMib());
        flavor.put("original_name", server.flavor().name());
        flavor.put("extra_specs", server.flavor().extraSpecs());
        return flavor;
    }

    static Map<String, List<AddressView>> addresses(List<ServerPort> ports) {
        Map<String, List<AddressView>> byNetwork = new LinkedHashMap<>();
        for (ServerPort port : ports) {
            List<AddressView> of = byNetwork.computeIfAbsent(port.networkName(), name -> new ArrayList<>());
            for (ServerPort.FixedIp ip : port.fixedIps()) {
                of.add(new AddressView(ip.version(), ip.ip(), "fixed", port.mac()));
                ip.floatingIp().ifPresent(floating -> of.add(new AddressView(4, floating, "floating", port.mac())));
            }
        }
        return byNetwork;
    }

    private static List<Map<String, String>> groups(List<ServerPort> ports) {
        List<Map<String, String>> groups = ports.stream()
                .flatMap(port -> port.securityGroups().stream())
                .distinct()
                .map(name -> Map.of("name", name))
                .toList();
        // left out, not empty, when no port has one
        return groups.isEmpty() ? null : groups;
    }

    /** Tells tenants whether two of their servers share a host without telling which. */
    private static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-224").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-224", e);
        }
    }

    static String seconds(Instant time) {
        return USAGE_TIME.format(time);
    }
}
