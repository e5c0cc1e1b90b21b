package cloud.haneul.network.rest;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.rest.Call;
import cloud.haneul.kernel.rest.JsonIn;
import cloud.haneul.network.ListQuery;
import cloud.haneul.network.NetworkRequest;
import cloud.haneul.network.Networks;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.UUID;

/** {@code /networks}: layer 2. */
@Component
@Path(NetworkApi.ROOT + "networks")
@Produces(MediaType.APPLICATION_JSON)
public class NetworksResource {
    private final Networks networks;
    private final Views views;

    @Inject
    NetworksResource(Networks networks, Views views) {
        this.networks = networks;
        this.views = views;
    }

    @GET
    public Map<String, Object> list(@BeanParam Call call) {
        ListQuery query = NetworkApi.query(call);
        return NetworkApi.list(
                call, query, "networks", networks.list(call.caller(), query), row -> views.network(call.caller(), row));
    }

    @POST
    public Response create(@BeanParam Call call) {
        return NetworkApi.create(
                call,
                "network",
                "networks",
                Reads::network,
                asked -> networks.create(call.caller(), asked),
                row -> views.network(call.caller(), row));
    }

    @GET
    @Path("{id}")
    public Map<String, Object> show(@BeanParam Call call, @PathParam("id") String id) {
        return NetworkApi.one(call, "network", views.network(call.caller(), networks.show(call.caller(), id(id))));
    }

    @PUT
    @Path("{id}")
    public Map<String, Object> update(@BeanParam Call call, @PathParam("id") String id) {
        JsonIn body = call.json();
        NetworkRequest asked = Reads.network(body.object("network"));
        body.done();
        return Map.of("network", views.network(call.caller(), networks.update(call.caller(), id(id), asked)));
    }

    @DELETE
    @Path("{id}")
    public void delete(@BeanParam Call call, @PathParam("id") String id) {
        networks.delete(call.caller(), id(id));
    }

    @Path("{id}/tags")
    public Tags tags(@BeanParam Call call, @PathParam("id") String id) {
        return new Tags(
                () -> networks.show(call.caller(), id(id)).tags(), tags -> networks.tag(call.caller(), id(id), tags));
    }

    private static UUID id(String text) {
        return NetworkApi.id("Network", text);
    }
}
