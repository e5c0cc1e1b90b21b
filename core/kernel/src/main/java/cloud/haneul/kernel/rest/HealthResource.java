package cloud.haneul.kernel.rest;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.HealthCheck;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a balancer should send requests here ({@code ready}) and whether a supervisor should leave this controller alone
 * ({@code live}). Open to all, so it says no more than that and which part is amiss.
 */
@Component
@Path("/health")
@Anonymous
public class HealthResource {
    private static final Logger LOG = LoggerFactory.getLogger(HealthResource.class);

    private final Instance<HealthCheck> checks;

    @Inject
    HealthResource(@Any Instance<HealthCheck> checks) {
        this.checks = checks;
    }

    @GET
    public Response health() {
        return ready();
    }

    /** Answering at all is the proof. */
    @GET
    @Path("/live")
    public Response live() {
        return answer(true, Map.of());
    }

    @GET
    @Path("/ready")
    public Response ready() {
        Map<String, String> parts = new LinkedHashMap<>();
        boolean well = true;
        for (HealthCheck check : checks) {
            Optional<String> problem = problem(check);
            parts.put(check.name(), problem.orElse("ok"));
            well &= problem.isEmpty();
        }
        return answer(well, parts);
    }

    private static Optional<String> problem(HealthCheck check) {
        try {
            return check.problem();
        } catch (RuntimeException e) {
            LOG.warn("Health check {} failed", check.name(), e);
            return Optional.of("the check itself failed");
        }
    }

    private static Response answer(boolean well, Map<String, String> checks) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("status", well ? "ok" : "failing");
        body.put("checks", checks);
        return Response.status(well ? 200 : 503)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(body)
                .build();
    }
}
