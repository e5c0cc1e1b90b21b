package cloud.haneul.kernel.rest;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.Ids;
import cloud.haneul.kernel.data.Database;
import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.persistence.OptimisticLockException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every exception's way out: becomes a {@link Fault}, the fault a status and a body in the shape of the API family that was
 * asked. The user gets the fault's text; the log gets its detail and, when the fault is ours, the stack, once, with the request
 * id that the user can quote.
 */
@Component
@Provider
public class FaultMapper implements ExceptionMapper<Throwable> {
    private static final Logger LOG = LoggerFactory.getLogger(FaultMapper.class);
    private static final ApiFamily UNKNOWN = ApiFamily.of("other", "", ErrorShapes.keystone());

    @Override
    public Response toResponse(Throwable thrown) {
        if (thrown instanceof WebApplicationException e
                && (e.getResponse().getStatus() < 400 || e.getResponse().hasEntity())) {
            return e.getResponse();
        }
        Optional<Exchange> exchange = Exchange.current();
        ApiFamily family = exchange.map(Exchange::family).orElse(UNKNOWN);
        String requestId = exchange.map(Exchange::requestId).orElseGet(Ids::newRequestId);
        Fault fault = fault(thrown);
        exchange.ifPresent(known -> known.failed(fault));
        log(fault, thrown, requestId, exchange.map(Exchange::what).orElse("A request"));
        return answer(fault, thrown, family, exchange, requestId);
    }

    private Response answer(
            Fault fault, Throwable thrown, ApiFamily family, Optional<Exchange> exchange, String requestId) {
        int status = family.statusOf(fault.kind());
        ErrorShape.Failure failure = new ErrorShape.Failure(
                fault, status, title(status), requestId, family.microversions(), exchange.flatMap(Exchange::version));
        // tokens are checked by one part of the cloud, whose errors look the same before every API
        ErrorShape shape = status == 401 ? ErrorShapes.keystone() : family.errors();
        Response.ResponseBuilder response = Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .header(RequestFilter.REQUEST_ID, requestId)
                .entity(shape.body(failure));
        if (status == 401) {
            String base = exchange.map(Exchange::baseUrl).orElse("");
            response.header("WWW-Authenticate", "Keystone uri=\"" + base + "/identity/v3\"");
        }
        if (fault.kind() == Fault.Kind.UNAVAILABLE || fault.kind() == Fault.Kind.TOO_MANY_REQUESTS) {
            response.header("Retry-After", 1);
        }
        if (thrown instanceof WebApplicationException e && e.getResponse().getHeaderString("Allow") != null) {
            response.header("Allow", e.getResponse().getHeaderString("Allow"));
        }
        return response.build();
    }

    private static Fault fault(Throwable thrown) {
        if (thrown instanceof Fault fault) {
            return fault;
        }
        if (thrown instanceof WebApplicationException e) {
            return ofStatus(e);
        }
        if (thrown instanceof JsonProcessingException e) {
            return JsonReader.malformed(e);
        }
        if (thrown instanceof Database.TransientFailure) {
            return Fault.of(Fault.Kind.UNAVAILABLE, "The service is busy. Please try again.")
                    .cause(thrown);
        }
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof OptimisticLockException
                    || t instanceof Database.StaleRow
                    || t instanceof Database.DuplicateKey) {
                return Fault.conflict("The resource was changed by another request at the same time. Please try again.")
                        .cause(thrown);
            }
        }
        return Fault.internal(thrown.toString(), thrown);
    }

    private static Fault ofStatus(WebApplicationException e) {
        int status = e.getResponse().getStatus();
        return switch (status) {
            case 404 -> Fault.of(Fault.Kind.NOT_FOUND, "The resource could not be found.");
            case 405 ->
                Fault.of(Fault.Kind.METHOD_NOT_ALLOWED, "The method is not allowed for the requested resource.");
            case 406 -> Fault.of(Fault.Kind.NOT_ACCEPTABLE, "None of the acceptable media types can be produced.");
            case 415 ->
                Fault.of(Fault.Kind.UNSUPPORTED_MEDIA_TYPE, "The media type is not supported, use application/json.");
            default ->
                status < 500
                        ? kind(status)
                                .map(kind -> Fault.of(kind, title(status) + "."))
                                .orElseGet(() -> Fault.badRequest("The request could not be understood."))
                                .cause(e)
                        : Fault.internal(e.toString(), e);
        };
    }

    private static Optional<Fault.Kind> kind(int status) {
        for (Fault.Kind kind : Fault.Kind.values()) {
            if (kind.status() == status) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    private static void log(Fault fault, Throwable thrown, String requestId, String what) {
        if (fault.kind().status() >= 500 && fault.kind() != Fault.Kind.UNAVAILABLE) {
            LOG.error("{} {} failed: {} {}", requestId, what, fault.getMessage(), fault.detail(), thrown);
        } else if (!fault.detail().isEmpty()) {
            LOG.info(
                    "{} {} refused with {}: {} ({})",
                    requestId,
                    what,
                    fault.kind(),
                    fault.getMessage(),
                    fault.detail());
        } else {
            LOG.debug("{} {} refused with {}: {}", requestId, what, fault.kind(), fault.getMessage());
        }
    }

    /** The words of a status as the API family writes them. */
    static String title(int status) {
        Response.Status known = Response.Status.fromStatusCode(status);
        return known == null ? "Error" : known.getReasonPhrase();
    }
}
