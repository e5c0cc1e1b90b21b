package cloud.haneul.kernel.rest;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.data.Page;
import cloud.haneul.kernel.event.Audit;
import cloud.haneul.kernel.event.AuditFilter;
import cloud.haneul.kernel.event.AuditRecord;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;

/** The audit trail, newest first: all of it for administrators, their own project's for managers. */
@Component
@Path("/haneul/v1/audit/events")
@Produces(MediaType.APPLICATION_JSON)
public class AuditResource {
    private final Audit audit;

    @Inject
    AuditResource(Audit audit) {
        this.audit = audit;
    }

    @GET
    public Object list(@BeanParam Call call) {
        call.onlyQueries(
                "limit",
                "marker",
                "sort_key",
                "sort_dir",
                "project_id",
                "user_id",
                "rule",
                "outcome",
                "target_type",
                "target_id",
                "request_id",
                "since",
                "until");
        Page page = call.page(100, false);
        AuditFilter filter = new AuditFilter(
                call.query("project_id"),
                call.query("user_id"),
                call.query("rule"),
                call.query("outcome").map(AuditResource::outcome),
                call.query("target_type"),
                call.query("target_id"),
                call.query("request_id"),
                call.queryInstant("since"),
                call.queryInstant("until"));
        List<AuditRecord> events = audit.list(call.caller(), filter, page);
        return Map.of(
                "events", events.stream().map(Cadf::view).toList(),
                "events_links", call.links().next(page, events, AuditRecord::id));
    }

    @GET
    @Path("{id}")
    public Object show(@BeanParam Call call, @PathParam("id") String id) {
        return Map.of("event", Cadf.view(audit.show(call.caller(), id)));
    }

    private static String outcome(String text) {
        if (!text.equals("success") && !text.equals("failure")) {
            throw Fault.badRequest(
                    "outcome", "The outcome of an event is success or failure, not " + Quote.of(text) + ".");
        }
        return text;
    }
}
