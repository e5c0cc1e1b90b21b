package cloud.haneul.identity;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.RemoteKeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.MalformedURLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * What OpenID providers say of themselves, their keys, and how they are spoken to: each step with a time limit, and no more than
 * a few at a time, so that one who is slow or down holds up nobody but those who come from him.
 */
@Component
class OpenIdProviders {
    /** Signatures by the provider's own key; none that a client could make, and never none at all. */
    private static final Set<JWSAlgorithm> SIGNATURES = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512,
            JWSAlgorithm.EdDSA);

    private static final int AT_ONCE = 16;
    private static final int MOST_BYTES = 1_000_000;
    private static final Duration GOOD_FOR = Duration.ofHours(1);

    private record Known(OIDCProviderMetadata metadata, JWKSource<SecurityContext> keys, Instant until) {}

    private final Clock clock;
    private final Map<String, Known> known = new ConcurrentHashMap<>();
    private final Semaphore room = new Semaphore(AT_ONCE);

    @Inject
    OpenIdProviders(Clock clock) {
        this.clock = clock;
    }

    /** What the provider says of itself. */
    OIDCProviderMetadata metadata(OidcClient client) {
        return known(client).metadata;
    }

    /** Finds the provider's keys for a signature. */
    JWSVerificationKeySelector<SecurityContext> keys(OidcClient client) {
        return new JWSVerificationKeySelector<>(SIGNATURES, known(client).keys);
    }

    /**
     * The claims of an access token, when the provider signed it and its time is not up.
     *
     * @throws Fault UNAUTHORIZED when it is no good, or was not made for us
     */
    JWTClaimsSet verified(OidcClient client, String accessToken) {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        // RFC 9068 says at+jwt, most say JWT or nothing
        processor.setJWSTypeVerifier((type, context) -> {
            if (type != null && !Set.of("JWT", "AT+JWT").contains(type.getType().toUpperCase(Locale.ROOT))) {
                throw new BadJOSEException("A token of type " + type + " is no access token");
            }
        });
        processor.setJWSKeySelector(keys(client));
        processor.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(
                new JWTClaimsSet.Builder().issuer(client.issuer()).build(), Set.of("sub", "exp")));
        try {
            JWTClaimsSet claims = processor.process(accessToken, null);
            requireOurs(client, claims);
            return claims;
        } catch (RemoteKeySourceException e) {
            throw unavailable(client, e);
        } catch (BadJOSEException | JOSEException | java.text.ParseException e) {
            throw Fault.unauthorized()
                    .detail("Access token of " + client + ": " + e.getMessage())
                    .cause(e);
        }
    }

    /** Sends a request within the limits of time and size. */
    HTTPResponse send(OidcClient client, HTTPRequest request) {
        int limit = timeout();
        request.setConnectTimeout(limit);
        request.setReadTimeout(limit);
        request.setFollowRedirects(false);
        return within(client, request::send);
    }

    /** Tokens made for somebody else, by a provider that many trust, are none for us. */
    private static void requireOurs(OidcClient client, JWTClaimsSet claims) {
        Set<String> ours = new HashSet<>(client.audiences());
        ours.add(client.clientId());
        boolean forUs = claims.getAudience().stream().anyMatch(ours::contains)
                || client.clientId().equals(claims.getClaim("azp"))
                || client.clientId().equals(claims.getClaim("client_id"));
        if (!forUs) {
            throw Fault.unauthorized().detail("Access token of " + client + " is for " + claims.getAudience());
        }
    }

    private Known known(OidcClient client) {
        Known before = known.get(client.issuer());
        if (before != null && clock.instant().isBefore(before.until)) {
            return before;
        }
        try {
            Known now = within(client, () -> ask(client));
            known.put(client.issuer(), now);
            return now;
        } catch (Fault e) {
            if (before == null) {
                throw e;
            }
            // what it said an hour ago is better than nothing
            return before;
        }
    }

    private Known ask(OidcClient client) throws IOException {
        try {
            OIDCProviderMetadata metadata =
                    OIDCProviderMetadata.resolve(new Issuer(client.issuer()), timeout(), timeout());
            JWKSource<SecurityContext> keys = JWKSourceBuilder.create(
                            metadata.getJWKSetURI().toURL(),
                            new DefaultResourceRetriever(timeout(), timeout(), MOST_BYTES))
                    .retrying(true)
                    .outageTolerant(true)
                    .build();
            return new Known(metadata, keys, clock.instant().plus(GOOD_FOR));
        } catch (GeneralException | MalformedURLException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private interface Talk<T> {
        T go() throws IOException;
    }

    private <T> T within(OidcClient client, Talk<T> talk) {
        if (!room.tryAcquire()) {
            throw unavailable(client, new IOException("Too many requests wait for identity providers"));
        }
        try {
            return talk.go();
        } catch (IOException e) {
            throw unavailable(client, e);
        } finally {
            room.release();
        }
    }

    static Fault unavailable(OidcClient client, Exception cause) {
        return Fault.of(
                        Fault.Kind.UNAVAILABLE,
                        "The identity provider does not answer at the moment. Please try again later.")
                .detail("The OpenID provider of " + client + ": " + cause.getMessage())
                .cause(cause);
    }

    private static int timeout() {
        return (int) IdentitySettings.OIDC_TIMEOUT.get().toMillis();
    }
}
