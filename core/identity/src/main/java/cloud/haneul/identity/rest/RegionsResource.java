package cloud.haneul.identity.rest;

import cloud.haneul.identity.Region;
import cloud.haneul.identity.Regions;
import cloud.haneul.identity.Regions.RegionChange;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.rest.Call;
import cloud.haneul.kernel.rest.JsonIn;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code /regions}. */
@Component
@Path("/identity/v3/regions")
@Produces(MediaType.APPLICATION_JSON)
public class RegionsResource {
    private static final Set<String> KNOWN = Set.of("id", "parent_region_id", "description", "links");

    private final Regions regions;

    @Inject
    RegionsResource(Regions regions) {
        this.regions = regions;
    }

    @GET
    public Map<String, Object> list(@BeanParam Call call) {
        return View.list(
                call,
                "regions",
                regions.list(call.caller(), call.query("parent_region_id")),
                region -> view(call, region));
    }

    @POST
    public Response create(@BeanParam Call call) {
        JsonIn in = call.json().object("region");
        return created(call, in.optText("id", 0, 255).filter(id -> !id.isEmpty()), in);
    }

    @PUT
    @Path("{id}")
    public Response createNamed(@BeanParam Call call, @PathParam("id") String id) {
        JsonIn in = call.json().object("region");
        Body.fixed(in, "id", Optional.of(id));
        return created(call, Optional.of(id), in);
    }

    @GET
    @Path("{id}")
    public Map<String, Object> show(@BeanParam Call call, @PathParam("id") String id) {
        return view(call, regions.get(call.caller(), id)).as("region");
    }

    @PATCH
    @Path("{id}")
    public Map<String, Object> update(@BeanParam Call call, @PathParam("id") String id) {
        JsonIn in = call.json().object("region");
        Body.fixed(in, "id", Optional.of(id));
        return view(call, regions.update(call.caller(), id, change(in))).as("region");
    }

    @DELETE
    @Path("{id}")
    public void delete(@BeanParam Call call, @PathParam("id") String id) {
        regions.delete(call.caller(), id);
    }

    private Response created(Call call, Optional<String> id, JsonIn in) {
        Region region = regions.create(call.caller(), id, change(in));
        return Response.status(201).entity(view(call, region).as("region")).build();
    }

    private static RegionChange change(JsonIn in) {
        return new RegionChange(
                Body.clearable(in, "parent_region_id", 255),
                Body.clearable(in, "description", 65535),
                Body.extra(in, KNOWN));
    }

    private static View view(Call call, Region region) {
        return View.of()
                .with("id", region.id())
                .with("description", region.description())
                .with("parent_region_id", region.parentId())
                .self(call, "/regions/" + region.id())
                .extra(region.extra());
    }
}
