package cloud.haneul.identity.rest;

import cloud.haneul.identity.Protocol;
import cloud.haneul.identity.Protocols;
import cloud.haneul.identity.SamlSignOn;
import cloud.haneul.identity.SingleSignOn;
import cloud.haneul.identity.Tokens.Issued;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.rest.Anonymous;
import cloud.haneul.kernel.rest.Call;
import cloud.haneul.kernel.rest.JsonIn;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * An identity provider's protocols, and logging in by one: with an access token of the provider, or, by SAML's profile for
 * enhanced clients, with an assertion that the client itself fetches.
 */
@Component
@Path("/identity/v3/OS-FEDERATION/identity_providers/{provider}/protocols")
@Produces(MediaType.APPLICATION_JSON)
public class ProtocolsResource {
    private static final String BEARER = "Bearer ";
    private static final String PAOS = "application/vnd.paos+xml";

    private final Protocols protocols;
    private final SingleSignOn singleSignOn;
    private final SamlSignOn saml;
    private final TokenAnswers answers;

    @Inject
    ProtocolsResource(Protocols protocols, SingleSignOn singleSignOn, SamlSignOn saml, TokenAnswers answers) {
        this.protocols = protocols;
        this.singleSignOn = singleSignOn;
        this.saml = saml;
        this.answers = answers;
    }

    @GET
    public Map<String, Object> list(@BeanParam Call call, @PathParam("provider") String provider) {
        return View.list(call, "protocols", protocols.list(call.caller(), provider), protocol -> view(call, protocol));
    }

    @PUT
    @Path("{id}")
    public Response create(@BeanParam Call call, @PathParam("provider") String provider, @PathParam("id") String id) {
        JsonIn in = call.json();
        JsonIn protocol = in.object("protocol");
        String mapping = protocol.text("mapping_id", 1, 64);
        Optional<String> attribute = protocol.optText("remote_id_attribute", 0, 64);
        in.done();
        return Response.status(201)
                .entity(view(call, protocols.create(call.caller(), provider, id, mapping, attribute))
                        .as("protocol"))
                .build();
    }

    @GET
    @Path("{id}")
    public Map<String, Object> show(
            @BeanParam Call call, @PathParam("provider") String provider, @PathParam("id") String id) {
        return view(call, protocols.get(call.caller(), provider, id)).as("protocol");
    }

    @PATCH
    @Path("{id}")
    public Map<String, Object> update(
            @BeanParam Call call, @PathParam("provider") String provider, @PathParam("id") String id) {
        JsonIn in = call.json();
        JsonIn protocol = in.object("protocol");
        Optional<String> mapping = protocol.optText("mapping_id", 1, 64);
        Optional<String> attribute = protocol.optText("remote_id_attribute", 0, 64);
        in.done();
        return view(call, protocols.update(call.caller(), provider, id, mapping, attribute))
                .as("protocol");
    }

    @DELETE
    @Path("{id}")
    public void delete(@BeanParam Call call, @PathParam("provider") String provider, @PathParam("id") String id) {
        protocols.delete(call.caller(), provider, id);
    }

    @GET
    @Anonymous
    @Path("{id}/auth")
    public Response authenticate(
            @BeanParam Call call, @PathParam("provider") String provider, @PathParam("id") String id) {
        if (call.header("PAOS").isPresent() && saml.speaks(provider, id)) {
            return Response.ok(
                            saml.beginEnhanced(provider, id, SamlAddresses.enhanced(call, provider, id))
                                    .getBytes(StandardCharsets.UTF_8),
                            PAOS)
                    .header("Cache-Control", "no-store")
                    .build();
        }
        String bearer = call.header("Authorization")
                .filter(header -> header.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .map(header -> header.substring(BEARER.length()).strip())
                .orElseThrow(() -> Fault.unauthorized().detail("No access token"));
        Issued issued = singleSignOn.byAccessToken(provider, id, bearer, Body.request(call));
        return answers.token(201, issued.token(), issued.info(), call);
    }

    /** As by GET, or with what an enhanced client brings; told apart by the body's type, which need not be given. */
    @POST
    @Anonymous
    @Path("{id}/auth")
    public Response authenticateByPost(
            @BeanParam Call call,
            @PathParam("provider") String provider,
            @PathParam("id") String id,
            InputStream body) {
        if (call.header("Content-Type").filter(ProtocolsResource::isPaos).isEmpty()) {
            return authenticate(call, provider, id);
        }
        Issued issued = saml.finishEnhanced(
                provider,
                id,
                SamlResource.bounded(body),
                SamlAddresses.enhanced(call, provider, id),
                Body.request(call));
        return answers.token(201, issued.token(), issued.info(), call);
    }

    private static boolean isPaos(String contentType) {
        return contentType.split(";", 2)[0].strip().equalsIgnoreCase(PAOS);
    }

    private static View view(Call call, Protocol protocol) {
        String provider = call.baseUrl() + IdentityApi.V3 + IdentityProvidersResource.PATH + protocol.providerId();
        return View.of()
                .with("id", protocol.id())
                .with("mapping_id", protocol.mappingId())
                .with("remote_id_attribute", protocol.remoteIdAttribute())
                .with("links", Map.of("self", provider + "/protocols/" + protocol.id(), "identity_provider", provider));
    }
}
