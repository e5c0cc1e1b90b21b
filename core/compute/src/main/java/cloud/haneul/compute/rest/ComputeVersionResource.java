package cloud.haneul.compute.rest;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.rest.Anonymous;
import cloud.haneul.kernel.rest.Call;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The one version of the compute API. A class of its own: JAX-RS looks for a path only in the classes that match most of it. */
@Component
@Anonymous
@Path(ComputeApi.ROOT)
@Produces(MediaType.APPLICATION_JSON)
public class ComputeVersionResource {

    @GET
    public Response show(@BeanParam Call call) {
        return ComputeVersionsResource.document(call).alone();
    }
}
