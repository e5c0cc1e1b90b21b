package cloud.haneul.placement.rest;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.rest.Anonymous;
import cloud.haneul.kernel.rest.VersionDocument;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** What versions of the placement API there are. */
@Component
@Anonymous
@Path("/placement")
@Produces(MediaType.APPLICATION_JSON)
public class PlacementVersionsResource {

    @GET
    public Response all() {
        return VersionDocument.list(
                200,
                VersionDocument.of("v1.0", "CURRENT")
                        .minAndMax(PlacementApi.VERSIONS)
                        .link("self", ""));
    }
}
