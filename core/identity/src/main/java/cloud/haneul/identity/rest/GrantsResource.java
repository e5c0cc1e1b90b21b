package cloud.haneul.identity.rest;

import cloud.haneul.identity.Assignments;
import cloud.haneul.identity.Grant;
import cloud.haneul.identity.Role;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.rest.Call;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;

/**
 * Roles of users and groups somewhere: one shape for all five addresses of the API, which differ in the path alone
 * ({@link GrantPaths}). The path ends in {@code roles}, {@code roles/{role}} or one of these with
 * {@code /inherited_to_projects}, so that each address is one template and a role's presence tells a list from a grant.
 */
@Produces(MediaType.APPLICATION_JSON)
public abstract class GrantsResource {
    private final Assignments assignments;
    private final boolean inherited;

    GrantsResource(Assignments assignments, boolean inherited) {
        this.assignments = assignments;
        this.inherited = inherited;
    }

    /** @param id of the project or domain; null for the system, which has none */
    abstract Grant.Target target(String id);

    /** All roles given there, or 204 when the one that is asked for was given. */
    @GET
    public Response get(
            @BeanParam Call call,
            @PathParam("target") String target,
            @PathParam("actors") String actors,
            @PathParam("actor") String actor,
            @PathParam("role") String role) {
        if (!role.isEmpty()) {
            assignments.check(call.caller(), grant(target, actors, actor, role));
            return Response.noContent().build();
        }
        List<Role> roles = assignments.granted(call.caller(), actor(actors, actor), target(target), inherited);
        return Response.ok(View.list(call, "roles", roles, one -> RoleView.of(call, one)))
                .build();
    }

    @PUT
    public void give(
            @BeanParam Call call,
            @PathParam("target") String target,
            @PathParam("actors") String actors,
            @PathParam("actor") String actor,
            @PathParam("role") String role) {
        assignments.grant(call.caller(), grant(target, actors, actor, role));
    }

    @DELETE
    public void take(
            @BeanParam Call call,
            @PathParam("target") String target,
            @PathParam("actors") String actors,
            @PathParam("actor") String actor,
            @PathParam("role") String role) {
        assignments.revoke(call.caller(), grant(target, actors, actor, role));
    }

    private Grant grant(String target, String actors, String actor, String role) {
        if (role.isEmpty()) {
            throw Fault.of(Fault.Kind.METHOD_NOT_ALLOWED, "Roles are given and taken one by one.");
        }
        return new Grant(actor(actors, actor), target(target), role.substring(1), inherited);
    }

    private static Grant.Actor actor(String actors, String id) {
        return actors.equals("users") ? Grant.Actor.user(id) : Grant.Actor.group(id);
    }
}
