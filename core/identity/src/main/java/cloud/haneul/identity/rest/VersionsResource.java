package cloud.haneul.identity.rest;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.rest.Anonymous;
import cloud.haneul.kernel.rest.Call;
import cloud.haneul.kernel.rest.VersionDocument;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** What versions there are; the first thing any client asks. */
@Component
@Anonymous
@Path("/identity")
@Produces(MediaType.APPLICATION_JSON)
public class VersionsResource {
    @GET
    public Response list(@BeanParam Call call) {
        return VersionDocument.values(v3(call));
    }

    @GET
    @Path("v3")
    public Response v3Alone(@BeanParam Call call) {
        return v3(call).alone();
    }

    private static VersionDocument v3(Call call) {
        return VersionDocument.of("v3.14", "stable")
                .updated("2020-04-07T00:00:00Z")
                .link("self", call.baseUrl() + IdentityApi.V3 + "/")
                .mediaType("application/vnd.openstack.identity-v3+json");
    }
}
