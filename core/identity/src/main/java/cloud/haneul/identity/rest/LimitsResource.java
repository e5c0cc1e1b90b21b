package cloud.haneul.identity.rest;

import cloud.haneul.identity.Limit;
import cloud.haneul.identity.LimitModel;
import cloud.haneul.identity.Limits;
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

/** {@code /limits} and the model they follow. */
@Component
@Path("/identity/v3/limits")
@Produces(MediaType.APPLICATION_JSON)
public class LimitsResource {
    private final Limits limits;

    @Inject
    LimitsResource(Limits limits) {
        this.limits = limits;
    }

    @GET
    public Map<String, Object> list(@BeanParam Call call) {
        Page page = call.page();
        Limits.Filter filter = new Limits.Filter(
                call.query("project_id"),
                call.query("domain_id"),
                call.query("service_id"),
                call.query("region_id"),
                call.query("resource_name"));
        return View.page(
                call, "limits", page, limits.list(call.caller(), filter, page), Limit::id, limit -> view(call, limit));
    }

    @POST
    public Response create(@BeanParam Call call) {
        JsonIn in = call.json();
        List<Limits.NewLimit> wanted = in.list("limits", 1000, LimitsResource::wanted);
        if (wanted.isEmpty()) {
            throw in.invalid("limits", "is too short");
        }
        in.done();
        List<Map<String, Object>> made = limits.create(call.caller(), wanted).stream()
                .map(limit -> view(call, limit).map())
                .toList();
        return Response.status(201).entity(Map.of("limits", made)).build();
    }

    @GET
    @Path("model")
    public Map<String, Object> model(@BeanParam Call call) {
        LimitModel model = limits.model(call.caller());
        return View.of()
                .with("name", model.word())
                .with("description", model.description())
                .as("model");
    }

    @GET
    @Path("{id}")
    public Map<String, Object> show(@BeanParam Call call, @PathParam("id") String id) {
        return view(call, limits.get(call.caller(), id)).as("limit");
    }

    @PATCH
    @Path("{id}")
    public Map<String, Object> update(@BeanParam Call call, @PathParam("id") String id) {
        JsonIn in = call.json();
        JsonIn limit = in.object("limit");
        Optional<Integer> most = limit.optInteger("resource_limit", -1, Integer.MAX_VALUE);
        Optional<String> description = Body.clearable(limit, "description", 65535);
        in.done();
        return view(call, limits.update(call.caller(), id, most, description)).as("limit");
    }

    @DELETE
    @Path("{id}")
    public void delete(@BeanParam Call call, @PathParam("id") String id) {
        limits.delete(call.caller(), id);
    }

    private static Limits.NewLimit wanted(JsonIn limit) {
        Optional<String> project = limit.optText("project_id", 1, 64);
        Optional<String> domain = limit.optText("domain_id", 1, 64);
        if (project.isPresent() == domain.isPresent()) {
            throw limit.invalid("must have one of 'project_id' and 'domain_id'");
        }
        return new Limits.NewLimit(
                project,
                domain,
                limit.text("service_id", 1, 64),
                limit.optText("region_id", 1, 255),
                limit.text("resource_name", 1, 255),
                limit.integer("resource_limit", -1, Integer.MAX_VALUE),
                limit.optText("description", 0, 65535));
    }

    private static View view(Call call, Limit limit) {
        return View.of()
                .with("id", limit.id())
                .with("project_id", limit.projectId())
                .with("domain_id", limit.domainId())
                .with("service_id", limit.serviceId())
                .with("region_id", limit.regionId())
                .with("resource_name", limit.resourceName())
                .with("resource_limit", limit.resourceLimit())
                .with("description", limit.description())
                .self(call, "/limits/" + limit.id());
    }
}
