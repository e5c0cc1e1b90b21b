package cloud.haneul.identity.rest;

import cloud.haneul.identity.SamlSignOn;
import cloud.haneul.identity.SingleSignOn.Done;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.rest.Anonymous;
import cloud.haneul.kernel.rest.Call;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Where SAML providers send browsers back to, and learn who we are. A browser brings no cookie of ours along from another
 * site's form; it is made to post the response once more, from here, and then it does.
 */
@Component
@Path("/identity/v3/auth/OS-FEDERATION/identity_providers/{provider}/protocols/{protocol}/saml2")
public class SamlResource {
    private static final String COOKIE = "haneul_saml";

    private final SamlSignOn saml;

    @Inject
    SamlResource(SamlSignOn saml) {
        this.saml = saml;
    }

    @GET
    @Anonymous
    @Path("metadata")
    public Response metadata(
            @BeanParam Call call, @PathParam("provider") String provider, @PathParam("protocol") String protocol) {
        String xml = saml.metadata(
                provider,
                protocol,
                SamlAddresses.consumer(call, provider, protocol),
                SamlAddresses.enhanced(call, provider, protocol));
        return Response.ok(xml.getBytes(StandardCharsets.UTF_8), "application/samlmetadata+xml")
                .build();
    }

    @POST
    @Anonymous
    @Path("acs")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response finish(
            @BeanParam Call call,
            @PathParam("provider") String provider,
            @PathParam("protocol") String protocol,
            @CookieParam(COOKIE) String browser,
            @FormParam("SAMLResponse") String response,
            @FormParam("RelayState") String relayState,
            @FormParam("again") String again) {
        if (response == null || relayState == null) {
            throw Fault.badRequest(
                    response == null ? "SAMLResponse" : "RelayState",
                    "The form must have the fields SAMLResponse and RelayState.");
        }
        if (response.length() > SamlSignOn.MOST_BYTES || relayState.length() > 255) {
            throw tooLarge();
        }
        URI consumer = SamlAddresses.consumer(call, provider, protocol);
        if (browser == null || browser.isEmpty()) {
            if (again != null) {
                throw Fault.unauthorized().detail("A SAML response came back in a browser in which nothing began");
            }
            return FormPage.to(
                            consumer.toString(),
                            Map.of("SAMLResponse", response, "RelayState", relayState, "again", "1"))
                    .build();
        }
        Done done = saml.finish(provider, protocol, response, relayState, browser, consumer, Body.request(call));
        return WebLoginResource.arrival(done).cookie(cookie(call, "", 0)).build();
    }

    static NewCookie cookie(Call call, String value, int seconds) {
        return WebLoginResource.cookie(call, COOKIE, value, seconds);
    }

    /** What a client sends, as long as it is not too much. */
    static byte[] bounded(InputStream body) {
        try {
            byte[] bytes = body.readNBytes(SamlSignOn.MOST_BYTES + 1);
            if (bytes.length > SamlSignOn.MOST_BYTES) {
                throw tooLarge();
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Fault tooLarge() {
        return Fault.of(Fault.Kind.TOO_LARGE, "A SAML response has at most " + SamlSignOn.MOST_BYTES + " bytes.");
    }
}
