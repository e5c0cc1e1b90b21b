package cloud.haneul.identity.rest;

import cloud.haneul.identity.Service;
import cloud.haneul.identity.Services;
import cloud.haneul.identity.Services.ServiceChange;
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

/** {@code /services}. */
@Component
@Path("/identity/v3/services")
@Produces(MediaType.APPLICATION_JSON)
public class ServicesResource {
    private static final Set<String> KNOWN = Set.of("id", "type", "name", "description", "enabled", "links");

    private final Services services;

    @Inject
    ServicesResource(Services services) {
        this.services = services;
    }

    @GET
    public Map<String, Object> list(@BeanParam Call call) {
        return View.list(
                call,
                "services",
                services.list(call.caller(), call.query("type"), call.query("name")),
                service -> view(call, service));
    }

    @POST
    public Response create(@BeanParam Call call) {
        JsonIn in = call.json().object("service");
        Service service = services.create(call.caller(), in.name("type", 1, 255), change(in));
        return Response.status(201).entity(view(call, service).as("service")).build();
    }

    @GET
    @Path("{id}")
    public Map<String, Object> show(@BeanParam Call call, @PathParam("id") String id) {
        return view(call, services.get(call.caller(), id)).as("service");
    }

    @PATCH
    @Path("{id}")
    public Map<String, Object> update(@BeanParam Call call, @PathParam("id") String id) {
        JsonIn in = call.json().object("service");
        Body.fixed(in, "id", Optional.of(id));
        return view(call, services.update(call.caller(), id, change(in))).as("service");
    }

    @DELETE
    @Path("{id}")
    public void delete(@BeanParam Call call, @PathParam("id") String id) {
        services.delete(call.caller(), id);
    }

    private static ServiceChange change(JsonIn in) {
        return new ServiceChange(
                in.optName("type", 1, 255),
                in.optText("name", 0, 255),
                Body.clearable(in, "description", 65535),
                in.optPlainBool("enabled"),
                Body.extra(in, KNOWN));
    }

    private static View view(Call call, Service service) {
        return View.of()
                .with("id", service.id())
                .with("name", service.name())
                .with("type", service.type())
                .with("enabled", service.isEnabled())
                .with("description", service.description())
                .self(call, "/services/" + service.id())
                .extra(service.extra());
    }
}
