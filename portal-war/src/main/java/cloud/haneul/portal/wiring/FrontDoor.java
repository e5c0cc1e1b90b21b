package cloud.haneul.portal.wiring;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.rest.Anonymous;
import cloud.haneul.kernel.rest.ApiFamily;
import cloud.haneul.kernel.rest.ApiFamilySource;
import cloud.haneul.kernel.rest.Call;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The address people type: leads to the portal. A program that asks for JSON gets the APIs that are here. */
@Component
@Path("/")
@Anonymous
public class FrontDoor {
    private final List<ApiFamily> families;

    @Inject
    FrontDoor(@Any Instance<ApiFamilySource> sources) {
        families = sources.stream()
                .flatMap(s -> s.families().stream())
                .filter(f -> !f.prefix().isEmpty())
                .sorted(Comparator.comparing(ApiFamily::prefix))
                .toList();
    }

    @GET
    @Produces(MediaType.TEXT_HTML + "; qs=1")
    public Response portal() {
        return Response.seeOther(URI.create("/dashboard/")).build();
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON + "; qs=0.5")
    public Map<String, List<Api>> apis(@BeanParam Call call) {
        return Map.of(
                "apis",
                families.stream()
                        .map(f -> new Api(f.name(), call.baseUrl() + f.prefix()))
                        .toList());
    }

    /** One API and where it begins. */
    public record Api(String name, String href) {}
}
