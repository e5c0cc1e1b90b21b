package cloud.haneul.image.rest;

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
import java.util.ArrayList;
import java.util.List;

/** What versions of the image API there are; they differ by features, not by paths. */
@Component
@Anonymous
@Path("/image")
@Produces(MediaType.APPLICATION_JSON)
public class ImageVersionsResource {
    /** Newest first. 2.8 and 2.10 to 2.13 stand for several stores, 2.14 and up for a cache: neither is here. */
    private static final List<String> MINORS = List.of("2.9", "2.7", "2.6", "2.5", "2.4", "2.3", "2.2", "2.1", "2.0");

    @GET
    public Response all(@BeanParam Call call) {
        return list(call, 300);
    }

    @GET
    @Path("versions")
    public Response versions(@BeanParam Call call) {
        return list(call, 200);
    }

    private static Response list(Call call, int status) {
        List<VersionDocument> documents = new ArrayList<>();
        for (String minor : MINORS) {
            documents.add(VersionDocument.of("v" + minor, minor.equals(MINORS.get(0)) ? "CURRENT" : "SUPPORTED")
                    .link("self", call.baseUrl() + "/image/v2/"));
        }
        return VersionDocument.list(status, documents.toArray(VersionDocument[]::new));
    }
}
