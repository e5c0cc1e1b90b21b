package cloud.haneul.identity.rest;

import cloud.haneul.identity.EndpointFilters;
import cloud.haneul.identity.EndpointFilters.Thing;
import cloud.haneul.identity.EndpointGroup;
import cloud.haneul.identity.EndpointGroups;
import cloud.haneul.identity.Tagging;
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
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;

/** {@code /OS-EP-FILTER/endpoint_groups}, and the projects that have them. */
@Component
@Path("/identity/v3/OS-EP-FILTER/endpoint_groups")
@Produces(MediaType.APPLICATION_JSON)
public class EndpointGroupsResource {
    private static final String PATH = "/OS-EP-FILTER/endpoint_groups/";

    private final EndpointGroups groups;
    private final EndpointFilters filters;
    private final Tagging tagging;

    @Inject
    EndpointGroupsResource(EndpointGroups groups, EndpointFilters filters, Tagging tagging) {
        this.groups = groups;
        this.filters = filters;
        this.tagging = tagging;
    }

    @GET
    public Map<String, Object> list(@BeanParam Call call) {
        Page page = call.page();
        return View.page(
                call,
                "endpoint_groups",
                page,
                groups.list(call.caller(), call.query("name"), page),
                EndpointGroup::id,
                group -> view(call, group));
    }

    @POST
    public Response create(@BeanParam Call call) {
        JsonIn in = call.json();
        JsonIn group = in.object("endpoint_group");
        String name = group.name("name", 1, 255);
        group.object("filters");
        EndpointGroups.Change change = change(group);
        in.done();
        return Response.status(201)
                .entity(view(call, groups.create(call.caller(), name, change)).as("endpoint_group"))
                .build();
    }

    @GET
    @Path("{id}")
    public Map<String, Object> show(@BeanParam Call call, @PathParam("id") String id) {
        return view(call, groups.get(call.caller(), id)).as("endpoint_group");
    }

    @PATCH
    @Path("{id}")
    public Map<String, Object> update(@BeanParam Call call, @PathParam("id") String id) {
        JsonIn in = call.json();
        EndpointGroups.Change change = change(in.object("endpoint_group"));
        in.done();
        return view(call, groups.update(call.caller(), id, change)).as("endpoint_group");
    }

    @DELETE
    @Path("{id}")
    public void delete(@BeanParam Call call, @PathParam("id") String id) {
        groups.delete(call.caller(), id);
    }

    @GET
    @Path("{id}/endpoints")
    public Map<String, Object> endpoints(@BeanParam Call call, @PathParam("id") String id) {
        return View.list(
                call, "endpoints", groups.endpoints(call.caller(), id), endpoint -> EndpointView.of(call, endpoint));
    }

    @GET
    @Path("{id}/projects")
    public Map<String, Object> projects(@BeanParam Call call, @PathParam("id") String id) {
        Page page = call.page();
        return ProjectView.page(call, page, filters.projects(call.caller(), Thing.group(id), page), tagging);
    }

    @PUT
    @Path("{id}/projects/{project}")
    public void add(@BeanParam Call call, @PathParam("id") String id, @PathParam("project") String project) {
        filters.add(call.caller(), project, Thing.group(id));
    }

    @GET
    @Path("{id}/projects/{project}")
    public Map<String, Object> check(
            @BeanParam Call call, @PathParam("id") String id, @PathParam("project") String project) {
        filters.check(call.caller(), project, Thing.group(id));
        return View.of()
                .with("endpoint_group_id", id)
                .with("project_id", project)
                .self(call, PATH + id + "/projects/" + project)
                .as("project_endpoint_group");
    }

    @DELETE
    @Path("{id}/projects/{project}")
    public void remove(@BeanParam Call call, @PathParam("id") String id, @PathParam("project") String project) {
        filters.remove(call.caller(), project, Thing.group(id));
    }

    private static EndpointGroups.Change change(JsonIn group) {
        Optional<EndpointGroup.Filter> filter = group.optObject("filters")
                .map(f -> new EndpointGroup.Filter(
                        f.optText("service_id", 1, 64), f.optText("region_id", 1, 255), f.optText("interface", 1, 64)));
        return new EndpointGroups.Change(
                group.optName("name", 1, 255), Body.clearable(group, "description", 65535), filter);
    }

    static View view(Call call, EndpointGroup group) {
        EndpointGroup.Filter filter = group.filter();
        return View.of()
                .with("id", group.id())
                .with("name", group.name())
                .with("description", group.description())
                .with(
                        "filters",
                        View.of()
                                .ifPresent("service_id", filter.serviceId())
                                .ifPresent("region_id", filter.regionId())
                                .ifPresent("interface", filter.face())
                                .map())
                .self(call, PATH + group.id());
    }
}
