package cloud.haneul.identity.rest;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.Response;
import com.nimbusds.oauth2.sdk.ResponseMode;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.TokenErrorResponse;
import com.nimbusds.oauth2.sdk.TokenIntrospectionSuccessResponse;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.Subject;
import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.AuthenticationSuccessResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.SubjectType;
import com.nimbusds.openid.connect.sdk.UserInfoSuccessResponse;
import com.nimbusds.openid.connect.sdk.claims.UserInfo;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An OpenID provider of a test's own: discovery, keys, the authorization code flow with PKCE, user information and
 * introspection, with the messages of Nimbus' SDK. One user is logged in there, whose claims the test sets.
 */
final class OpenIdProvider implements AutoCloseable {
    static final String CLIENT = "haneul";
    static final String SECRET = "a secret of at least thirty-two bytes";

    private static final RSAKey KEY = newKey();

    private final HttpServer server;
    private final RSAKey key;
    private final Map<String, AuthenticationRequest> codes = new ConcurrentHashMap<>();
    private final Map<String, Boolean> opaque = new ConcurrentHashMap<>();
    private volatile Map<String, Object> claims = Map.of("sub", "nobody");
    private volatile String nonce = "";

    OpenIdProvider() {
        this(KEY);
    }

    /** One that signs with this key. */
    OpenIdProvider(RSAKey key) {
        this.key = key;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/.well-known/openid-configuration", x -> json(x, metadata()));
        server.createContext("/keys", x -> json(x, new JWKSet(key.toPublicJWK()).toString()));
        server.createContext("/authorize", this::authorize);
        server.createContext("/token", this::token);
        server.createContext("/userinfo", this::userInfo);
        server.createContext("/introspect", this::introspect);
        server.start();
    }

    static RSAKey newKey() {
        try {
            return new RSAKeyGenerator(2048).keyID("k1").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Who is logged in here now. */
    void user(Map<String, Object> hisClaims) {
        claims = hisClaims;
    }

    /** Puts this into ID tokens instead of what the client asked for. */
    void nonce(String other) {
        nonce = other;
    }

    /** An access token of the user's. */
    String accessToken(String audience, Instant expires) {
        return signed(claims(audience, expires).build());
    }

    String accessToken() {
        return accessToken(CLIENT, Instant.now().plusSeconds(300));
    }

    String opaqueToken(boolean active) {
        String token = UUID.randomUUID().toString();
        opaque.put(token, active);
        return token;
    }

    /** Claims in a token that nobody signed. */
    String unsignedToken() {
        return new PlainJWT(claims(CLIENT, Instant.now().plusSeconds(300)).build()).serialize();
    }

    /** Signed with the public key as if it were a shared secret. */
    String confusedToken() {
        try {
            return signed(
                    JWSAlgorithm.HS256,
                    new MACSigner(key.toPublicJWK().toRSAPublicKey().getEncoded()),
                    claims(CLIENT, Instant.now().plusSeconds(300)).build());
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private JWTClaimsSet.Builder claims(String audience, Instant expires) {
        JWTClaimsSet.Builder builder = new JWTClaimsSet.Builder()
                .issuer(issuer())
                .audience(audience)
                .issueTime(new Date())
                .expirationTime(Date.from(expires));
        claims.forEach(builder::claim);
        return builder;
    }

    private String signed(JWTClaimsSet set) {
        try {
            return signed(JWSAlgorithm.RS256, new RSASSASigner(key), set);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private String signed(JWSAlgorithm algorithm, JWSSigner signer, JWTClaimsSet set) throws JOSEException {
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(algorithm).keyID(key.getKeyID()).build(), set);
        jwt.sign(signer);
        return jwt.serialize();
    }

    private String metadata() {
        OIDCProviderMetadata metadata = new OIDCProviderMetadata(
                new Issuer(issuer()), List.of(SubjectType.PUBLIC), URI.create(issuer() + "/keys"));
        metadata.setAuthorizationEndpointURI(URI.create(issuer() + "/authorize"));
        metadata.setTokenEndpointURI(URI.create(issuer() + "/token"));
        metadata.setUserInfoEndpointURI(URI.create(issuer() + "/userinfo"));
        metadata.setIntrospectionEndpointURI(URI.create(issuer() + "/introspect"));
        metadata.setResponseTypes(List.of(ResponseType.CODE));
        metadata.applyDefaults();
        return metadata.toJSONObject().toJSONString();
    }

    private void authorize(HttpExchange exchange) throws IOException {
        try {
            AuthenticationRequest request = AuthenticationRequest.parse(exchange.getRequestURI());
            AuthorizationCode code = new AuthorizationCode();
            codes.put(code.getValue(), request);
            URI back = new AuthenticationSuccessResponse(
                            request.getRedirectionURI(), code, null, null, request.getState(), null, ResponseMode.QUERY)
                    .toURI();
            exchange.getResponseHeaders().set("Location", back.toString());
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        } catch (ParseException e) {
            throw new IOException(e);
        }
    }

    private void token(HttpExchange exchange) throws IOException {
        try {
            TokenRequest request = TokenRequest.parse(read(exchange));
            AuthorizationCodeGrant grant = (AuthorizationCodeGrant) request.getAuthorizationGrant();
            AuthenticationRequest begun =
                    codes.remove(grant.getAuthorizationCode().getValue());
            ClientSecretBasic client = (ClientSecretBasic) request.getClientAuthentication();
            boolean good = begun != null
                    && client.getClientID().getValue().equals(CLIENT)
                    && client.getClientSecret().getValue().equals(SECRET)
                    && grant.getRedirectionURI().equals(begun.getRedirectionURI())
                    && CodeChallenge.compute(begun.getCodeChallengeMethod(), grant.getCodeVerifier())
                            .equals(begun.getCodeChallenge());
            if (!good) {
                write(exchange, new TokenErrorResponse(OAuth2Error.INVALID_GRANT));
                return;
            }
            JWTClaimsSet id = claims(CLIENT, Instant.now().plusSeconds(300))
                    .claim("nonce", nonce.isEmpty() ? begun.getNonce().getValue() : nonce)
                    .build();
            write(
                    exchange,
                    new OIDCTokenResponse(new OIDCTokens(signed(id), new BearerAccessToken(opaqueToken(true)), null)));
        } catch (ParseException e) {
            throw new IOException(e);
        }
    }

    private void userInfo(HttpExchange exchange) throws IOException {
        UserInfo info = new UserInfo(new Subject((String) claims.get("sub")));
        claims.forEach(info::setClaim);
        write(exchange, new UserInfoSuccessResponse(info));
    }

    private void introspect(HttpExchange exchange) throws IOException {
        String body = read(exchange).getBody();
        boolean active = opaque.entrySet().stream()
                .anyMatch(token -> token.getValue() && body.contains("token=" + token.getKey()));
        TokenIntrospectionSuccessResponse.Builder about = new TokenIntrospectionSuccessResponse.Builder(active);
        if (active) {
            about.subject(new Subject((String) claims.get("sub"))).clientID(new ClientID(CLIENT));
        }
        write(exchange, about.build());
    }

    private static HTTPRequest read(HttpExchange exchange) throws IOException {
        HTTPRequest request = new HTTPRequest(
                HTTPRequest.Method.valueOf(exchange.getRequestMethod()),
                URI.create("http:/" + exchange.getLocalAddress() + exchange.getRequestURI()));
        exchange.getRequestHeaders().forEach((name, values) -> request.setHeader(name, values.get(0)));
        request.setBody(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        return request;
    }

    private static void write(HttpExchange exchange, Response response) throws IOException {
        HTTPResponse http = response.toHTTPResponse();
        byte[] body = http.getBody().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json; charset=UTF-8");
        exchange.sendResponseHeaders(http.getStatusCode(), body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static void json(HttpExchange exchange, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
