package cloud.haneul.identity.rest;

import cloud.haneul.identity.Catalog;
import cloud.haneul.identity.Tagging;
import cloud.haneul.identity.TokenContext;
import cloud.haneul.identity.TokenInfo;
import cloud.haneul.identity.Tokens;
import cloud.haneul.identity.Tokens.Issued;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.rest.Anonymous;
import cloud.haneul.kernel.rest.Call;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Getting, showing and ending tokens, and what they could become. */
@Component
@Path("/identity/v3/auth")
@Produces(MediaType.APPLICATION_JSON)
public class AuthResource {
    private static final String SUBJECT = "X-Subject-Token";

    private final Tokens tokens;
    private final Tagging tagging;
    private final Catalog catalog;

    @Inject
    AuthResource(Tokens tokens, Tagging tagging, Catalog catalog) {
        this.tokens = tokens;
        this.tagging = tagging;
        this.catalog = catalog;
    }

    @POST
    @Anonymous
    @Path("tokens")
    public Response issue(@BeanParam Call call) {
        Issued issued = tokens.issue(LoginBody.read(call.json()), Body.request(call));
        return answer(201, issued.token(), issued.info(), call);
    }

    @GET
    @Path("tokens")
    public Response show(@BeanParam Call call) {
        String subject = subject(call);
        return answer(200, subject, tokens.show(call.caller(), subject, "identity:validate_token"), call);
    }

    @HEAD
    @Path("tokens")
    public Response check(@BeanParam Call call) {
        tokens.show(call.caller(), subject(call), "identity:check_token");
        return Response.ok().build();
    }

    @DELETE
    @Path("tokens")
    public Response revoke(@BeanParam Call call) {
        tokens.revoke(call.caller(), subject(call));
        return Response.noContent().build();
    }

    @GET
    @Path("catalog")
    public Map<String, Object> catalog(@BeanParam Call call) {
        return View.of()
                .with("catalog", TokenView.catalog(catalog.mine(call.caller(), call.baseUrl())))
                .self(call, "/auth/catalog")
                .map();
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

    @GET
    @Path("system")
    public Map<String, Object> system(@BeanParam Call call) {
        return View.of()
                .with("system", tokens.system(call.caller()) ? List.of(Map.of("all", true)) : List.of())
                .self(call, "/auth/system")
                .map();
    }

    private Response answer(int status, String token, TokenInfo info, Call call) {
        TokenContext context = info.context();
        Optional<List<Catalog.Offer>> offers = call.hasQuery("nocatalog")
                ? Optional.empty()
                : Optional.of(catalog.offers(
                        context.project().map(TokenContext.Place::id),
                        context.user().id(),
                        call.baseUrl()));
        return Response.status(status)
                .header(SUBJECT, token)
                .header("Vary", "X-Auth-Token")
                .entity(TokenView.of(info, offers))
                .build();
    }

    private static String subject(Call call) {
        return call.header(SUBJECT)
                .orElseThrow(() -> Fault.badRequest(SUBJECT, "The header " + SUBJECT + " is missing."));
    }
}
