package cloud.haneul.network.rest;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.rest.Call;
import cloud.haneul.kernel.rest.JsonIn;
import cloud.haneul.network.ListQuery;
import cloud.haneul.network.RouterRequest;
import cloud.haneul.network.Routers;
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
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** {@code /routers}, with their interfaces. */
@Component
@Path(NetworkApi.ROOT + "routers")
@Produces(MediaType.APPLICATION_JSON)
public class RoutersResource {
    private final Routers routers;
    private final Views views;

    @Inject
    RoutersResource(Routers routers, Views views) {
        this.routers = routers;
        this.views = views;
    }

    @GET
    public Map<String, Object> list(@BeanParam Call call) {
        ListQuery query = NetworkApi.query(call);
        return NetworkApi.list(call, query, "routers", routers.list(call.caller(), query), row -> views.router(row));
    }

    @POST
    public Response create(@BeanParam Call call) {
        return NetworkApi.create(
                call,
                "router",
                "routers",
                Reads::router,
                asked -> asked.stream()
                        .map(one -> routers.create(call.caller(), one))
                        .toList(),
                row -> views.router(row));
    }

    @GET
    @Path("{id}")
    public Map<String, Object> show(@BeanParam Call call, @PathParam("id") String id) {
        return NetworkApi.one(call, "router", views.router(routers.show(call.caller(), id(id))));
    }

    @PUT
    @Path("{id}")
    public Map<String, Object> update(@BeanParam Call call, @PathParam("id") String id) {
        JsonIn body = call.json();
        RouterRequest asked = Reads.router(body.object("router"));
        body.done();
        return Map.of("router", views.router(routers.update(call.caller(), id(id), asked)));
    }

    @DELETE
    @Path("{id}")
    public void delete(@BeanParam Call call, @PathParam("id") String id) {
        routers.delete(call.caller(), id(id));
    }

    @PUT
    @Path("{id}/add_router_interface")
    public Map<String, Object> addInterface(@BeanParam Call call, @PathParam("id") String id) {
        JsonIn body = call.json();
        Optional<UUID> subnet = body.optUuid("subnet_id");
        Optional<UUID> port = body.optUuid("port_id");
        body.done();
        if (subnet.isPresent() == port.isPresent()) {
            throw Fault.badRequest(
                            "subnet_id",
                            "Bad router request: Either subnet_id or port_id must be specified, and not both.")
                    .type("BadRequest");
        }
        return views.routerInterface(
                subnet.isPresent()
                        ? routers.addSubnet(call.caller(), id(id), subnet.get())
                        : routers.addPort(call.caller(), id(id), port.orElseThrow()));
    }

    @PUT
    @Path("{id}/remove_router_interface")
    public Map<String, Object> removeInterface(@BeanParam Call call, @PathParam("id") String id) {
        JsonIn body = call.json();
        Optional<UUID> subnet = body.optUuid("subnet_id");
        Optional<UUID> port = body.optUuid("port_id");
        body.done();
        return views.routerInterface(routers.removeInterface(call.caller(), id(id), port, subnet));
    }

    @Path("{id}/tags")
    public Tags tags(@BeanParam Call call, @PathParam("id") String id) {
        return new Tags(
                () -> routers.show(call.caller(), id(id)).tags(), tags -> routers.tag(call.caller(), id(id), tags));
    }

    private static UUID id(String text) {
        return NetworkApi.id("Router", text);
    }
}
