package cloud.haneul.compute.rest;

import cloud.haneul.compute.Metadata;
import cloud.haneul.compute.Server;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Ids;
import cloud.haneul.kernel.rest.Anonymous;
import cloud.haneul.kernel.rest.Call;
import cloud.haneul.network.MetadataSecret;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.UUID;

/**
 * The metadata service behind 169.254.169.254. Guests reach it only through the network driver's proxy, which says from which
 * network and address they come and proves itself with the shared secret; anybody else is told there is nothing here.
 */
@Component
@Anonymous
@Path("/")
public class MetadataResource {
    private final Metadata metadata;
    private final MetadataSecret secret;

    @Inject
    MetadataResource(Metadata metadata, MetadataSecret secret) {
        this.metadata = metadata;
        this.secret = secret;
    }

    @GET
    @Path("openstack{rest:(/.*)?}")
    public Response openstack(@BeanParam Call call, @PathParam("rest") String rest) {
        return answer(call, "openstack" + rest);
    }

    @GET
    @Path("latest{rest:(/.*)?}")
    public Response latest(@BeanParam Call call, @PathParam("rest") String rest) {
        return answer(call, "latest" + rest);
    }

    @GET
    @Path("{version:(1\\.0|200\\d-\\d\\d-\\d\\d)}{rest:(/.*)?}")
    public Response dated(@BeanParam Call call, @PathParam("version") String version, @PathParam("rest") String rest) {
        return answer(call, version + rest);
    }

    private Response answer(Call call, String path) {
        Optional<UUID> network = call.header("X-Haneul-Network").flatMap(Ids::parse);
        Optional<String> address = call.header("X-Forwarded-For");
        if (network.isEmpty()
                || address.isEmpty()
                || !secret.matches(call.header("X-Haneul-Secret").orElse(""))) {
            return Response.status(404).build();
        }
        Optional<Server> server = metadata.serverAt(network.get(), address.get());
        return server.flatMap(s -> metadata.document(s, path))
                .map(bytes -> Response.ok(bytes, path.endsWith(".json") ? "application/json" : "text/plain")
                        .build())
                .orElseGet(() -> Response.status(404).build());
    }
}
