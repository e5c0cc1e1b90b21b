package cloud.haneul.portal.wiring;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.rest.Anonymous;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.net.URI;

/** The address people type: leads to the portal. */
@Component
@Path("/")
@Anonymous
public class FrontDoor {
    @GET
    public Response portal() {
        return Response.seeOther(URI.create("/dashboard/")).build();
    }
}
