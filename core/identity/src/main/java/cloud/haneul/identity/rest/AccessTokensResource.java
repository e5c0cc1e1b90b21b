package cloud.haneul.identity.rest;

import cloud.haneul.identity.AccessTokens;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.data.Page;
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

/** {@code /users/{id}/OS-OAUTH1/access_tokens}. */
@Component
@Path("/identity/v3/users/{user}/OS-OAUTH1/access_tokens")
@Produces(MediaType.APPLICATION_JSON)
public class AccessTokensResource {
    private final AccessTokens tokens;

    @Inject
    AccessTokensResource(AccessTokens tokens) {
        this.tokens = tokens;
    }

    @GET
    public Map<String, Object> list(@BeanParam Call call, @PathParam("user") String user) {
        Page page = call.page();
        return View.page(
                call,
                "access_tokens",
                page,
                tokens.list(call.caller(), user, page),
                AccessTokens.Shown::id,
                token -> view(call, token));
    }

    @GET
    @Path("{id}")
    public Map<String, Object> show(@BeanParam Call call, @PathParam("user") String user, @PathParam("id") String id) {
        return view(call, tokens.get(call.caller(), user, id)).as("access_token");
    }

    @DELETE
    @Path("{id}")
    public void delete(@BeanParam Call call, @PathParam("user") String user, @PathParam("id") String id) {
        tokens.delete(call.caller(), user, id);
    }

    @GET
    @Path("{id}/roles")
    public Map<String, Object> roles(@BeanParam Call call, @PathParam("user") String user, @PathParam("id") String id) {
        return View.list(call, "roles", tokens.roles(call.caller(), user, id), role -> RoleView.of(call, role));
    }

    @GET
    @Path("{id}/roles/{role}")
    public Map<String, Object> role(
            @BeanParam Call call,
            @PathParam("user") String user,
            @PathParam("id") String id,
            @PathParam("role") String role) {
        return RoleView.of(call, tokens.role(call.caller(), user, id, role)).as("role");
    }

    private static View view(Call call, AccessTokens.Shown token) {
        String self =
                call.baseUrl() + IdentityApi.V3 + "/users/" + token.userId() + "/OS-OAUTH1/access_tokens/" + token.id();
        return View.of()
                .with("id", token.id())
                .with("consumer_id", token.consumerId())
                .with("authorizing_user_id", token.userId())
                .with("project_id", token.projectId())
                .with("expires_at", token.expiresAt().map(Times::zulu))
                .with("links", Map.of("self", self, "roles", self + "/roles"));
    }
}
