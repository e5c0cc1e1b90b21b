package cloud.haneul.network.rest;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.quota.Quotas.Quota;
import cloud.haneul.kernel.rest.Call;
import cloud.haneul.kernel.rest.JsonIn;
import cloud.haneul.network.NetworkQuotas;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code /quotas/<project>}. */
@Component
@Path(NetworkApi.ROOT + "quotas/{project}")
@Produces(MediaType.APPLICATION_JSON)
public class NetworkQuotasResource {
    private final NetworkQuotas quotas;

    @Inject
    NetworkQuotasResource(NetworkQuotas quotas) {
        this.quotas = quotas;
    }

    @GET
    public Map<String, Object> show(@BeanParam Call call, @PathParam("project") String project) {
        return limits(quotas.show(call.caller(), project));
    }

    @GET
    @Path("default")
    public Map<String, Object> defaults(@BeanParam Call call, @PathParam("project") String project) {
        return Map.of("quota", quotas.defaults(call.caller(), project));
    }

    @GET
    @Path("{details: details(\\.json)?}")
    public Map<String, Object> details(@BeanParam Call call, @PathParam("project") String project) {
        Map<String, Object> view = new LinkedHashMap<>();
        for (Quota quota : quotas.show(call.caller(), project)) {
            view.put(quota.resource(), Map.of("limit", quota.limit(), "used", quota.used(), "reserved", 0));
        }
        return Map.of("quota", view);
    }

    @PUT
    public Map<String, Object> update(@BeanParam Call call, @PathParam("project") String project) {
        JsonIn body = call.json();
        JsonIn in = body.object("quota");
        // limits below the usage are always taken; nothing ends by it
        in.optBool("force");
        in.optBool("check_limit");
        Map<String, Long> limits = new LinkedHashMap<>();
        for (String name : quotas.names()) {
            in.optNumber(name, -1, Integer.MAX_VALUE).ifPresent(limit -> limits.put(name, limit));
        }
        body.done();
        return limits(quotas.update(call.caller(), project, limits));
    }

    @DELETE
    public void reset(@BeanParam Call call, @PathParam("project") String project) {
        quotas.reset(call.caller(), project);
    }

    private static Map<String, Object> limits(List<Quota> quotas) {
        Map<String, Object> view = new LinkedHashMap<>();
        quotas.forEach(quota -> view.put(quota.resource(), quota.limit()));
        return Map.of("quota", view);
    }
}
