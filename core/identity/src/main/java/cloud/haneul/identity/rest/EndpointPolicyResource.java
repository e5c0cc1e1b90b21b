package cloud.haneul.identity.rest;

import cloud.haneul.identity.Policies;
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

/** The policy in force for an endpoint. */
@Component
@Path("/identity/v3/endpoints/{endpoint}/OS-ENDPOINT-POLICY/policy")
@Produces(MediaType.APPLICATION_JSON)
public class EndpointPolicyResource {
    private final Policies policies;

    @Inject
    EndpointPolicyResource(Policies policies) {
        this.policies = policies;
    }

    @GET
    public Map<String, Object> show(@BeanParam Call call, @PathParam("endpoint") String endpoint) {
        return PoliciesResource.view(call, policies.of(call.caller(), endpoint)).as("policy");
    }
}
