package cloud.haneul.identity.rest;

import cloud.haneul.identity.Grant;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.rest.Call;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;

/** Roles in all projects of a domain. */
@Component
@Path("/identity/v3/OS-INHERIT/domains/{target}/{actors: users|groups}/{actor}/roles")
@Produces(MediaType.APPLICATION_JSON)
public class InheritedDomainGrantsResource {
    private final Grants grants;

    @Inject
    InheritedDomainGrantsResource(Grants grants) {
        this.grants = grants;
    }

    @GET
    @Path("inherited_to_projects")
    public Map<String, Object> list(
            @BeanParam Call call,
            @PathParam("target") String target,
            @PathParam("actors") String actors,
            @PathParam("actor") String actor) {
        return grants.list(call, Grant.Target.domain(target), actors, actor, true);
    }

    @PUT
    @Path("{role}/inherited_to_projects")
    public void give(
            @BeanParam Call call,
            @PathParam("target") String target,
            @PathParam("actors") String actors,
            @PathParam("actor") String actor,
            @PathParam("role") String role) {
        grants.give(call, grants.of(Grant.Target.domain(target), actors, actor, role, true));
    }

    @GET
    @Path("{role}/inherited_to_projects")
    public void check(
            @BeanParam Call call,
            @PathParam("target") String target,
            @PathParam("actors") String actors,
            @PathParam("actor") String actor,
            @PathParam("role") String role) {
        grants.check(call, grants.of(Grant.Target.domain(target), actors, actor, role, true));
    }

    @DELETE
    @Path("{role}/inherited_to_projects")
    public void take(
            @BeanParam Call call,
            @PathParam("target") String target,
            @PathParam("actors") String actors,
            @PathParam("actor") String actor,
            @PathParam("role") String role) {
        grants.take(call, grants.of(Grant.Target.domain(target), actors, actor, role, true));
    }
}
