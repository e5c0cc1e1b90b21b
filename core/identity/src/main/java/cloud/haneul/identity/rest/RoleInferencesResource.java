package cloud.haneul.identity.rest;

import cloud.haneul.identity.Roles;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.rest.Call;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code /role_inferences}. */
@Component
@Path("/identity/v3/role_inferences")
@Produces(MediaType.APPLICATION_JSON)
public class RoleInferencesResource {
    private final Roles roles;

    @Inject
    RoleInferencesResource(Roles roles) {
        this.roles = roles;
    }

    @GET
    public Map<String, Object> list(@BeanParam Call call) {
        List<Map<String, Object>> all = new ArrayList<>();
        roles.inferences(call.caller())
                .forEach((prior, implied) -> all.add(RolesResource.inference(call, prior, implied)));
        return View.of()
                .with("role_inferences", all)
                .self(call, "/role_inferences")
                .map();
    }
}
