package cloud.haneul.identity.rest;

import cloud.haneul.identity.FederationPaths;
import cloud.haneul.kernel.rest.Call;
import java.net.URI;

/** Where SAML providers and their people find us, by the address by which the client came. */
final class SamlAddresses {
    private SamlAddresses() {}

    /** For responses that browsers bring. */
    static URI consumer(Call call, String provider, String protocol) {
        return URI.create(call.baseUrl() + FederationPaths.samlConsumer(provider, protocol));
    }

    static URI metadata(Call call, String provider, String protocol) {
        return URI.create(call.baseUrl() + FederationPaths.samlMetadata(provider, protocol));
    }

    /** For responses that enhanced clients bring. */
    static URI enhanced(Call call, String provider, String protocol) {
        return URI.create(call.baseUrl() + FederationPaths.enhanced(provider, protocol));
    }
}
