package cloud.haneul.network.rest;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.access.Access;
import cloud.haneul.kernel.rest.Call;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;

/** {@code /agents}: hosts run no agent of ours, so there are none. */
@Component
@Path(NetworkApi.ROOT + "agents")
@Produces(MediaType.APPLICATION_JSON)
public class AgentsResource {
    private final Access access;

    @Inject
    AgentsResource(Access access) {
        this.access = access;
    }

    @GET
    public Map<String, Object> list(@BeanParam Call call) {
        access.require(call.caller(), "get_agent", Map.of());
        return Map.of("agents", List.of());
    }
}
