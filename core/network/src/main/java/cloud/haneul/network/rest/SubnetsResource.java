package cloud.haneul.network.rest;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.rest.Call;
import cloud.haneul.kernel.rest.JsonIn;
import cloud.haneul.network.ListQuery;
import cloud.haneul.network.SubnetRequest;
import cloud.haneul.network.Subnets;
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

/** {@code /subnets}: ranges of addresses. */
@Component
@Path(NetworkApi.ROOT + "subnets")
@Produces(MediaType.APPLICATION_JSON)
public class SubnetsResource {
    private final Subnets subnets;
    private final Views views;

    @Inject
    SubnetsResource(Subnets subnets, Views views) {
        this.subnets = subnets;
        this.views = views;
    }

    @GET
    public Map<String, Object> list(@BeanParam Call call) {
        ListQuery query = NetworkApi.query(call);
        return NetworkApi.list(call, query, "subnets", subnets.list(call.caller(), query), row -> views.subnet(row));
    }

    @POST
    public Response create(@BeanParam Call call) {
        return NetworkApi.create(
                call,
                "subnet",
                "subnets",
                Reads::subnet,
                asked -> subnets.create(call.caller(), asked),
                row -> views.subnet(row));
    }

    @GET
    @Path("{id}")
    public Map<String, Object> show(@BeanParam Call call, @PathParam("id") String id) {
        return NetworkApi.one(call, "subnet", views.subnet(subnets.show(call.caller(), id(id))));
    }

    @PUT
    @Path("{id}")
    public Map<String, Object> update(@BeanParam Call call, @PathParam("id") String id) {
        JsonIn body = call.json();
        SubnetRequest asked = Reads.subnet(body.object("subnet"));
        body.done();
        return Map.of("subnet", views.subnet(subnets.update(call.caller(), id(id), asked)));
    }

    @DELETE
    @Path("{id}")
    public void delete(@BeanParam Call call, @PathParam("id") String id) {
        subnets.delete(call.caller(), id(id));
    }

    @Path("{id}/tags")
    public Tags tags(@BeanParam Call call, @PathParam("id") String id) {
        return new Tags(
                () -> subnets.show(call.caller(), id(id)).tags(), tags -> subnets.tag(call.caller(), id(id), tags));
    }

    private static UUID id(String text) {
        return NetworkApi.id("Subnet", text);
    }
}
