package cloud.haneul.identity;

import cloud.haneul.identity.FederatedLogins.Assertion;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.TokenIntrospectionRequest;
import com.nimbusds.oauth2.sdk.TokenIntrospectionResponse;
import com.nimbusds.oauth2.sdk.TokenIntrospectionSuccessResponse;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.Audience;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import com.nimbusds.openid.connect.sdk.UserInfoResponse;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Makes what an OpenID provider says of somebody known to mappings. A claim {@code groups} goes by the names
 * {@code OIDC-groups}, {@code OIDC_CLAIM_groups} and {@code HTTP_OIDC_GROUPS}, as Apache's modules call it, and by its own.
 */
@Component
class OpenIdAssertions {
    private static final int LONGEST = 4096;

    private final OpenIdProviders providers;

    @Inject
    OpenIdAssertions(OpenIdProviders providers) {
        this.providers = providers;
    }

    /**
     * Of whoever brings an access token.
     *
     * @throws Fault UNAUTHORIZED when the token is no good or not for us
     */
    Assertion ofAccessToken(OidcClient client, String token) {
        Map<String, Object> claims = new LinkedHashMap<>();
        if (isSigned(token)) {
            JWTClaimsSet verified = providers.verified(client, token);
            claims.putAll(verified.getClaims());
            if (String.valueOf(verified.getClaim("scope")).contains("openid")) {
                claims.putAll(userInfo(client, token, verified.getSubject()));
            }
        } else {
            String subject = introspected(client, token);
            claims.putAll(userInfo(client, token, subject));
            claims.putIfAbsent("sub", subject);
        }
        return of(client, claims);
    }

    /**
     * Of whoever logged in just now.
     *
     * @param idToken the claims of the ID token, verified
     */
    Assertion ofLogin(OidcClient client, JWTClaimsSet idToken, String accessToken) {
        Map<String, Object> claims = new LinkedHashMap<>(userInfo(client, accessToken, idToken.getSubject()));
        claims.putAll(idToken.getClaims());
        return of(client, claims);
    }

    private static Assertion of(OidcClient client, Map<String, Object> claims) {
        Map<String, List<String>> attributes = new HashMap<>();
        claims.put("iss", client.issuer());
        claims.forEach((name, value) -> {
            List<String> values = texts(value);
            if (!values.isEmpty()) {
                attributes.put(name, values);
                attributes.put("OIDC-" + name, values);
                attributes.put("OIDC_CLAIM_" + name, values);
                attributes.put("HTTP_OIDC_" + name.toUpperCase(Locale.ROOT).replace('-', '_'), values);
            }
        });
        return new Assertion(client.issuer(), attributes);
    }

    private static List<String> texts(Object value) {
        if (value instanceof Collection<?> many) {
            return many.stream().flatMap(one -> texts(one).stream()).toList();
        }
        if (value instanceof String || value instanceof Number || value instanceof Boolean) {
            String text = value.toString();
            return text.isEmpty() || text.length() > LONGEST ? List.of() : List.of(text);
        }
        return List.of();
    }

    private static boolean isSigned(String token) {
        try {
            SignedJWT.parse(token);
            return true;
        } catch (java.text.ParseException e) {
            return false;
        }
    }

    /** Whose a token is that says nothing itself. */
    private String introspected(OidcClient client, String token) {
        OIDCProviderMetadata metadata = providers.metadata(client);
        Optional<ClientAuthentication> ourselves = authentication(client);
        if (metadata.getIntrospectionEndpointURI() == null || ourselves.isEmpty()) {
            throw Fault.unauthorized().detail("An access token that is no JWT, and nobody at " + client + " to ask");
        }
        try {
            TokenIntrospectionResponse response = TokenIntrospectionResponse.parse(providers.send(
                    client,
                    new TokenIntrospectionRequest(
                                    metadata.getIntrospectionEndpointURI(),
                                    ourselves.get(),
                                    new BearerAccessToken(token))
                            .toHTTPRequest()));
            if (!response.indicatesSuccess()) {
                throw OpenIdProviders.unavailable(
                        client,
                        new ParseException(
                                "introspection: " + response.toErrorResponse().getErrorObject()));
            }
            TokenIntrospectionSuccessResponse about = response.toSuccessResponse();
            if (!about.isActive() || about.getSubject() == null || !isOurs(client, about)) {
                throw Fault.unauthorized().detail("An access token that is not active, or not for us, at " + client);
            }
            return about.getSubject().getValue();
        } catch (ParseException e) {
            throw OpenIdProviders.unavailable(client, e);
        }
    }

    private static boolean isOurs(OidcClient client, TokenIntrospectionSuccessResponse about) {
        ClientID by = about.getClientID();
        List<Audience> audience = about.getAudience() == null ? List.of() : about.getAudience();
        return by != null && by.getValue().equals(client.clientId())
                || audience.stream()
                        .map(Audience::getValue)
                        .anyMatch(one -> one.equals(client.clientId())
                                || client.audiences().contains(one));
    }

    private Map<String, Object> userInfo(OidcClient client, String token, String subject) {
        OIDCProviderMetadata metadata = providers.metadata(client);
        if (metadata.getUserInfoEndpointURI() == null) {
            return Map.of();
        }
        try {
            UserInfoResponse response = UserInfoResponse.parse(providers.send(
                    client,
                    new UserInfoRequest(metadata.getUserInfoEndpointURI(), new BearerAccessToken(token))
                            .toHTTPRequest()));
            if (!response.indicatesSuccess() || response.toSuccessResponse().getUserInfo() == null) {
                throw Fault.unauthorized().detail("The provider of " + client + " tells nothing of the token's user");
            }
            Map<String, Object> claims = new LinkedHashMap<>(
                    response.toSuccessResponse().getUserInfo().toJSONObject());
            if (!subject.equals(claims.get("sub"))) {
                throw Fault.unauthorized().detail("The provider of " + client + " tells of somebody else");
            }
            return claims;
        } catch (ParseException e) {
            throw OpenIdProviders.unavailable(client, e);
        }
    }

    static Optional<ClientAuthentication> authentication(OidcClient client) {
        return client.secret()
                .map(secret -> new ClientSecretBasic(new ClientID(client.clientId()), new Secret(secret)));
    }
}
