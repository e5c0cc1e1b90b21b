package cloud.haneul.identity.rest;

import cloud.haneul.identity.Project;
import cloud.haneul.identity.ProjectChange;
import cloud.haneul.identity.ProjectFilter;
import cloud.haneul.identity.Projects;
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
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code /projects} and their tags. */
@Component
@Path("/identity/v3/projects")
@Produces(MediaType.APPLICATION_JSON)
public class ProjectsResource {
    private final Projects projects;
    private final Tagging tagging;

    @Inject
    ProjectsResource(Projects projects, Tagging tagging) {
        this.projects = projects;
        this.tagging = tagging;
    }

    @GET
    public Map<String, Object> list(@BeanParam Call call) {
        Page page = call.page();
        ProjectFilter filter = new ProjectFilter(
                call.query("domain_id"),
                call.query("parent_id"),
                call.query("name"),
                call.query("name__contains"),
                Body.flag(call, "enabled"),
                Body.flag(call, "is_domain").orElse(false),
                Body.words(call, "tags"),
                Body.words(call, "tags-any"),
                Body.words(call, "not-tags"),
                Body.words(call, "not-tags-any"));
        return ProjectView.page(call, page, projects.list(call.caller(), filter, page), tagging);
    }

    @POST
    public Response create(@BeanParam Call call) {
        Project project =
                projects.create(call.caller(), ProjectBody.wanted(call.json().object("project")));
        return Response.status(201).entity(view(call, project)).build();
    }

    @GET
    @Path("{id}")
    public Map<String, Object> show(@BeanParam Call call, @PathParam("id") String id) {
        Project project = projects.get(call.caller(), id);
        View view = ProjectView.of(call, project, tagging);
        if (call.hasQuery("parents_as_list")) {
            view.with("parents", wrapped(call, projects.parents(call.caller(), id)));
        }
        if (call.hasQuery("parents_as_ids")) {
            view.with("parents", ids(projects.parents(call.caller(), id)));
        }
        if (call.hasQuery("subtree_as_list")) {
            view.with("subtree", wrapped(call, projects.subtree(call.caller(), id)));
        }
        if (call.hasQuery("subtree_as_ids")) {
            view.with("subtree", tree(id, projects.subtree(call.caller(), id)));
        }
        return view.as("project");
    }

    @PATCH
    @Path("{id}")
    public Map<String, Object> update(@BeanParam Call call, @PathParam("id") String id) {
        JsonIn in = call.json().object("project");
        Body.fixed(in, "id", Optional.of(id));
        ProjectChange change = ProjectBody.change(in);
        if (in.has("domain_id") || in.has("parent_id") || in.has("is_domain")) {
            Project current = projects.get(call.caller(), id);
            Body.fixed(in, "domain_id", current.domainId());
            Body.fixed(in, "parent_id", current.parentId());
            if (in.optBool("is_domain").filter(is -> is != current.isDomain()).isPresent()) {
                throw in.invalid("is_domain", "cannot be changed");
            }
        }
        return view(call, projects.update(call.caller(), id, change));
    }

    @DELETE
    @Path("{id}")
    public void delete(@BeanParam Call call, @PathParam("id") String id) {
        projects.delete(call.caller(), id);
    }

    @GET
    @Path("{id}/tags")
    public Map<String, Object> tags(@BeanParam Call call, @PathParam("id") String id) {
        return tags(call, id, tagging.tags(call.caller(), id));
    }

    @PUT
    @Path("{id}/tags")
    public Map<String, Object> setTags(@BeanParam Call call, @PathParam("id") String id) {
        JsonIn in = call.json();
        Set<String> tags = new LinkedHashSet<>(in.list("tags", 80, tag -> tag.asText(1, 255)));
        return tags(call, id, tagging.setTags(call.caller(), id, tags));
    }

    @DELETE
    @Path("{id}/tags")
    public void clearTags(@BeanParam Call call, @PathParam("id") String id) {
        tagging.clearTags(call.caller(), id);
    }

    @GET
    @Path("{id}/tags/{tag}")
    public void checkTag(@BeanParam Call call, @PathParam("id") String id, @PathParam("tag") String tag) {
        tagging.checkTag(call.caller(), id, tag);
    }

    @PUT
    @Path("{id}/tags/{tag}")
    public Response addTag(@BeanParam Call call, @PathParam("id") String id, @PathParam("tag") String tag) {
        tagging.addTag(call.caller(), id, tag);
        return Response.status(201)
                .header("Location", call.baseUrl() + call.path())
                .build();
    }

    @DELETE
    @Path("{id}/tags/{tag}")
    public void removeTag(@BeanParam Call call, @PathParam("id") String id, @PathParam("tag") String tag) {
        tagging.removeTag(call.caller(), id, tag);
    }

    private Map<String, Object> view(Call call, Project project) {
        return ProjectView.of(call, project, tagging).as("project");
    }

    private static Map<String, Object> tags(Call call, String id, List<String> tags) {
        return View.of()
                .with("tags", tags)
                .self(call, "/projects/" + id + "/tags")
                .map();
    }

    private List<Map<String, Object>> wrapped(Call call, List<Project> rows) {
        return rows.stream().map(project -> view(call, project)).toList();
    }

    /** {@code {nearest: {next: ...}}}, null when there is none above. */
    private static Map<String, Object> ids(List<Project> parents) {
        Map<String, Object> ids = null;
        for (int i = parents.size() - 1; i >= 0; i--) {
            Map<String, Object> above = new LinkedHashMap<>();
            above.put(parents.get(i).id(), ids);
            ids = above;
        }
        return ids;
    }

    private static Map<String, Object> tree(String id, List<Project> below) {
        Map<String, Object> children = new LinkedHashMap<>();
        below.stream()
                .filter(project -> project.parentId().equals(Optional.of(id)))
                .forEach(project -> children.put(project.id(), tree(project.id(), below)));
        return children.isEmpty() ? null : children;
    }
}
