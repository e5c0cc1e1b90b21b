package cloud.haneul.compute.rest;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.access.Access;
import cloud.haneul.kernel.event.Audit;
import cloud.haneul.kernel.quota.Quotas;
import cloud.haneul.kernel.rest.Call;
import cloud.haneul.kernel.rest.JsonIn;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compute API, "Quota sets" and "Limits". */
@Component
@Path(ComputeApi.ROOT)
@Produces(MediaType.APPLICATION_JSON)
public class QuotaSetsResource {
    private static final String RULE = "os_compute_api:os-quota-sets:";
    private static final List<String> NAMES = List.of(
            "instances", "cores", "ram", "key_pairs", "metadata_items", "server_groups", "server_group_members");
    private static final List<String> INJECTED =
            List.of("injected_files", "injected_file_content_bytes", "injected_file_path_bytes");

    private final Quotas quotas;
    private final Access access;
    private final Audit audit;

    @Inject
    QuotaSetsResource(Quotas quotas, Access access, Audit audit) {
        this.quotas = quotas;
        this.access = access;
        this.audit = audit;
    }

    @GET
    @Path("os-quota-sets/{project}")
    public Object show(@BeanParam Call call, @PathParam("project") String project) {
        access.require(call.caller(), RULE + "show", Map.of("project_id", project));
        return set(call, project, false);
    }

    @GET
    @Path("os-quota-sets/{project}/detail")
    public Object detail(@BeanParam Call call, @PathParam("project") String project) {
        access.require(call.caller(), RULE + "detail", Map.of("project_id", project));
        return set(call, project, true);
    }

    @GET
    @Path("os-quota-sets/{project}/defaults")
    public Object defaults(@BeanParam Call call, @PathParam("project") String project) {
        access.require(call.caller(), RULE + "defaults", Map.of("project_id", project));
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", project);
        view.putAll(quotas.defaults(names(call)));
        return Map.of("quota_set", view);
    }

    @PUT
    @Path("os-quota-sets/{project}")
    public Object update(@BeanParam Call call, @PathParam("project") String project) {
        access.require(call.caller(), RULE + "update", Map.of("project_id", project));
        Map<String, Long> limits = limits(call, "quota_set");
        quotas.limit(Optional.of(project), limits);
        audit.success(call.caller(), RULE + "update", "quota_set", project, project);
        return set(call, "", project, false);
    }

    @DELETE
    @Path("os-quota-sets/{project}")
    public Response reset(@BeanParam Call call, @PathParam("project") String project) {
        access.require(call.caller(), RULE + "delete", Map.of("project_id", project));
        quotas.reset(project, names(call));
        audit.success(call.caller(), RULE + "delete", "quota_set", project, project);
        return Response.accepted().build();
    }

    @GET
    @Path("os-quota-class-sets/{name}")
    public Object classShow(@BeanParam Call call, @PathParam("name") String name) {
        access.require(call.caller(), "os_compute_api:os-quota-class-sets:show", Map.of());
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", name);
        view.putAll(quotas.defaults(names(call)));
        return Map.of("quota_class_set", view);
    }

    @PUT
    @Path("os-quota-class-sets/{name}")
    public Object classUpdate(@BeanParam Call call, @PathParam("name") String name) {
        access.require(call.caller(), "os_compute_api:os-quota-class-sets:update", Map.of());
        quotas.limit(Optional.empty(), limits(call, "quota_class_set"));
        audit.success(call.caller(), "os_compute_api:os-quota-class-sets:update", "quota_class_set", name, name);
        return Map.of("quota_class_set", quotas.defaults(names(call)));
    }

    @GET
    @Path("limits")
    public Object limits(@BeanParam Call call) {
        access.require(call.caller(), "os_compute_api:limits", Map.of());
        String project = call.query("tenant_id")
                .filter(t -> call.caller().isAdmin())
                .orElseGet(() -> call.caller().project());
        Map<String, Quotas.Quota> by = new HashMap<>();
        quotas.show(project, NAMES).forEach(q -> by.put(q.resource(), q));
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("maxTotalInstances", by.get("instances").limit());
        view.put("maxTotalCores", by.get("cores").limit());
        view.put("maxTotalRAMSize", by.get("ram").limit());
        view.put("maxTotalKeypairs", by.get("key_pairs").limit());
        view.put("maxServerMeta", by.get("metadata_items").limit());
        view.put("maxServerGroups", by.get("server_groups").limit());
        view.put("maxServerGroupMembers", by.get("server_group_members").limit());
        view.put("totalInstancesUsed", by.get("instances").used());
        view.put("totalCoresUsed", by.get("cores").used());
        view.put("totalRAMUsed", by.get("ram").used());
        view.put("totalServerGroupsUsed", by.get("server_groups").used());
        return Map.of("limits", Map.of("rate", List.of(), "absolute", view));
    }

    private Object set(Call call, String project, boolean detail) {
        return set(call, project, project, detail);
    }

    /** @param id shown in the answer; an update's answer has none */
    private Object set(Call call, String id, String project, boolean detail) {
        Map<String, Object> view = new LinkedHashMap<>();
        if (!id.isEmpty()) {
            view.put("id", id);
        }
        for (Quotas.Quota quota : quotas.show(project, names(call))) {
            view.put(
                    quota.resource(),
                    detail ? Map.of("limit", quota.limit(), "in_use", quota.used(), "reserved", 0) : quota.limit());
        }
        return Map.of("quota_set", view);
    }

    private static Map<String, Long> limits(Call call, String name) {
        JsonIn body = call.json();
        JsonIn in = body.object(name);
        Map<String, Long> limits = new LinkedHashMap<>();
        for (String resource : names(call)) {
            in.optNumber(resource, -1, Integer.MAX_VALUE).ifPresent(limit -> limits.put(resource, limit));
        }
        in.optBool("force");
        in.optText("tenant_id", 1, 255);
        body.done();
        return limits;
    }

    private static List<String> names(Call call) {
        if (call.isAtLeast("2.57")) {
            return NAMES;
        }
        List<String> all = new java.util.ArrayList<>(NAMES);
        all.addAll(INJECTED);
        return all;
    }
}
