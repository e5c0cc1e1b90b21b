package cloud.haneul.kernel.rest;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.Ids;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.MDC;

/**
 * The first to see a request: gives it its id and family, and bounds its body. Who asks is not known yet, so it must be cheap
 * and keep nothing.
 */
@Component
@Provider
@PreMatching
@Priority(1)
public class RequestFilter implements ContainerRequestFilter {
    static final String REQUEST_ID = "X-Openstack-Request-Id";
    static final String MDC_REQUEST_ID = "requestId";
    static final String MDC_GLOBAL_REQUEST_ID = "globalRequestId";

    private static final Pattern GLOBAL_ID = Pattern.compile(
            "req-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", Pattern.CASE_INSENSITIVE);

    private final ApiFamilies families;
    private final ClientAddress client;
    private final JsonReader json;
    private final RestSettings settings;

    @Inject
    RequestFilter(ApiFamilies families, ClientAddress client, JsonReader json, RestSettings settings) {
        this.families = families;
        this.client = client;
        this.json = json;
        this.settings = settings;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        URI uri = request.getUriInfo().getRequestUri();
        Exchange exchange = new Exchange(
                request.getMethod() + " " + uri.getRawPath(),
                Ids.newRequestId(),
                Optional.ofNullable(request.getHeaderString(REQUEST_ID))
                        .filter(id -> GLOBAL_ID.matcher(id).matches()),
                families.of(uri.getRawPath()),
                client.baseUrl(request),
                client.address(request),
                json);
        exchange.attach(request);
        MDC.put(MDC_REQUEST_ID, exchange.requestId());
        exchange.globalRequestId()
                .ifPresentOrElse(id -> MDC.put(MDC_GLOBAL_REQUEST_ID, id), () -> MDC.remove(MDC_GLOBAL_REQUEST_ID));
        // no name or id holds a null character, and databases choke on it
        if (uri.getRawSchemeSpecificPart().contains("%00")) {
            throw Fault.badRequest("The request's address contains a null character.");
        }
        requireLegible(request);
        bound(request);
    }

    /**
     * What JAX-RS cannot parse it answers by itself, with no body and no request id. A client that wants another type than there
     * is gets the one there is, as everywhere in the API family; a browser that is pointed at an API shows it.
     */
    private static void requireLegible(ContainerRequestContext request) {
        // openstacksdk sends an empty one with actions: it takes anything
        if (""
                .equals(Optional.ofNullable(request.getHeaderString("Accept"))
                        .map(String::strip)
                        .orElse("*/*"))) {
            request.getHeaders().remove("Accept");
        }
        String header = "Content-Type";
        try {
            request.getMediaType();
            header = "Accept";
            request.getAcceptableMediaTypes();
        } catch (ProcessingException | IllegalArgumentException e) {
            throw Fault.badRequest(header, "The header " + header + " is not well-formed.")
                    .cause(e);
        }
        String accept = request.getHeaderString("Accept");
        if (accept != null && !accept.contains("*/*")) {
            // openstacksdk uploads images with an empty one
            request.getHeaders().put("Accept", List.of(accept.isBlank() ? "*/*" : accept + ", */*;q=0.001"));
        }
    }

    /** Bodies that are not JSON are streamed by whoever accepts them, within limits of his own. */
    private void bound(ContainerRequestContext request) {
        String type = request.getHeaderString("Content-Type");
        if (type != null && !JsonTypes.isJson(type)) {
            return;
        }
        long max = settings.maxJsonBytes();
        String length = request.getHeaderString("Content-Length");
        if (length != null && longer(length, max)) {
            throw BoundedStream.tooLarge(max);
        }
        request.setEntityStream(new BoundedStream(request.getEntityStream(), max));
    }

    private static boolean longer(String length, long max) {
        try {
            return Long.parseLong(length.strip()) > max;
        } catch (NumberFormatException e) {
            throw Fault.badRequest("Content-Length", "The header Content-Length is not a number.");
        }
    }
}
