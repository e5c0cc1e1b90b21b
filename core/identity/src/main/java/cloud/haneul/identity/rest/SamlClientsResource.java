package cloud.haneul.identity.rest;

import cloud.haneul.identity.SamlClient;
import cloud.haneul.identity.SamlClients;
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
import java.util.Map;

/** How this cloud and a SAML provider know each other; in OpenStack that is the web server's configuration. */
@Component
@Path("/haneul/v1/federation/{provider}/{protocol}/saml2")
@Produces(MediaType.APPLICATION_JSON)
public class SamlClientsResource {
    private static final int LONGEST_METADATA = 1 << 18;

    private final SamlClients clients;

    @Inject
    SamlClientsResource(SamlClients clients) {
        this.clients = clients;
    }

    @GET
    public Map<String, Object> show(
            @BeanParam Call call, @PathParam("provider") String provider, @PathParam("protocol") String protocol) {
        return view(call, provider, protocol, clients.get(call.caller(), provider, protocol));
    }

    @PUT
    public Map<String, Object> put(
            @BeanParam Call call, @PathParam("provider") String provider, @PathParam("protocol") String protocol) {
        JsonIn in = call.json();
        JsonIn saml = in.object("saml2");
        SamlClient client = new SamlClient(
                saml.optText("entity_id", 1, 1024).orElseGet(() -> SamlAddresses.metadata(call, provider, protocol)
                        .toString()),
                saml.optText("provider", 1, 1024),
                saml.optText("metadata", 1, LONGEST_METADATA),
                saml.optText("metadata_url", 1, 1024),
                saml.optText("name_id_format", 1, 255),
                saml.optMap("attributes", 100, 255, 255).orElse(Map.of()),
                "");
        in.done();
        return view(call, provider, protocol, clients.put(call.caller(), provider, protocol, client));
    }

    @DELETE
    public void delete(
            @BeanParam Call call, @PathParam("provider") String provider, @PathParam("protocol") String protocol) {
        clients.delete(call.caller(), provider, protocol);
    }

    private static Map<String, Object> view(Call call, String provider, String protocol, SamlClient client) {
        return View.of()
                .with("entity_id", client.entityId())
                .with("provider", client.provider())
                .with("metadata", client.metadata())
                .with("metadata_url", client.metadataUrl())
                .with("name_id_format", client.nameIdFormat())
                .with("attributes", client.attributes())
                .with("certificate", client.certificate())
                .with(
                        "assertion_consumer_url",
                        SamlAddresses.consumer(call, provider, protocol).toString())
                .with(
                        "sp_metadata_url",
                        SamlAddresses.metadata(call, provider, protocol).toString())
                .as("saml2");
    }
}
