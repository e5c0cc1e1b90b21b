package cloud.haneul.kernel.rest;

import cloud.haneul.kernel.Component;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;

/** Puts on every answer, errors included, the headers that all have in common, and counts it. */
@Component
@Provider
public class ResponseFilter implements ContainerResponseFilter {
    private final HttpMetrics metrics;

    @Inject
    ResponseFilter(HttpMetrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        Exchange.of(request).ifPresent(exchange -> {
            complete(exchange, response.getHeaders());
            metrics.answered(exchange.family().name(), request.getMethod(), response.getStatus(), exchange.nanos());
        });
    }

    private static void complete(Exchange exchange, MultivaluedMap<String, Object> headers) {
        headers.putSingle(RequestFilter.REQUEST_ID, exchange.requestId());
        exchange.family().requestIdHeaders().forEach(name -> headers.putSingle(name, exchange.requestId()));
        exchange.family().microversions().ifPresent(policy -> exchange.version().ifPresent(version -> {
            headers.putSingle(Microversions.HEADER, policy.service() + " " + version);
            policy.legacyHeader().ifPresent(name -> headers.putSingle(name, version.toString()));
            policy.headers().forEach(name -> headers.add("Vary", name));
        }));
        headers.putSingle("X-Content-Type-Options", "nosniff");
        // answers depend on the token and some hold one: no cache may keep them unless a resource knows better
        if (!headers.containsKey("Cache-Control")) {
            headers.putSingle("Cache-Control", "no-store");
        }
    }
}
