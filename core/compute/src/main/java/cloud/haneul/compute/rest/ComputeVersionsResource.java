package cloud.haneul.compute.rest;

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

/** What versions of the compute API there are. */
@Component
@Anonymous
@Path("/compute")
@Produces(MediaType.APPLICATION_JSON)
public class ComputeVersionsResource {

    @GET
    public Response all(@BeanParam Call call) {
        return VersionDocument.list(200, document(call));
    }

    static VersionDocument document(Call call) {
        return VersionDocument.of("v2.1", "CURRENT")
                .microversions(ComputeApi.VERSIONS)
                .updated("2013-07-23T11:33:21Z")
                .link("self", call.baseUrl() + ComputeApi.ROOT + "/")
                .mediaType("application/vnd.openstack.compute+json;version=2.1");
    }
}
