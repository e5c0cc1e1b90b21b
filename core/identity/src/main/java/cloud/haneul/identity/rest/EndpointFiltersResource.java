package cloud.haneul.identity.rest;

import cloud.haneul.identity.EndpointFilters;
import cloud.haneul.identity.EndpointFilters.Thing;
import cloud.haneul.identity.Tagging;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.data.Page;
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

/** {@code /OS-EP-FILTER}: the endpoints that a project's catalogue has. */
@Component
@Path("/identity/v3/OS-EP-FILTER")
@Produces(MediaType.APPLICATION_JSON)
public class EndpointFiltersResource {
    private final EndpointFilters filters;
    private final Tagging tagging;

    @Inject
    EndpointFiltersResource(EndpointFilters filters, Tagging tagging) {
        this.filters = filters;
        this.tagging = tagging;
    }

    @GET
    @Path("endpoints/{endpoint}/projects")
    public Map<String, Object> projects(@BeanParam Call call, @PathParam("endpoint") String endpoint) {
        Page page = call.page();
        return ProjectView.page(call, page, filters.projects(call.caller(), Thing.endpoint(endpoint), page), tagging);
    }

    @GET
    @Path("projects/{project}/endpoints")
    public Map<String, Object> endpoints(@BeanParam Call call, @PathParam("project") String project) {
        return View.list(
                call,
                "endpoints",
                filters.endpoints(call.caller(), project),
                endpoint -> EndpointView.of(call, endpoint));
    }

    @GET
    @Path("projects/{project}/endpoint_groups")
    public Map<String, Object> groups(@BeanParam Call call, @PathParam("project") String project) {
        return View.list(
                call,
                "endpoint_groups",
                filters.groups(call.caller(), project),
                group -> EndpointGroupsResource.view(call, group));
    }

    @PUT
    @Path("projects/{project}/endpoints/{endpoint}")
    public void add(
            @BeanParam Call call, @PathParam("project") String project, @PathParam("endpoint") String endpoint) {
        filters.add(call.caller(), project, Thing.endpoint(endpoint));
    }

    @GET
    @Path("projects/{project}/endpoints/{endpoint}")
    public void check(
            @BeanParam Call call, @PathParam("project") String project, @PathParam("endpoint") String endpoint) {
        filters.check(call.caller(), project, Thing.endpoint(endpoint));
    }

    @DELETE
    @Path("projects/{project}/endpoints/{endpoint}")
    public void remove(
            @BeanParam Call call, @PathParam("project") String project, @PathParam("endpoint") String endpoint) {
        filters.remove(call.caller(), project, Thing.endpoint(endpoint));
    }
}
