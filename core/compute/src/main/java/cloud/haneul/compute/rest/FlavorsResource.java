package cloud.haneul.compute.rest;

import cloud.haneul.compute.Flavor;
import cloud.haneul.compute.Flavors;
import cloud.haneul.compute.NewFlavor;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.data.Page;
import cloud.haneul.kernel.rest.Call;
import cloud.haneul.kernel.rest.JsonIn;
import cloud.haneul.kernel.rest.Links.Link;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Compute API, "Flavors", their extra specs and who may use them. */
@Component
@Path(ComputeApi.ROOT + "/flavors")
@Produces(MediaType.APPLICATION_JSON)
public class FlavorsResource {
    private static final int MAX = Integer.MAX_VALUE;

    private final Flavors flavors;

    @Inject
    FlavorsResource(Flavors flavors) {
        this.flavors = flavors;
    }

    private record Brief(String id, String name, List<Link> links) {}

    @GET
    public Object list(@BeanParam Call call) {
        return page(call, f -> new Brief(f.id(), f.name(), ComputeApi.links(call, "flavors/" + f.id())));
    }

    @GET
    @Path("detail")
    public Object detail(@BeanParam Call call) {
        return page(call, f -> FlavorView.of(call, f));
    }

    private Object page(Call call, Function<Flavor, Object> view) {
        Page page = call.page();
        Optional<Boolean> isPublic = call.query("is_public")
                .map(text -> text.equalsIgnoreCase("none") ? Optional.<Boolean>empty() : call.queryBool("is_public"))
                .orElse(Optional.of(true));
        List<Flavor> rows = flavors.list(
                call.caller(),
                isPublic,
                call.queryInt("minRam", 0, MAX).orElse(0),
                call.queryInt("minDisk", 0, MAX).orElse(0),
                page);
        return call.links()
                .list("flavors", page, rows, Flavor::id, rows.stream().map(view).toList());
    }

    @POST
    public Object create(@BeanParam Call call) {
        JsonIn body = call.json();
        JsonIn in = body.object("flavor");
        NewFlavor asked = new NewFlavor(
                in.optText("id", 1, 255).filter(id -> !id.equals("auto")),
                in.name("name", 1, 255),
                in.optText("description", 0, 65_535),
                in.integer("vcpus", 1, MAX),
                in.number("ram", 1, MAX),
                in.number("disk", 0, MAX),
                in.optNumber("OS-FLV-EXT-DATA:ephemeral", 0, MAX).orElse(0L),
                in.optNumber("swap", 0, MAX).orElse(0L),
                in.optDecimal("rxtx_factor", 0.000001, 3.4e38).orElse(1.0),
                in.optBool("os-flavor-access:is_public").orElse(true));
        body.done();
        return Map.of("flavor", FlavorView.of(call, flavors.create(call.caller(), asked)));
    }

    @GET
    @Path("{id}")
    public Object show(@BeanParam Call call, @PathParam("id") String id) {
        return Map.of("flavor", FlavorView.of(call, flavors.show(call.caller(), id)));
    }

    @PUT
    @Path("{id}")
    public Object update(@BeanParam Call call, @PathParam("id") String id) {
        JsonIn body = call.json();
        Optional<String> description = body.object("flavor").optText("description", 0, 65_535);
        body.done();
        return Map.of("flavor", FlavorView.of(call, flavors.describe(call.caller(), id, description)));
    }

    @DELETE
    @Path("{id}")
    public Response delete(@BeanParam Call call, @PathParam("id") String id) {
        flavors.delete(call.caller(), id);
        return Response.accepted().build();
    }

    // ---- extra specs

    @GET
    @Path("{id}/os-extra_specs")
    public Object extraSpecs(@BeanParam Call call, @PathParam("id") String id) {
        return Map.of("extra_specs", flavors.show(call.caller(), id).extraSpecs());
    }

    @POST
    @Path("{id}/os-extra_specs")
    public Object setExtraSpecs(@BeanParam Call call, @PathParam("id") String id) {
        JsonIn body = call.json();
        Map<String, String> specs = body.map("extra_specs", 128, 255, 255);
        body.done();
        flavors.setExtraSpecs(call.caller(), id, specs);
        return Map.of("extra_specs", specs);
    }

    @GET
    @Path("{id}/os-extra_specs/{key}")
    public Object extraSpec(@BeanParam Call call, @PathParam("id") String id, @PathParam("key") String key) {
        String value = flavors.show(call.caller(), id).extraSpecs().get(key);
        if (value == null) {
            throw Fault.notFound("Flavor " + id + " extra spec", key);
        }
        return Map.of(key, value);
    }

    @PUT
    @Path("{id}/os-extra_specs/{key}")
    public Object setExtraSpec(@BeanParam Call call, @PathParam("id") String id, @PathParam("key") String key) {
        JsonIn body = call.json();
        Map<String, String> spec = Map.of(key, body.text(key, 0, 255));
        body.done();
        flavors.setExtraSpecs(call.caller(), id, spec);
        return spec;
    }

    @DELETE
    @Path("{id}/os-extra_specs/{key}")
    public Response removeExtraSpec(@BeanParam Call call, @PathParam("id") String id, @PathParam("key") String key) {
        flavors.removeExtraSpec(call.caller(), id, key);
        return Response.ok().build();
    }

    // ---- access

    @GET
    @Path("{id}/os-flavor-access")
    public Object access(@BeanParam Call call, @PathParam("id") String id) {
        return access(id, flavors.access(call.caller(), id));
    }

    @POST
    @Path("{id}/action")
    public Object act(@BeanParam Call call, @PathParam("id") String id) {
        JsonIn body = call.json();
        boolean grant = body.has("addTenantAccess");
        JsonIn in = body.object(grant ? "addTenantAccess" : "removeTenantAccess");
        String project = in.text("tenant", 1, 255);
        body.done();
        return access(id, flavors.changeAccess(call.caller(), id, project, grant));
    }

    private static Object access(String id, Set<String> projects) {
        return Map.of(
                "flavor_access",
                projects.stream()
                        .map(p -> Map.of("flavor_id", id, "tenant_id", p))
                        .toList());
    }
}
