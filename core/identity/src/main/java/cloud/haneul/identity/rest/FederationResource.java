package cloud.haneul.identity.rest;

import cloud.haneul.identity.Tagging;
import cloud.haneul.identity.Tokens;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.rest.Call;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;

/** What a federated user's token can become, at the addresses of before {@code /auth/projects}; his own and no others. */
@Component
@Path("/identity/v3/OS-FEDERATION")
@Produces(MediaType.APPLICATION_JSON)
public class FederationResource {
    private final Tokens tokens;
    private final Tagging tagging;

    @Inject
    FederationResource(Tokens tokens, Tagging tagging) {
        this.tokens = tokens;
        this.tagging = tagging;
    }

    @GET
    @Path("projects")
    public Map<String, Object> projects(@BeanParam Call call) {
        return ProjectView.list(call, tokens.projects(call.caller()), tagging);
    }

    @GET
    @Path("domains")
    public Map<String, Object> domains(@BeanParam Call call) {
        return View.list(call, "domains", tokens.domains(call.caller()), domain -> DomainView.of(call, domain));
    }
}
