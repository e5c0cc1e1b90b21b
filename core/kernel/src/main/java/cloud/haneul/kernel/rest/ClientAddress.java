package cloud.haneul.kernel.rest;

import cloud.haneul.kernel.Component;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where the client is and how it reached us. What a proxy says of that is believed only when the operator vouches for the proxy;
 * otherwise anybody could write himself another address.
 */
@Component
public class ClientAddress {
    /** Set by {@link AddressFilter}, because JAX-RS does not know. */
    static final String PROPERTY = "cloud.haneul.remote-address";

    private static final Pattern AUTHORITY =
            Pattern.compile("[A-Za-z0-9._~-]{1,253}(:\\d{1,5})?|\\[[0-9A-Fa-f:.]{2,45}](:\\d{1,5})?");
    private static final Pattern ADDRESS = Pattern.compile("[0-9A-Fa-f:.]{2,45}");

    private final RestSettings settings;

    @Inject
    ClientAddress(RestSettings settings) {
        this.settings = settings;
    }

    String baseUrl(ContainerRequestContext request) {
        return settings.publicUrl().orElseGet(() -> {
            URI uri = request.getUriInfo().getRequestUri();
            String scheme = forwarded(request, "X-Forwarded-Proto")
                    .filter(p -> p.equals("http") || p.equals("https"))
                    .orElse(uri.getScheme());
            String authority = forwarded(request, "X-Forwarded-Host")
                    .filter(h -> AUTHORITY.matcher(h).matches())
                    .orElse(uri.getRawAuthority());
            return scheme + "://" + authority;
        });
    }

    String address(ContainerRequestContext request) {
        return client(forwarded(request, "X-Forwarded-For"))
                .orElseGet(() -> request.getProperty(PROPERTY) instanceof String address ? address : "");
    }

    /** The client's address, for what asks past the APIs, as pages do. */
    public String address(HttpServletRequest request) {
        return client(Optional.ofNullable(request.getHeader("X-Forwarded-For"))
                        .filter(all -> settings.trustForwarded()))
                .orElseGet(request::getRemoteAddr);
    }

    private static Optional<String> client(Optional<String> forwardedFor) {
        // the last one was added by the proxy we trust; those before it are hearsay
        return forwardedFor
                .map(all -> all.substring(all.lastIndexOf(',') + 1).strip())
                .filter(a -> ADDRESS.matcher(a).matches());
    }

    /** Whether the request comes from this machine itself and through no proxy. */
    static boolean isLocal(Call call) {
        return (call.address().startsWith("127.")
                        || call.address().equals("::1")
                        || call.address().equals("0:0:0:0:0:0:0:1"))
                && call.header("X-Forwarded-For").isEmpty()
                && call.header("Forwarded").isEmpty()
                && call.header("Via").isEmpty();
    }

    private Optional<String> forwarded(ContainerRequestContext request, String header) {
        return settings.trustForwarded() ? Optional.ofNullable(request.getHeaderString(header)) : Optional.empty();
    }
}
