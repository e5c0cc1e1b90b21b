package cloud.haneul.kernel.rest;

import cloud.haneul.kernel.Authenticator;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.Provider;
import java.util.Locale;
import java.util.Optional;

/**
 * Stands before every resource method that is not {@link Anonymous} and lets nobody pass without a good token. The token is the
 * only thing believed: headers such as {@code X-User-Id} or {@code X-Roles}, which other clouds' services take from their proxy,
 * mean nothing here.
 */
@Component
@Provider
public class TokenFilter implements DynamicFeature {
    private static final int MAX_LENGTH = 8192;
    private static final String BEARER = "Bearer ";

    private final Instance<Authenticator> authenticators;

    @Inject
    TokenFilter(@Any Instance<Authenticator> authenticators) {
        this.authenticators = authenticators;
    }

    @Override
    public void configure(ResourceInfo resource, FeatureContext context) {
        if (!resource.getResourceMethod().isAnnotationPresent(Anonymous.class)
                && !resource.getResourceClass().isAnnotationPresent(Anonymous.class)) {
            context.register(new Guard());
        }
    }

    /** The caller whose token the request carries, asked for by the few anonymous methods that tell more to some. */
    void admit(ContainerRequestContext request) {
        Exchange exchange = Exchange.of(request).orElseThrow(Fault::unauthorized);
        String token = token(request);
        if (token == null || token.isBlank() || token.length() > MAX_LENGTH || !authenticators.isResolvable()) {
            throw Fault.unauthorized();
        }
        exchange.admit(authenticators.get().authenticate(token, info(request, exchange)));
    }

    /** {@code X-Auth-Token} or, as OAuth 2's clients send it, {@code Authorization: Bearer}. */
    private static String token(ContainerRequestContext request) {
        String token = request.getHeaderString("X-Auth-Token");
        String bearer = request.getHeaderString("Authorization");
        return token == null && bearer != null && bearer.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? bearer.substring(BEARER.length()).strip()
                : token;
    }

    private static Authenticator.RequestInfo info(ContainerRequestContext request, Exchange exchange) {
        return new Authenticator.RequestInfo(
                exchange.requestId(),
                exchange.globalRequestId(),
                request.getMethod(),
                request.getUriInfo().getRequestUri().getPath(),
                Optional.ofNullable(request.getHeaderString("X-Service-Token"))
                        .filter(t -> !t.isBlank() && t.length() <= MAX_LENGTH),
                locale(request.getHeaderString("Accept-Language")),
                exchange.address());
    }

    private static Locale locale(String header) {
        if (header != null) {
            try {
                return Locale.LanguageRange.parse(header).stream()
                        .filter(range -> !range.getRange().equals("*"))
                        .map(range -> Locale.forLanguageTag(range.getRange()))
                        .findFirst()
                        .orElse(Locale.ENGLISH);
            } catch (IllegalArgumentException e) {
                // an odd wish for a language is no reason to refuse
                return Locale.ENGLISH;
            }
        }
        return Locale.ENGLISH;
    }

    @Priority(Priorities.AUTHENTICATION)
    private final class Guard implements ContainerRequestFilter {
        @Override
        public void filter(ContainerRequestContext request) {
            admit(request);
        }
    }
}
