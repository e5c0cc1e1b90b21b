package cloud.haneul.identity.rest;

import cloud.haneul.identity.Endpoint;
import cloud.haneul.identity.Endpoints;
import cloud.haneul.identity.Endpoints.EndpointChange;
import cloud.haneul.identity.Endpoints.EndpointFilter;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.rest.Call;
import cloud.haneul.kernel.rest.JsonIn;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code /endpoints}. */
@Component
@Path("/identity/v3/endpoints")
@Produces(MediaType.APPLICATION_JSON)
public class EndpointsResource {
    private static final Set<String> KNOWN =
            Set.of("id", "service_id", "interface", "region", "region_id", "url", "enabled", "links");

    private final Endpoints endpoints;

    @Inject
    EndpointsResource(Endpoints endpoints) {
        this.endpoints = endpoints;
    }

    @GET
    public Map<String, Object> list(@BeanParam Call call) {
        EndpointFilter filter = new EndpointFilter(
                call.query("service_id"),
                call.query("interface"),
                call.query("region_id").or(() -> call.query("region")));
        return View.list(call, "endpoints", endpoints.list(call.caller(), filter), e -> EndpointView.of(call, e));
    }

    @POST
    public Response create(@BeanParam Call call) {
        JsonIn in = call.json().object("endpoint");
        Endpoint endpoint = endpoints.create(
                call.caller(),
                in.text("service_id", 1, 64),
                in.text("interface", 1, 64),
                in.text("url", 1, 2000),
                change(in));
        return Response.status(201)
                .entity(EndpointView.of(call, endpoint).as("endpoint"))
                .build();
    }

    @GET
    @Path("{id}")
    public Map<String, Object> show(@BeanParam Call call, @PathParam("id") String id) {
        return EndpointView.of(call, endpoints.get(call.caller(), id)).as("endpoint");
    }

    @PATCH
    @Path("{id}")
    public Map<String, Object> update(@BeanParam Call call, @PathParam("id") String id) {
        JsonIn in = call.json().object("endpoint");
        Body.fixed(in, "id", Optional.of(id));
        return EndpointView.of(call, endpoints.update(call.caller(), id, change(in)))
                .as("endpoint");
    }

    @DELETE
    @Path("{id}")
    public void delete(@BeanParam Call call, @PathParam("id") String id) {
        endpoints.delete(call.caller(), id);
    }

    private static EndpointChange change(JsonIn in) {
        return new EndpointChange(
                in.optText("service_id", 1, 64),
                in.optText("interface", 1, 64),
                in.has("region_id") ? Body.clearable(in, "region_id", 255) : in.optText("region", 0, 255),
                in.optText("url", 1, 2000),
                in.optPlainBool("enabled"),
                Body.extra(in, KNOWN));
    }
}
