package cloud.haneul.network.rest;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.Ids;
import cloud.haneul.kernel.rest.Call;
import cloud.haneul.kernel.rest.JsonIn;
import cloud.haneul.network.FloatingIp;
import cloud.haneul.network.FloatingIps;
import cloud.haneul.network.ListQuery;
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
import java.util.Optional;
import java.util.UUID;

/** {@code /floatingips}: addresses of external networks. */
@Component
@Path(NetworkApi.ROOT + "floatingips")
@Produces(MediaType.APPLICATION_JSON)
public class FloatingIpsResource {
    private final FloatingIps floatingIps;
    private final Views views;

    @Inject
    FloatingIpsResource(FloatingIps floatingIps, Views views) {
        this.floatingIps = floatingIps;
        this.views = views;
    }

    @GET
    public Map<String, Object> list(@BeanParam Call call) {
        ListQuery query = NetworkApi.query(call);
        return NetworkApi.list(call, query, "floatingips", floatingIps.list(call.caller(), query), views::floatingIp);
    }

    @POST
    public Response create(@BeanParam Call call) {
        return NetworkApi.create(
                call,
                "floatingip",
                "floatingips",
                Reads::floatingIp,
                asked -> asked.stream()
                        .map(one -> floatingIps.create(call.caller(), one))
                        .toList(),
                views::floatingIp);
    }

    @GET
    @Path("{id}")
    public Map<String, Object> show(@BeanParam Call call, @PathParam("id") String id) {
        return NetworkApi.one(call, "floatingip", views.floatingIp(floatingIps.show(call.caller(), id(id))));
    }

    @PUT
    @Path("{id}")
    public Map<String, Object> update(@BeanParam Call call, @PathParam("id") String id) {
        JsonIn body = call.json();
        JsonIn in = body.object("floatingip");
        Optional<Optional<UUID>> port = Reads.nullable(in, "port_id", in::uuid);
        Optional<String> fixedIp = in.optText("fixed_ip_address", 1, 64);
        Optional<String> description = Reads.text(in, "description");
        body.done();
        FloatingIp changed = floatingIps.update(call.caller(), id(id), description, port, fixedIp);
        return Map.of("floatingip", views.floatingIp(changed));
    }

    @DELETE
    @Path("{id}")
    public void delete(@BeanParam Call call, @PathParam("id") String id) {
        floatingIps.delete(call.caller(), id(id));
    }

    @Path("{id}/tags")
    public Tags tags(@BeanParam Call call, @PathParam("id") String id) {
        return new Tags(
                () -> floatingIps.show(call.caller(), id(id)).tags(),
                tags -> floatingIps.tag(call.caller(), id(id), tags));
    }

    private static UUID id(String text) {
        return Ids.parse(text)
                .orElseThrow(() -> Fault.of(Fault.Kind.NOT_FOUND, "Floating IP " + text + " could not be found")
                        .type("FloatingIPNotFound"));
    }
}
