package cloud.haneul.compute.rest;

import cloud.haneul.compute.ComputeQuotas;
import cloud.haneul.kernel.Component;
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
import java.util.ArrayList;
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
    private static final List<String> INJECTED =
            List.of("injected_files", "injected_file_content_bytes", "injected_file_path_bytes");

    private final ComputeQuotas quotas;

    @Inject
    QuotaSetsResource(ComputeQuotas quotas) {
        this.quotas = quotas;
    }

    @GET
    @Path("os-quota-sets/{project}")
    public Object show(@BeanParam Call call, @PathParam("project") String project) {
        return set(Optional.of(project), limits(quotas.show(call.caller(), project, names(call))));
    }

    @GET
    @Path("os-quota-sets/{project}/detail")
    public Object detail(@BeanParam Call call, @PathParam("project") String project) {
        Map<String, Object> view = new LinkedHashMap<>();
        quotas.detail(call.caller(), project, names(call))
                .forEach(quota -> view.put(
                        quota.resource(), Map.of("limit", quota.limit(), "in_use", quota.used(), "reserved", 0)));
        return set(Optional.of(project), view);
    }

    @GET
    @Path("os-quota-sets/{project}/defaults")
    public Object defaults(@BeanParam Call call, @PathParam("project") String project) {
        return set(Optional.of(project), quotas.defaults(call.caller(), project, names(call)));
    }

    @PUT
    @Path("os-quota-sets/{project}")
    public Object update(@BeanParam Call call, @PathParam("project") String project) {
        quotas.update(call.caller(), project, asked(call, "quota_set"));
        return set(Optional.empty(), limits(quotas.show(call.caller(), project, names(call))));
    }

    @DELETE
    @Path("os-quota-sets/{project}")
    public Response reset(@BeanParam Call call, @PathParam("project") String project) {
        quotas.reset(call.caller(), project, names(call));
        return Response.accepted().build();
    }

    @GET
    @Path("os-quota-class-sets/{name}")
    public Object classShow(@BeanParam Call call, @PathParam("name") String name) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", name);
        view.putAll(quotas.classDefaults(call.caller(), names(call)));
        return Map.of("quota_class_set", view);
    }

    @PUT
    @Path("os-quota-class-sets/{name}")
    public Object classUpdate(@BeanParam Call call, @PathParam("name") String name) {
        quotas.updateDefaults(call.caller(), name, asked(call, "quota_class_set"));
        return Map.of("quota_class_set", quotas.classDefaults(call.caller(), names(call)));
    }

    @GET
    @Path("limits")
    public Object limits(@BeanParam Call call) {
        Map<String, Quotas.Quota> by = new HashMap<>();
        quotas.limits(call.caller(), call.query("tenant_id")).forEach(q -> by.put(q.resource(), q));
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

    private static Map<String, Long> limits(List<Quotas.Quota> quotas) {
        Map<String, Long> limits = new LinkedHashMap<>();
        quotas.forEach(quota -> limits.put(quota.resource(), quota.limit()));
        return limits;
    }

    /** @param id shown in the answer; an update's answer has none */
    private static Object set(Optional<String> id, Map<String, ?> quotas) {
        Map<String, Object> view = new LinkedHashMap<>();
        id.ifPresent(project -> view.put("id", project));
        view.putAll(quotas);
        return Map.of("quota_set", view);
    }

    private static Map<String, Long> asked(Call call, String name) {
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
            return ComputeQuotas.NAMES;
        }
        List<String> all = new ArrayList<>(ComputeQuotas.NAMES);
        all.addAll(INJECTED);
        return all;
    }
}
