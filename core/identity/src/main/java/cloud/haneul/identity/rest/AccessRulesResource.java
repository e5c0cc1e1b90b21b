package cloud.haneul.identity.rest;

import cloud.haneul.identity.AccessRules;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.rest.Call;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;

/** {@code /users/{id}/access_rules}. */
@Component
@Path("/identity/v3/users/{user}/access_rules")
@Produces(MediaType.APPLICATION_JSON)
public class AccessRulesResource {
    private final AccessRules rules;

    @Inject
    AccessRulesResource(AccessRules rules) {
        this.rules = rules;
    }

    @GET
    public Map<String, Object> list(@BeanParam Call call, @PathParam("user") String user) {
        return View.list(call, "access_rules", rules.list(call.caller(), user), rule -> AccessRuleView.of(call, rule));
    }

    @GET
    @Path("{id}")
    public Map<String, Object> show(@BeanParam Call call, @PathParam("user") String user, @PathParam("id") String id) {
        return AccessRuleView.of(call, rules.get(call.caller(), user, id)).as("access_rule");
    }

    @DELETE
    @Path("{id}")
    public void delete(@BeanParam Call call, @PathParam("user") String user, @PathParam("id") String id) {
        rules.delete(call.caller(), user, id);
    }
}
