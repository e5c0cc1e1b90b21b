package cloud.haneul.network.rest;

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
import java.util.List;
import java.util.Map;

/** What versions of the network API there are, and what is in the one there is. */
@Component
@Anonymous
@Path("/network")
@Produces(MediaType.APPLICATION_JSON)
public class NetworkVersionsResource {
    @GET
    public Response all(@BeanParam Call call) {
        return VersionDocument.list(
                200, VersionDocument.of("v2.0", "CURRENT").link("self", call.baseUrl() + NetworkApi.ROOT));
    }

    @GET
    @Path("v2.0")
    public Map<String, Object> resources(@BeanParam Call call) {
        List<Map<String, Object>> resources = List.of(
                resource(call, "network", "networks"),
                resource(call, "subnet", "subnets"),
                resource(call, "port", "ports"),
                resource(call, "router", "routers"),
                resource(call, "floatingip", "floatingips"),
                resource(call, "security_group", "security-groups"),
                resource(call, "security_group_rule", "security-group-rules"),
                resource(call, "quota", "quotas"),
                resource(call, "extension", "extensions"),
                resource(call, "availability_zone", "availability_zones"),
                resource(call, "agent", "agents"));
        return Map.of("resources", resources);
    }

    private static Map<String, Object> resource(Call call, String name, String collection) {
        return Map.of(
                "name",
                name,
                "collection",
                collection,
                "links",
                List.of(call.links().self(NetworkApi.ROOT + collection)));
    }
}
