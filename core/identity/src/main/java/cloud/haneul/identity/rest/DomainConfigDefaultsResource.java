package cloud.haneul.identity.rest;

import cloud.haneul.identity.DomainConfigs;
import cloud.haneul.identity.DomainConfigs.Part;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.rest.Call;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;

/** {@code /domains/config/default}: what holds for domains without a configuration of their own. */
@Component
@Path("/identity/v3/domains/config")
@Produces(MediaType.APPLICATION_JSON)
public class DomainConfigDefaultsResource {
    private final DomainConfigs configs;

    @Inject
    DomainConfigDefaultsResource(DomainConfigs configs) {
        this.configs = configs;
    }

    @GET
    @Path("default")
    public Map<String, Object> all(@BeanParam Call call) {
        return Map.of("config", configs.defaults(call.caller(), Part.ALL));
    }

    @GET
    @Path("{group}/default")
    public Map<String, Object> group(@BeanParam Call call, @PathParam("group") String group) {
        return Map.of("config", configs.defaults(call.caller(), DomainConfigResource.part(group)));
    }

    @GET
    @Path("{group}/{option}/default")
    public Map<String, Object> option(
            @BeanParam Call call, @PathParam("group") String group, @PathParam("option") String option) {
        return Map.of("config", configs.defaults(call.caller(), DomainConfigResource.part(group, option)));
    }
}
