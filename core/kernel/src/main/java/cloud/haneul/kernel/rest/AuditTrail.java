package cloud.haneul.kernel.rest;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.event.Audit;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.PathSegment;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.Provider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that every changing request of somebody known leaves an event: one that failed, and one that succeeded without its
 * use case having told of it. Logins, whose callers are not known before, are recorded where passwords are checked.
 *
 * <p>A request that made no event of its own is told as its method and path with the ids left out. Of a body nothing is kept;
 * of a refused input only the field's name, since its value may be a secret.
 */
@Component
@Provider
@Priority(1)
public class AuditTrail implements ContainerResponseFilter {
    private static final Logger LOG = LoggerFactory.getLogger(AuditTrail.class);
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final int ACTION = 128;
    private static final int TARGET = 64;

    private final Audit audit;

    @Inject
    AuditTrail(Audit audit) {
        this.audit = audit;
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        Optional<Exchange> exchange = Exchange.of(request);
        Optional<Caller> caller = exchange.flatMap(Exchange::caller);
        boolean success = response.getStatus() < 400;
        if (READING.contains(request.getMethod())
                || caller.isEmpty()
                || audit.hasRecorded(caller.get().requestId(), success)) {
            return;
        }
        Told told = Told.of(request);
        try {
            if (success) {
                audit.success(caller.get(), told.action, told.type, told.id, "");
            } else {
                Optional<Fault> fault = exchange.flatMap(Exchange::fault);
                audit.failure(caller.get(), told.action, told.type, told.id, "", reason(response.getStatus(), fault));
            }
        } catch (RuntimeException e) {
            // what was done is done, and its answer must reach the client
            LOG.error("{} {} left no event in the audit trail", caller.get().requestId(), told.action, e);
        }
    }

    private static String reason(int status, Optional<Fault> fault) {
        return fault.map(known -> Audit.reason(status, known))
                .orElseGet(() -> status + " " + FaultMapper.title(status));
    }

    /** A request in the trail's words. */
    private record Told(String action, String type, String id) {

        static Told of(ContainerRequestContext request) {
            UriInfo uri = request.getUriInfo();
            MultivaluedMap<String, String> parameters = uri.getPathParameters();
            List<String> words = new ArrayList<>();
            String type = "";
            String id = "";
            for (PathSegment segment : uri.getPathSegments()) {
                String text = segment.getPath();
                Optional<String> name = parameters.entrySet().stream()
                        .filter(entry -> entry.getValue().contains(text))
                        .map(Map.Entry::getKey)
                        .findFirst();
                words.add(name.map(n -> "{" + n + "}").orElse(text));
                if (name.isPresent()) {
                    type = words.size() > 1 ? singular(words.get(words.size() - 2)) : "";
                    id = text;
                }
            }
            if (id.isEmpty() && !words.isEmpty()) {
                type = singular(words.get(words.size() - 1));
            }
            return new Told(
                    cut(request.getMethod() + " /" + String.join("/", words), ACTION),
                    cut(type, TARGET),
                    cut(id, TARGET));
        }

        private static String singular(String word) {
            String plain = word.replaceFirst("\\.json$", "").replace('-', '_');
            return plain.endsWith("ies")
                    ? plain.substring(0, plain.length() - 3) + "y"
                    : plain.endsWith("s") ? plain.substring(0, plain.length() - 1) : plain;
        }

        private static String cut(String text, int length) {
            return text.length() <= length ? text : text.substring(0, length);
        }
    }
}
