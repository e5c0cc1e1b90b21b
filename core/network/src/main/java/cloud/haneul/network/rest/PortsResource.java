package cloud.haneul.network.rest;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.rest.Call;
import cloud.haneul.kernel.rest.JsonIn;
import cloud.haneul.network.ListQuery;
import cloud.haneul.network.PortRequest;
import cloud.haneul.network.Ports;
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
import java.util.UUID;

/** {@code /ports}: places to plug in. */
@Component
@Path(NetworkApi.ROOT + "ports")
@Produces(MediaType.APPLICATION_JSON)
public class PortsResource {
    private final Ports ports;
    private final Views views;

    @Inject
    PortsResource(Ports ports, Views views) {
        this.ports = ports;
        this.views = views;
    }

    @GET
    public Map<String, Object> list(@BeanParam Call call) {
        ListQuery query = NetworkApi.query(call);
        return NetworkApi.list(
                call, query, "ports", ports.list(call.caller(), query), row -> views.port(call.caller(), row));
    }

    @POST
    public Response create(@BeanParam Call call) {
        return NetworkApi.create(
                call,
                "port",
                "ports",
                Reads::port,
                asked -> ports.create(call.caller(), asked),
                row -> views.port(call.caller(), row));
    }

    @GET
    @Path("{id}")
    public Map<String, Object> show(@BeanParam Call call, @PathParam("id") String id) {
        return NetworkApi.one(call, "port", views.port(call.caller(), ports.show(call.caller(), id(id))));
    }

    @PUT
    @Path("{id}")
    public Map<String, Object> update(@BeanParam Call call, @PathParam("id") String id) {
        JsonIn body = call.json();
        PortRequest asked = Reads.port(body.object("port"));
        body.done();
        return Map.of("port", views.port(call.caller(), ports.update(call.caller(), id(id), asked)));
    }

    @DELETE
    @Path("{id}")
    public void delete(@BeanParam Call call, @PathParam("id") String id) {
        ports.delete(call.caller(), id(id));
    }

    @Path("{id}/tags")
    public Tags tags(@BeanParam Call call, @PathParam("id") String id) {
        return new Tags(() -> ports.show(call.caller(), id(id)).tags(), tags -> ports.tag(call.caller(), id(id), tags));
    }

    private static UUID id(String text) {
        return NetworkApi.id("Port", text);
    }
}
