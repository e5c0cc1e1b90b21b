package cloud.haneul.network.rest;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.access.Access;
import cloud.haneul.kernel.rest.Call;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;

/** {@code /availability_zones}: there is one. */
@Component
@Path(NetworkApi.ROOT + "availability_zones")
@Produces(MediaType.APPLICATION_JSON)
public class AvailabilityZonesResource {
    private final Access access;

    @Inject
    AvailabilityZonesResource(Access access) {
        this.access = access;
    }

    @GET
    public Map<String, Object> zones(@BeanParam Call call) {
        access.require(call.caller(), "get_availability_zone", Map.of());
        return Map.of("availability_zones", List.of(zone("network"), zone("router")));
    }

    private static Map<String, String> zone(String resource) {
        return Map.of("name", "nova", "resource", resource, "state", "available");
    }
}
