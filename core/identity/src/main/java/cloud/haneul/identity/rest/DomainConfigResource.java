package cloud.haneul.identity.rest;

import cloud.haneul.identity.DomainConfigs;
import cloud.haneul.identity.DomainConfigs.Part;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.rest.Call;
import cloud.haneul.kernel.rest.JsonIn;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** {@code /domains/{id}/config}, a group of it, or an option of a group. */
@Component
@Path("/identity/v3/domains/{domain}/config")
@Produces(MediaType.APPLICATION_JSON)
public class DomainConfigResource {
    private final DomainConfigs configs;

    @Inject
    DomainConfigResource(DomainConfigs configs) {
        this.configs = configs;
    }

    @PUT
    public Response put(@BeanParam Call call, @PathParam("domain") String domain) {
        DomainConfigs.Put put =
                configs.put(call.caller(), domain, groups(call.json().object("config")));
        return Response.status(put.created() ? 201 : 200)
                .entity(Map.of("config", put.config()))
                .build();
    }

    @GET
    public Map<String, Object> get(@BeanParam Call call, @PathParam("domain") String domain) {
        return get(call, domain, Part.ALL);
    }

    @GET
    @Path("{group}")
    public Map<String, Object> getGroup(
            @BeanParam Call call, @PathParam("domain") String domain, @PathParam("group") String group) {
        return get(call, domain, part(group));
    }

    @GET
    @Path("{group}/{option}")
    public Map<String, Object> getOption(
            @BeanParam Call call,
            @PathParam("domain") String domain,
            @PathParam("group") String group,
            @PathParam("option") String option) {
        return get(call, domain, part(group, option));
    }

    @PATCH
    public Map<String, Object> update(@BeanParam Call call, @PathParam("domain") String domain) {
        return update(call, domain, Part.ALL, groups(call.json().object("config")));
    }

    @PATCH
    @Path("{group}")
    public Map<String, Object> updateGroup(
            @BeanParam Call call, @PathParam("domain") String domain, @PathParam("group") String group) {
        return update(call, domain, part(group), groups(call.json().object("config")));
    }

    @PATCH
    @Path("{group}/{option}")
    public Map<String, Object> updateOption(
            @BeanParam Call call,
            @PathParam("domain") String domain,
            @PathParam("group") String group,
            @PathParam("option") String option) {
        Map<String, Object> value = options(call.json().object("config"));
        return update(call, domain, part(group, option), Map.of(group, value));
    }

    @DELETE
    public void delete(@BeanParam Call call, @PathParam("domain") String domain) {
        configs.delete(call.caller(), domain, Part.ALL);
    }

    @DELETE
    @Path("{group}")
    public void deleteGroup(
            @BeanParam Call call, @PathParam("domain") String domain, @PathParam("group") String group) {
        configs.delete(call.caller(), domain, part(group));
    }

    @DELETE
    @Path("{group}/{option}")
    public void deleteOption(
            @BeanParam Call call,
            @PathParam("domain") String domain,
            @PathParam("group") String group,
            @PathParam("option") String option) {
        configs.delete(call.caller(), domain, part(group, option));
    }

    private Map<String, Object> get(Call call, String domain, Part part) {
        return Map.of("config", configs.get(call.caller(), domain, part));
    }

    private Map<String, Object> update(Call call, String domain, Part part, Map<String, Map<String, Object>> wanted) {
        return Map.of("config", configs.update(call.caller(), domain, part, wanted));
    }

    static Part part(String group) {
        return new Part(Optional.of(group), Optional.empty());
    }

    static Part part(String group, String option) {
        return new Part(Optional.of(group), Optional.of(option));
    }

    private static Map<String, Map<String, Object>> groups(JsonIn config) {
        Map<String, Map<String, Object>> groups = new LinkedHashMap<>();
        config.names().forEach(group -> groups.put(group, options(config.object(group))));
        return groups;
    }

    private static Map<String, Object> options(JsonIn group) {
        Map<String, Object> options = new LinkedHashMap<>();
        group.names().forEach(option -> options.put(option, group.any(option).orElse(null)));
        return options;
    }
}
