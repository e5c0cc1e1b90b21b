package cloud.haneul.identity.rest;

import cloud.haneul.identity.FederationPaths;
import cloud.haneul.identity.SamlSignOn;
import cloud.haneul.identity.SingleSignOn;
import cloud.haneul.identity.SingleSignOn.Begun;
import cloud.haneul.identity.SingleSignOn.Choice;
import cloud.haneul.identity.SingleSignOn.Done;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.rest.Anonymous;
import cloud.haneul.kernel.rest.Call;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Single sign-on on the web: {@code websso} sends the browser to its identity provider, which sends it back to
 * {@code callback}; from there it carries a new token to the page where it began, as keystone's does.
 */
@Component
@Path("/identity/v3/auth/OS-FEDERATION")
public class WebLoginResource {
    private static final String COOKIE = "haneul_sso";
    private static final String PATH = IdentityApi.V3 + "/auth/OS-FEDERATION";

    private final SingleSignOn singleSignOn;
    private final SamlSignOn saml;

    @Inject
    WebLoginResource(SingleSignOn singleSignOn, SamlSignOn saml) {
        this.singleSignOn = singleSignOn;
        this.saml = saml;
    }

    /** By a protocol that one identity provider alone has. */
    @GET
    @Anonymous
    @Path("websso/{protocol}")
    public Response begin(@BeanParam Call call, @PathParam("protocol") String protocol) {
        List<Choice> choices = singleSignOn.choices().stream()
                .filter(choice -> choice.protocolId().equals(protocol))
                .toList();
        if (choices.size() != 1) {
            throw Fault.badRequest(
                    "protocol", "There are " + choices.size() + " identity providers with that protocol: name one.");
        }
        return begin(call, choices.get(0).providerId(), protocol);
    }

    @GET
    @Anonymous
    @Path("identity_providers/{provider}/protocols/{protocol}/websso")
    public Response begin(
            @BeanParam Call call, @PathParam("provider") String provider, @PathParam("protocol") String protocol) {
        String origin = call.query("origin")
                .orElseThrow(() -> Fault.badRequest("origin", "Request must have an origin query parameter"));
        if (saml.speaks(provider, protocol)) {
            Begun begun = saml.begin(
                    provider, protocol, call.baseUrl(), SamlAddresses.consumer(call, provider, protocol), origin);
            return redirection(begun, SamlResource.cookie(call, begun.browser(), 600));
        }
        Begun begun = singleSignOn.begin(provider, protocol, call.baseUrl(), callback(call), origin);
        return redirection(begun, cookie(call, COOKIE, begun.browser(), 600));
    }

    @GET
    @Anonymous
    @Path("callback")
    public Response finish(@BeanParam Call call, @CookieParam(COOKIE) String browser) {
        if (call.query("error").isPresent()) {
            throw Fault.unauthorized()
                    .detail("The identity provider says " + call.query("error").get());
        }
        String state = call.query("state").orElseThrow(() -> Fault.badRequest("state", "The state is missing."));
        String code = call.query("code").orElseThrow(() -> Fault.badRequest("code", "The code is missing."));
        Done done = singleSignOn.finish(state, code, Optional.ofNullable(browser), callback(call), Body.request(call));
        return arrival(done).cookie(cookie(call, COOKIE, "", 0)).build();
    }

    /** The page that carries the token to where the login began. */
    static Response.ResponseBuilder arrival(Done done) {
        return FormPage.to(done.origin(), Map.of("token", done.issued().token()));
    }

    private static Response redirection(Begun begun, NewCookie cookie) {
        return Response.seeOther(begun.address())
                .header("Cache-Control", "no-store")
                .cookie(cookie)
                .build();
    }

    private static URI callback(Call call) {
        return URI.create(call.baseUrl() + FederationPaths.callback());
    }

    /** @param value empty to take it away */
    static NewCookie cookie(Call call, String name, String value, int seconds) {
        return new NewCookie.Builder(name)
                .value(value)
                .path(PATH)
                .maxAge(seconds)
                .httpOnly(true)
                .secure(call.baseUrl().startsWith("https:"))
                .sameSite(NewCookie.SameSite.LAX)
                .build();
    }
}
