package cloud.haneul.identity.rest;

import cloud.haneul.identity.Catalog;
import cloud.haneul.identity.ReceiptNeeded;
import cloud.haneul.identity.Tagging;
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

/** Getting, showing and ending tokens, and what they could become. */
@Component
@Path("/identity/v3/auth")
@Produces(MediaType.APPLICATION_JSON)
public class AuthResource {
    private static final String SUBJECT = TokenAnswers.SUBJECT;
    private static final String RECEIPT = "Openstack-Auth-Receipt";

    private final Tokens tokens;
    private final Tagging tagging;
    private final Catalog catalog;
    private final TokenAnswers answers;

    @Inject
    AuthResource(Tokens tokens, Tagging tagging, Catalog catalog, TokenAnswers answers) {
        this.tokens = tokens;
        this.tagging = tagging;
        this.catalog = catalog;
        this.answers = answers;
    }

    @POST
    @Anonymous
    @Path("tokens")
    public Response issue(@BeanParam Call call) {
        try {
            Issued issued = tokens.issue(
                    LoginBody.read(call.json(), call.header(RECEIPT), () -> OAuth1Requests.of(call)),
                    Body.request(call));
            return answers.token(201, issued.token(), issued.info(), call);
        } catch (Fault e) {
            if (e.getCause() instanceof ReceiptNeeded needed) {
                return Response.status(401)
                        .header(RECEIPT, needed.receipt().text())
                        .header("WWW-Authenticate", "Keystone uri=\"" + call.baseUrl() + IdentityApi.V3 + "\"")
                        .entity(ReceiptView.of(needed))
                        .build();
            }
            throw e;
        }
    }

    @GET
    @Path("tokens")
    public Response show(@BeanParam Call call) {
        String subject = subject(call);
        return answers.token(
                200, subject, tokens.show(call.caller(), subject, "identity:validate_token", expired(call)), call);
    }

    @HEAD
    @Path("tokens")
    public Response check(@BeanParam Call call) {
        tokens.show(call.caller(), subject(call), "identity:check_token", expired(call));
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

    /** Lists of revoked tokens belonged to tokens that nobody makes any more. */
    @GET
    @Path("tokens/OS-PKI/revoked")
    public Response revoked(@BeanParam Call call) {
        call.caller();
        throw Fault.forbidden("You are not authorized to perform the requested action.");
    }

    private static boolean expired(Call call) {
        return Body.flag(call, "allow_expired").orElse(false);
    }

    private static String subject(Call call) {
        return call.header(SUBJECT)
                .orElseThrow(() -> Fault.badRequest(SUBJECT, "The header " + SUBJECT + " is missing."));
    }
}
