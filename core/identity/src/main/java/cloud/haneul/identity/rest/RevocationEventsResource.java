package cloud.haneul.identity.rest;

import cloud.haneul.identity.RevocationEvents;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.rest.Call;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;

/** {@code /OS-REVOKE/events}. */
@Component
@Path("/identity/v3/OS-REVOKE/events")
@Produces(MediaType.APPLICATION_JSON)
public class RevocationEventsResource {
    private final RevocationEvents events;

    @Inject
    RevocationEventsResource(RevocationEvents events) {
        this.events = events;
    }

    @GET
    public Map<String, Object> list(@BeanParam Call call) {
        return View.list(call, "events", events.list(call.caller(), call.queryInstant("since")), event -> View.of()
                .with(event.kind(), event.subject())
                .with("issued_before", Times.zulu(event.issuedBefore())));
    }
}
