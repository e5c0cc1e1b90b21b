package cloud.haneul.identity;

import cloud.haneul.kernel.Fault;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How this cloud is known to an OpenID provider.
 *
 * @param issuer the provider's own name, an https address under which it describes itself
 * @param secret empty for a public client
 * @param scopes asked for at web logins
 * @param audiences for whom, besides ourselves, access tokens may have been made that clients bring us
 */
public record OidcClient(
        String issuer, String clientId, Optional<String> secret, List<String> scopes, List<String> audiences) {

    public OidcClient {
        scopes = List.copyOf(scopes);
        audiences = List.copyOf(audiences);
    }

    @SuppressWarnings("unchecked")
    static OidcClient of(Map<String, Object> attributes, Optional<String> secret) {
        return new OidcClient(
                (String) attributes.get("issuer"),
                (String) attributes.get("client_id"),
                secret,
                (List<String>) attributes.get("scopes"),
                (List<String>) attributes.get("audiences"));
    }

    Map<String, Object> attributes() {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("issuer", issuer);
        attributes.put("client_id", clientId);
        attributes.put("scopes", scopes);
        attributes.put("audiences", audiences);
        return attributes;
    }

    OidcClient withoutSecret() {
        return withSecret(Optional.empty());
    }

    OidcClient withSecret(Optional<String> other) {
        return new OidcClient(issuer, clientId, other, scopes, audiences);
    }

    /** @throws Fault BAD_REQUEST naming what makes no sense; a provider without TLS is taken on this machine only */
    void check() {
        try {
            URI uri = new URI(issuer);
            boolean here = "http".equals(uri.getScheme())
                    && List.of("127.0.0.1", "localhost").contains(uri.getHost());
            if (uri.getHost() == null || !"https".equals(uri.getScheme()) && !here) {
                throw Fault.badRequest("issuer", "The issuer must be an https address.");
            }
        } catch (URISyntaxException e) {
            throw Fault.badRequest("issuer", "The issuer must be an https address.")
                    .cause(e);
        }
        if (!scopes.contains("openid")) {
            throw Fault.badRequest("scopes", "The scopes must contain openid.");
        }
    }

    @Override
    public String toString() {
        return clientId + " at " + issuer;
    }
}
