package cloud.haneul.compute.rest;

import cloud.haneul.compute.Server;
import cloud.haneul.compute.ServerFilter;
import cloud.haneul.compute.Servers;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.rest.Call;
import cloud.haneul.network.ServerPorts;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Compute API, "Servers". What is done to one by {@code POST .../action} is in {@link ServerActionResource}. */
@Component
@Path(ComputeApi.ROOT + "/servers")
@Produces(MediaType.APPLICATION_JSON)
public class ServersResource {
    private final Servers servers;
    private final ServerViews views;
    private final ServerPorts ports;

    @Inject
    ServersResource(Servers servers, ServerViews views, ServerPorts ports) {
        this.servers = servers;
        this.views = views;
        this.ports = ports;
    }

    @GET
    public Object list(@BeanParam Call call) {
        return views.brief(call, filter(call));
    }

    @GET
    @Path("detail")
    public Object detail(@BeanParam Call call) {
        return views.detail(call, filter(call));
    }

    private static ServerFilter filter(Call call) {
        boolean all = call.hasQuery("all_tenants")
                && (call.query("all_tenants").orElse("").isEmpty()
                        || call.queryBool("all_tenants").orElse(false));
        return new ServerFilter(
                all,
                call.query("name"),
                call.query("status"),
                call.queryUuid("image"),
                call.query("flavor"),
                java.util.Optional.empty(),
                call.query("project_id").or(() -> call.query("tenant_id")),
                call.query("user_id"),
                call.queryInstant("changes-since"),
                call.queryUuid("uuid"));
    }

    @POST
    public Response create(@BeanParam Call call) {
        List<Server> made = servers.create(call.caller(), ServerBody.create(call));
        Server first = made.get(0);
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", first.id());
        view.put("links", ComputeApi.links(call, "servers/" + first.id()));
        view.put("OS-DCF:diskConfig", first.asked().diskConfig());
        view.put("security_groups", List.of(Map.of("name", "default")));
        view.put("adminPass", servers.adminPassword(first));
        return Response.accepted(Map.of("server", view))
                .location(URI.create(call.baseUrl() + ComputeApi.ROOT + "/servers/" + first.id()))
                .build();
    }

    @GET
    @Path("{id}")
    public Object show(@BeanParam Call call, @PathParam("id") String id) {
        return Map.of("server", views.of(call, servers.show(call.caller(), ComputeApi.serverId(id))));
    }

    @PUT
    @Path("{id}")
    public Object update(@BeanParam Call call, @PathParam("id") String id) {
        return Map.of(
                "server",
                views.of(call, servers.update(call.caller(), ComputeApi.serverId(id), ServerBody.change(call))));
    }

    @DELETE
    @Path("{id}")
    public Response delete(@BeanParam Call call, @PathParam("id") String id) {
        servers.delete(call.caller(), ComputeApi.serverId(id));
        return Response.noContent().build();
    }

    @GET
    @Path("{id}/ips")
    public Object addresses(@BeanParam Call call, @PathParam("id") String id) {
        return Map.of(
                "addresses", ServerViews.addresses(portsOf(servers.show(call.caller(), ComputeApi.serverId(id)))));
    }

    @GET
    @Path("{id}/os-interface")
    public Object interfaces(@BeanParam Call call, @PathParam("id") String id) {
        return Map.of(
                "interfaceAttachments",
                portsOf(servers.show(call.caller(), ComputeApi.serverId(id))).stream()
                        .map(port -> Map.of(
                                "net_id", port.network(),
                                "port_id", port.id(),
                                "mac_addr", port.mac(),
                                "port_state", port.status(),
                                "fixed_ips",
                                        port.fixedIps().stream()
                                                .map(ip -> Map.of("subnet_id", ip.subnet(), "ip_address", ip.ip()))
                                                .toList()))
                        .toList());
    }

    @GET
    @Path("{id}/os-security-groups")
    public Object securityGroups(@BeanParam Call call, @PathParam("id") String id) {
        return Map.of(
                "security_groups",
                portsOf(servers.show(call.caller(), ComputeApi.serverId(id))).stream()
                        .flatMap(port -> port.securityGroups().stream())
                        .distinct()
                        .map(name -> Map.of("name", name))
                        .toList());
    }

    @GET
    @Path("{id}/os-volume_attachments")
    public Object volumes(@BeanParam Call call, @PathParam("id") String id) {
        // no volume can be attached before there is a volume service: the list is truly empty
        servers.show(call.caller(), ComputeApi.serverId(id));
        return Map.of("volumeAttachments", List.of());
    }

    private List<ServerPorts.ServerPort> portsOf(Server server) {
        return ports.of(List.of(server.id())).getOrDefault(server.id(), List.of());
    }
}
