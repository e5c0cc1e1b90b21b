package cloud.haneul.identity;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Where browsers, and the providers that vouch for people, find web single sign-on on this server; names are encoded. */
public final class FederationPaths {
    private static final String SIGN_ON = "/identity/v3/auth/OS-FEDERATION";

    private FederationPaths() {}

    /** Where an OpenID provider sends people back to. */
    public static String callback() {
        return SIGN_ON + "/callback";
    }

    /** Where a browser goes to sign in. */
    public static String webLogin(String provider, String protocol) {
        return SIGN_ON + of(provider, protocol) + "/websso";
    }

    /** Where a SAML provider learns who this cloud is. */
    public static String samlMetadata(String provider, String protocol) {
        return SIGN_ON + of(provider, protocol) + "/saml2/metadata";
    }

    /** Where browsers bring responses of a SAML provider. */
    public static String samlConsumer(String provider, String protocol) {
        return SIGN_ON + of(provider, protocol) + "/saml2/acs";
    }

    /** Where enhanced clients bring responses of a SAML provider. */
    public static String enhanced(String provider, String protocol) {
        return "/identity/v3/OS-FEDERATION" + of(provider, protocol) + "/auth";
    }

    private static String of(String provider, String protocol) {
        return "/identity_providers/" + encoded(provider) + "/protocols/" + encoded(protocol);
    }

    private static String encoded(String id) {
        return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
