package cloud.haneul.kernel.rest;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/** Numbers for Prometheus. They tell how busy the cloud is and with what, so only this machine and administrators see them. */
@Component
@Path("/metrics")
public class MetricsResource {
    private final Meters meters;
    private final TokenFilter tokens;

    @Inject
    MetricsResource(Meters meters, TokenFilter tokens) {
        this.meters = meters;
        this.tokens = tokens;
    }

    @GET
    @Anonymous
    public Response metrics(@BeanParam Call call, @Context ContainerRequestContext request) {
        if (!ClientAddress.isLocal(call)) {
            tokens.admit(request);
            if (!call.caller().isAdmin()) {
                throw Fault.forbidden("Metrics are for administrators.");
            }
        }
        return Response.ok(meters.scrape(), "text/plain; version=0.0.4; charset=utf-8")
                .build();
    }
}
