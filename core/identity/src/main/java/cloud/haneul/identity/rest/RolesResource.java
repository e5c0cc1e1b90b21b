package cloud.haneul.identity.rest;

import cloud.haneul.identity.NewRole;
import cloud.haneul.identity.Role;
import cloud.haneul.identity.RoleChange;
import cloud.haneul.identity.Roles;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.data.Page;
import cloud.haneul.kernel.rest.Call;
import cloud.haneul.kernel.rest.JsonIn;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.PATCH;
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

/** {@code /roles} and what they imply. */
@Component
@Path("/identity/v3/roles")
@Produces(MediaType.APPLICATION_JSON)
public class RolesResource {
    private static final Set<String> KNOWN = Set.of("id", "name", "domain_id", "description", "options", "links");

    private final Roles roles;

    @Inject
    RolesResource(Roles roles) {
        this.roles = roles;
    }

    @GET
    public Map<String, Object> list(@BeanParam Call call) {
        Page page = call.page();
        List<Role> rows = roles.list(call.caller(), call.query("domain_id"), call.query("name"), page);
        return View.page(call, "roles", page, rows, Role::id, role -> RoleView.of(call, role));
    }

    @POST
    public Response create(@BeanParam Call call) {
        JsonIn in = call.json().object("role");
        Role role = roles.create(
                call.caller(),
                new NewRole(
                        in.name("name", 1, 255),
                        Body.optId(in, "domain_id"),
                        in.optText("description", 0, 65535).orElse(""),
                        Body.immutable(in).orElse(false),
                        Body.extra(in, KNOWN)));
        return Response.status(201).entity(RoleView.of(call, role).as("role")).build();
    }

    @GET
    @Path("{id}")
    public Map<String, Object> show(@BeanParam Call call, @PathParam("id") String id) {
        return RoleView.of(call, roles.get(call.caller(), id)).as("role");
    }

    @PATCH
    @Path("{id}")
    public Map<String, Object> update(@BeanParam Call call, @PathParam("id") String id) {
        JsonIn in = call.json().object("role");
        Body.fixed(in, "id", Optional.of(id));
        RoleChange change = new RoleChange(
                in.optName("name", 1, 255),
                Body.clearable(in, "description", 65535),
                Body.immutable(in),
                Body.extra(in, KNOWN));
        if (in.has("domain_id")) {
            Body.fixed(in, "domain_id", roles.get(call.caller(), id).domainId());
        }
        return RoleView.of(call, roles.update(call.caller(), id, change)).as("role");
    }

    @DELETE
    @Path("{id}")
    public void delete(@BeanParam Call call, @PathParam("id") String id) {
        roles.delete(call.caller(), id);
    }

    @GET
    @Path("{id}/implies")
    public Map<String, Object> implied(@BeanParam Call call, @PathParam("id") String id) {
        List<Role> implied = roles.implied(call.caller(), id);
        return View.of()
                .with("role_inference", inference(call, roles.get(call.caller(), id), implied))
                .self(call, "/roles/" + id + "/implies")
                .map();
    }

    @PUT
    @Path("{id}/implies/{implied}")
    public Response imply(@BeanParam Call call, @PathParam("id") String id, @PathParam("implied") String implied) {
        roles.imply(call.caller(), id, implied);
        return Response.status(201).entity(pair(call, id, implied)).build();
    }

    @GET
    @Path("{id}/implies/{implied}")
    public Map<String, Object> showImplied(
            @BeanParam Call call, @PathParam("id") String id, @PathParam("implied") String implied) {
        roles.checkImplied(call.caller(), id, implied);
        return pair(call, id, implied);
    }

    @HEAD
    @Path("{id}/implies/{implied}")
    public void checkImplied(@BeanParam Call call, @PathParam("id") String id, @PathParam("implied") String implied) {
        roles.checkImplied(call.caller(), id, implied);
    }

    @DELETE
    @Path("{id}/implies/{implied}")
    public void unimply(@BeanParam Call call, @PathParam("id") String id, @PathParam("implied") String implied) {
        roles.unimply(call.caller(), id, implied);
    }

    private Map<String, Object> pair(Call call, String id, String implied) {
        return View.of()
                .with(
                        "role_inference",
                        View.of()
                                .with("prior_role", RoleView.brief(call, roles.get(call.caller(), id)))
                                .with("implies", RoleView.brief(call, roles.get(call.caller(), implied)))
                                .map())
                .self(call, "/roles/" + id + "/implies/" + implied)
                .map();
    }

    static Map<String, Object> inference(Call call, Role prior, List<Role> implied) {
        return View.of()
                .with("prior_role", RoleView.brief(call, prior))
                .with(
                        "implies",
                        implied.stream().map(role -> RoleView.brief(call, role)).toList())
                .map();
    }
}
