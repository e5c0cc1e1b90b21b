package cloud.haneul.identity.rest;

import cloud.haneul.kernel.rest.Call;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Where SAML providers and their people find us, by the address by which the client came. */
final class SamlAddresses {
    private SamlAddresses() {}

    /** For responses that browsers bring. */
    static URI consumer(Call call, String provider, String protocol) {
        return address(call, "/auth/OS-FEDERATION", provider, protocol, "/saml2/acs");
    }

    static URI metadata(Call call, String provider, String protocol) {
        return address(call, "/auth/OS-FEDERATION", provider, protocol, "/saml2/metadata");
    }

    /** For responses that enhanced clients bring. */
    static URI enhanced(Call call, String provider, String protocol) {
        return address(call, "/OS-FEDERATION", provider, protocol, "/auth");
    }

    private static URI address(Call call, String below, String provider, String protocol, String end) {
        return URI.create(call.baseUrl() + IdentityApi.V3 + below + "/identity_providers/" + encoded(provider)
                + "/protocols/" + encoded(protocol) + end);
    }

    private static String encoded(String id) {
        return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
