package cloud.haneul.identity;

import cloud.haneul.identity.FederatedLogins.Assertion;
import cloud.haneul.identity.Tokens.Issued;
import cloud.haneul.kernel.Authenticator.RequestInfo;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.Ids;
import cloud.haneul.kernel.Vault;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.data.Json;
import com.fasterxml.jackson.core.type.TypeReference;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Lets people in whom an OpenID provider vouches for: on the web by its authorization code flow with PKCE, elsewhere by an
 * access token. What must be remembered while somebody is away at his provider travels with him, sealed, and is good in the
 * browser in which he began, for ten minutes: nobody who has not logged in takes a byte here.
 */
@Component
public class SingleSignOn {
    /** The portal's page on this very server. */
    public static final String PORTAL = "/dashboard/sso";

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Database database;
    private final Protocols protocols;
    private final OpenIdProviders providers;
    private final OpenIdAssertions assertions;
    private final FederatedLogins logins;
    private final Vault vault;
    private final Clock clock;

    @Inject
    SingleSignOn(
            Database database,
            Protocols protocols,
            OpenIdProviders providers,
            OpenIdAssertions assertions,
            FederatedLogins logins,
            Vault vault,
            Clock clock) {
        this.database = database;
        this.protocols = protocols;
        this.providers = providers;
        this.assertions = assertions;
        this.logins = logins;
        this.vault = vault;
        this.clock = clock;
    }

    /** A provider and protocol by which one can log in on the web. */
    public record Choice(String providerId, String protocolId, Optional<String> description) {}

    /** @param browser what only the browser in which it begins may know */
    public record Begun(URI address, String browser) {}

    /** @param origin the page that asked for it and gets the token */
    public record Done(Issued issued, String origin) {}

    /** What a login page can offer to everybody. */
    public List<Choice> choices() {
        return database
                .read(em -> em.createQuery(
                                "select q, p.description, s.place from Protocol q"
                                        + " join IdentityProvider p on p.id = q.providerId"
                                        + " left join SamlSetting s on s.place = q.place"
                                        + " where p.enabled = true order by p.id, q.id",
                                Object[].class)
                        .setMaxResults(100)
                        .getResultList())
                .stream()
                .filter(row -> !((Protocol) row[0]).client().isEmpty() || row[2] != null)
                .map(row -> new Choice(
                        ((Protocol) row[0]).providerId(), ((Protocol) row[0]).id(), Optional.ofNullable((String)
                                row[1])))
                .toList();
    }

    /**
     * By an access token of the provider.
     *
     * @throws Fault UNAUTHORIZED when it is no good, or not for us, or the mapping lets nobody in by it
     */
    public Issued byAccessToken(String providerId, String protocolId, String token, RequestInfo request) {
        Protocol protocol = protocol(providerId, protocolId);
        return logins.login(protocol, assertions.ofAccessToken(client(protocol), token), request);
    }

    /**
     * Where to send a browser so that its user logs in at his provider.
     *
     * @param base by which the client came
     * @param callback where the provider sends him back to
     * @param origin the page that wants the token
     * @throws Fault UNAUTHORIZED when that page is none of ours
     */
    public Begun begin(String providerId, String protocolId, String base, URI callback, String origin) {
        requireTrusted(base, origin);
        Protocol protocol = protocol(providerId, protocolId);
        FederatedLogins.requireEnabled(database.read(em -> IdentityProviders.existing(em, providerId)));
        OidcClient client = client(protocol);
        OIDCProviderMetadata metadata = providers.metadata(client);
        CodeVerifier verifier = new CodeVerifier();
        String nonce = Ids.newSecret(24);
        String browser = Ids.newSecret(24);
        String state = vault.seal(Json.write(Map.of(
                "provider",
                providerId,
                "protocol",
                protocolId,
                "origin",
                origin,
                "nonce",
                nonce,
                "verifier",
                verifier.getValue(),
                "browser",
                browser,
                "until",
                clock.instant().plus(PATIENCE).toString())));
        URI address = new AuthenticationRequest.Builder(
                        ResponseType.CODE,
                        new Scope(client.scopes().toArray(String[]::new)),
                        new ClientID(client.clientId()),
                        callback)
                .endpointURI(metadata.getAuthorizationEndpointURI())
                .state(new State(state))
                .nonce(new Nonce(nonce))
                .codeChallenge(verifier, CodeChallengeMethod.S256)
                .build()
                .toURI();
        return new Begun(address, browser);
    }

    /**
     * When the browser is back.
     *
     * @param browser what {@link #begin} gave it
     * @throws Fault UNAUTHORIZED when it is another browser, too late, or not what the provider and the mapping let in
     */
    public Done finish(String state, String code, Optional<String> browser, URI callback, RequestInfo request) {
        Map<String, String> kept = opened(state);
        if (!browser.equals(Optional.of(kept.get("browser")))) {
            throw Fault.unauthorized().detail("A web login came back in another browser than it began in");
        }
        if (!clock.instant().isBefore(Instant.parse(kept.get("until")))) {
            throw Fault.unauthorized().detail("A web login came back too late");
        }
        Protocol protocol = protocol(kept.get("provider"), kept.get("protocol"));
        OidcClient client = client(protocol);
        Assertion assertion = assertion(client, code, kept, callback);
        return new Done(logins.login(protocol, assertion, request), kept.get("origin"));
    }

    private Assertion assertion(OidcClient client, String code, Map<String, String> kept, URI callback) {
        AuthorizationCodeGrant grant = new AuthorizationCodeGrant(
                new AuthorizationCode(code), callback, new CodeVerifier(kept.get("verifier")));
        URI endpoint = providers.metadata(client).getTokenEndpointURI();
        TokenRequest.Builder request = OpenIdAssertions.authentication(client)
                .map(ourselves -> new TokenRequest.Builder(endpoint, ourselves, grant))
                .orElseGet(() -> new TokenRequest.Builder(endpoint, new ClientID(client.clientId()), grant));
        try {
            TokenResponse response = OIDCTokenResponseParser.parse(
                    providers.send(client, request.build().toHTTPRequest()));
            if (!response.indicatesSuccess()) {
                throw Fault.unauthorized()
                        .detail("The provider of " + client + " gives no token: "
                                + response.toErrorResponse().getErrorObject());
            }
            OIDCTokenResponse tokens = (OIDCTokenResponse) response.toSuccessResponse();
            JWTClaimsSet claims = new IDTokenValidator(
                            new Issuer(client.issuer()), new ClientID(client.clientId()), providers.keys(client), null)
                    .validate(tokens.getOIDCTokens().getIDToken(), new Nonce(kept.get("nonce")))
                    .toJWTClaimsSet();
            return assertions.ofLogin(
                    client, claims, tokens.getOIDCTokens().getAccessToken().getValue());
        } catch (ParseException e) {
            throw OpenIdProviders.unavailable(client, e);
        } catch (BadJOSEException | JOSEException e) {
            throw Fault.unauthorized()
                    .detail("ID token of " + client + ": " + e.getMessage())
                    .cause(e);
        }
    }

    private Map<String, String> opened(String state) {
        try {
            return Json.read(vault.open(state), new TypeReference<>() {});
        } catch (IllegalStateException | IllegalArgumentException e) {
            throw Fault.unauthorized()
                    .detail("A web login came back with a state that is not ours")
                    .cause(e);
        }
    }

    static void requireTrusted(String base, String origin) {
        Stream<String> trusted = Stream.concat(
                Stream.of(PORTAL, base + PORTAL),
                Arrays.stream(IdentitySettings.TRUSTED_DASHBOARDS.get().split(","))
                        .map(String::strip));
        if (origin.isEmpty() || trusted.noneMatch(origin::equals)) {
            throw Fault.unauthorized().detail("Not a trusted dashboard: " + origin);
        }
    }

    private Protocol protocol(String providerId, String protocolId) {
        return database.read(em -> Protocols.existing(em, providerId, protocolId));
    }

    private OidcClient client(Protocol protocol) {
        return protocols
                .client(protocol)
                .orElseThrow(() -> Fault.of(
                        Fault.Kind.NOT_FOUND,
                        "Could not find an OpenID Connect client for protocol " + protocol.id()
                                + " of Identity Provider: " + protocol.providerId() + "."));
    }
}
