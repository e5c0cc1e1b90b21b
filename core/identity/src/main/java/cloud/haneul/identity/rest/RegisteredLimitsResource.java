package cloud.haneul.identity.rest;

import cloud.haneul.identity.RegisteredLimit;
import cloud.haneul.identity.RegisteredLimits;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.data.Page;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /registered_limits}. */
@Component
@Path("/identity/v3/registered_limits")
@Produces(MediaType.APPLICATION_JSON)
public class RegisteredLimitsResource {
    private final RegisteredLimits limits;

    @Inject
    RegisteredLimitsResource(RegisteredLimits limits) {
        this.limits = limits;
    }

    @GET
    public Map<String, Object> list(@BeanParam Call call) {
        Page page = call.page();
        RegisteredLimits.Filter filter = new RegisteredLimits.Filter(
                call.query("service_id"), call.query("region_id"), call.query("resource_name"));
        return View.page(
                call,
                "registered_limits",
                page,
                limits.list(call.caller(), filter, page),
                RegisteredLimit::id,
                limit -> view(call, limit));
    }

    @POST
    public Response create(@BeanParam Call call) {
        JsonIn in = call.json();
        List<RegisteredLimits.Change> wanted = in.list("registered_limits", 1000, RegisteredLimitsResource::wanted);
        if (wanted.isEmpty()) {
            throw in.invalid("registered_limits", "is too short");
        }
        in.done();
        List<Map<String, Object>> made = limits.create(call.caller(), wanted).stream()
                .map(limit -> view(call, limit).map())
                .toList();
        return Response.status(201).entity(Map.of("registered_limits", made)).build();
    }

    @GET
    @Path("{id}")
    public Map<String, Object> show(@BeanParam Call call, @PathParam("id") String id) {
        return view(call, limits.get(call.caller(), id)).as("registered_limit");
    }

    @PATCH
    @Path("{id}")
    public Map<String, Object> update(@BeanParam Call call, @PathParam("id") String id) {
        JsonIn in = call.json();
        JsonIn limit = in.object("registered_limit");
        RegisteredLimits.Change change = new RegisteredLimits.Change(
                limit.optText("service_id", 1, 64),
                Body.clearable(limit, "region_id", 255),
                limit.optText("resource_name", 1, 255),
                limit.optInteger("default_limit", -1, Integer.MAX_VALUE),
                Body.clearable(limit, "description", 65535));
        in.done();
        return view(call, limits.update(call.caller(), id, change)).as("registered_limit");
    }

    @DELETE
    @Path("{id}")
    public void delete(@BeanParam Call call, @PathParam("id") String id) {
        limits.delete(call.caller(), id);
    }

    private static RegisteredLimits.Change wanted(JsonIn limit) {
        return new RegisteredLimits.Change(
                Optional.of(limit.text("service_id", 1, 64)),
                limit.optText("region_id", 0, 255),
                Optional.of(limit.text("resource_name", 1, 255)),
                Optional.of(limit.integer("default_limit", -1, Integer.MAX_VALUE)),
                limit.optText("description", 0, 65535));
    }

    private static View view(Call call, RegisteredLimit limit) {
        return View.of()
                .with("id", limit.id())
                .with("service_id", limit.serviceId())
                .with("region_id", limit.regionId())
                .with("resource_name", limit.resourceName())
                .with("default_limit", limit.defaultLimit())
                .with("description", limit.description())
                .self(call, "/registered_limits/" + limit.id());
    }
}
