package cloud.haneul.identity.rest;

import cloud.haneul.identity.Login;
import cloud.haneul.identity.Login.ApplicationProof;
import cloud.haneul.identity.Login.Scope;
import cloud.haneul.identity.Tokens;
import cloud.haneul.identity.Tokens.Issued;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.rest.Anonymous;
import cloud.haneul.kernel.rest.Call;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** OAuth 2's client credentials grant: the client is an application credential, by its id and secret. */
@Component
@Path("/identity/v3/OS-OAUTH2/token")
@Produces(MediaType.APPLICATION_JSON)
public class OAuth2Resource {
    private final Tokens tokens;

    @Inject
    OAuth2Resource(Tokens tokens) {
        this.tokens = tokens;
    }

    private record Client(String id, String secret) {
        @Override
        public String toString() {
            return "client " + id;
        }
    }

    @POST
    @Anonymous
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response token(@BeanParam Call call, @FormParam("grant_type") String grant) {
        Optional<Client> client = call.header("Authorization").flatMap(OAuth2Resource::client);
        if (client.isEmpty()) {
            return refused(call, 401, "invalid_client", "The client's id and secret are missing from Authorization.");
        }
        if (grant == null || grant.isEmpty()) {
            return refused(call, 400, "invalid_request", "The parameter grant_type is required.");
        }
        if (!grant.equals("client_credentials")) {
            return refused(
                    call,
                    400,
                    "unsupported_grant_type",
                    "The OAuth2.0 Authorization server only supports the grant_type client_credentials.");
        }
        try {
            return given(tokens.issue(
                    new Login(
                            List.of(new ApplicationProof(
                                    Optional.of(client.get().id),
                                    Optional.empty(),
                                    Optional.empty(),
                                    client.get().secret)),
                            Scope.PREFERRED),
                    Body.request(call)));
        } catch (Fault e) {
            if (e.kind() != Fault.Kind.UNAUTHORIZED) {
                throw e;
            }
            return refused(call, 401, "invalid_client", "Client authentication failed.");
        }
    }

    private static Response given(Issued issued) {
        long seconds = Duration.between(issued.info().issuedAt(), issued.info().expiresAt())
                .toSeconds();
        return Response.ok(View.of()
                        .with("access_token", issued.token())
                        .with("token_type", "Bearer")
                        .with("expires_in", seconds)
                        .map())
                .header("Cache-Control", "no-store")
                .header("Pragma", "no-cache")
                .build();
    }

    private static Response refused(Call call, int status, String error, String description) {
        Response.ResponseBuilder response = Response.status(status)
                .header("Cache-Control", "no-store")
                .header("Pragma", "no-cache")
                .entity(Map.of("error", error, "error_description", description));
        if (status == 401) {
            response.header("WWW-Authenticate", "Keystone uri=\"" + call.baseUrl() + IdentityApi.V3 + "\"");
        }
        return response.build();
    }

    private static Optional<Client> client(String header) {
        if (!header.regionMatches(true, 0, "Basic ", 0, 6)) {
            return Optional.empty();
        }
        try {
            String pair =
                    new String(Base64.getDecoder().decode(header.substring(6).strip()), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 1
                    ? Optional.empty()
                    : Optional.of(new Client(pair.substring(0, colon), pair.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
