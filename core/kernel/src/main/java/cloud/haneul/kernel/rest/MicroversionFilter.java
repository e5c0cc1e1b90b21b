package cloud.haneul.kernel.rest;

import cloud.haneul.kernel.Component;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import java.util.Optional;

/** Finds out which microversion a request is in; after the token, so that strangers learn nothing but 401. */
@Component
@Provider
@Priority(Priorities.AUTHENTICATION + 100)
public class MicroversionFilter implements ContainerRequestFilter {
    @Override
    public void filter(ContainerRequestContext request) {
        Exchange.of(request).ifPresent(exchange -> exchange.family()
                .microversions()
                .ifPresent(policy ->
                        exchange.choose(policy.chosen(name -> Optional.ofNullable(request.getHeaderString(name))))));
    }
}
