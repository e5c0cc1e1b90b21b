package cloud.haneul.identity.rest;

import cloud.haneul.identity.OidcClient;
import cloud.haneul.identity.Protocols;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.rest.Call;
import cloud.haneul.kernel.rest.JsonIn;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How this cloud is known to an OpenID provider; in OpenStack that is the web server's configuration. */
@Component
@Path("/haneul/v1/federation/{provider}/{protocol}/oidc")
@Produces(MediaType.APPLICATION_JSON)
public class OidcClientsResource {
    private final Protocols protocols;

    @Inject
    OidcClientsResource(Protocols protocols) {
        this.protocols = protocols;
    }

    @GET
    public Map<String, Object> show(
            @BeanParam Call call, @PathParam("provider") String provider, @PathParam("protocol") String protocol) {
        return view(protocols.client(call.caller(), provider, protocol));
    }

    @PUT
    public Map<String, Object> put(
            @BeanParam Call call, @PathParam("provider") String provider, @PathParam("protocol") String protocol) {
        JsonIn in = call.json();
        JsonIn oidc = in.object("oidc");
        OidcClient client = new OidcClient(
                oidc.text("issuer", 1, 255),
                oidc.text("client_id", 1, 255),
                oidc.optText("client_secret", 1, 4096),
                oidc.optList("scopes", 50, one -> one.asText(1, 255)).orElse(List.of("openid", "email", "profile")),
                oidc.optList("audiences", 50, one -> one.asText(1, 255)).orElse(List.of()));
        in.done();
        protocols.client(call.caller(), provider, protocol, Optional.of(client));
        return view(client);
    }

    @DELETE
    public void delete(
            @BeanParam Call call, @PathParam("provider") String provider, @PathParam("protocol") String protocol) {
        protocols.client(call.caller(), provider, protocol, Optional.empty());
    }

    private static Map<String, Object> view(OidcClient client) {
        return View.of()
                .with("issuer", client.issuer())
                .with("client_id", client.clientId())
                .with("scopes", client.scopes())
                .with("audiences", client.audiences())
                .as("oidc");
    }
}
