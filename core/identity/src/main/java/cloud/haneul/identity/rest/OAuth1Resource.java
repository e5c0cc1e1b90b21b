package cloud.haneul.identity.rest;

import cloud.haneul.identity.OAuth1Tokens;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.rest.Anonymous;
import cloud.haneul.kernel.rest.Call;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;

/** {@code /OS-OAUTH1}: what consumers ask for by their signature, and what users say to it. */
@Component
@Path("/identity/v3/OS-OAUTH1")
@Produces({MediaType.APPLICATION_JSON, MediaType.APPLICATION_FORM_URLENCODED})
public class OAuth1Resource {
    private static final String PROJECT = "Requested-Project-Id";

    private final OAuth1Tokens tokens;

    @Inject
    OAuth1Resource(OAuth1Tokens tokens) {
        this.tokens = tokens;
    }

    /** @param form the request's body, which counts when it is a form */
    @POST
    @Anonymous
    @Path("request_token")
    public Response request(@BeanParam Call call, String form) {
        String project = call.header(PROJECT)
                .filter(id -> !id.isEmpty())
                .orElseThrow(() -> Fault.badRequest(PROJECT, "The header " + PROJECT + " is missing."));
        return made(tokens.request(OAuth1Requests.of(call, form), project));
    }

    /** @param form the request's body, which counts when it is a form */
    @POST
    @Anonymous
    @Path("access_token")
    public Response access(@BeanParam Call call, String form) {
        return made(tokens.exchange(OAuth1Requests.of(call, form), Body.request(call)));
    }

    @PUT
    @Path("authorize/{id}")
    @Produces(MediaType.APPLICATION_JSON)
    public Map<String, Object> authorize(@BeanParam Call call, @PathParam("id") String id) {
        String verifier = tokens.authorize(
                call.caller(), id, call.json().list("roles", 200, ApplicationCredentialsResource::role));
        return View.of().with("oauth_verifier", verifier).as("token");
    }

    /** Ids, secrets and times need no escape in a form but the colons. */
    private static Response made(OAuth1Tokens.Made made) {
        String body = "oauth_token=" + made.id() + "&oauth_token_secret=" + made.secret()
                + made.expiresAt()
                        .map(end -> "&oauth_expires_at=" + Times.zulu(end).replace(":", "%3A"))
                        .orElse("");
        return Response.status(201)
                .type(MediaType.APPLICATION_FORM_URLENCODED_TYPE)
                .header("Cache-Control", "no-store")
                .entity(body)
                .build();
    }
}
