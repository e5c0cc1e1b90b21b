package cloud.haneul.network.rest;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.Ids;
import cloud.haneul.kernel.rest.Call;
import cloud.haneul.kernel.rest.JsonIn;
import cloud.haneul.network.ListQuery;
import cloud.haneul.network.SecurityGroup;
import cloud.haneul.network.SecurityGroups;
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

/** {@code /security-groups}. */
@Component
@Path(NetworkApi.ROOT + "security-groups")
@Produces(MediaType.APPLICATION_JSON)
public class SecurityGroupsResource {
    private final SecurityGroups groups;
    private final Views views;

    @Inject
    SecurityGroupsResource(SecurityGroups groups, Views views) {
        this.groups = groups;
        this.views = views;
    }

    @GET
    public Map<String, Object> list(@BeanParam Call call) {
        ListQuery query = NetworkApi.query(call);
        return NetworkApi.list(call, query, "security_groups", groups.list(call.caller(), query), views::group);
    }

    @POST
    public Response create(@BeanParam Call call) {
        JsonIn body = call.json();
        JsonIn in = body.object("security_group");
        String name = Reads.text(in, "name").orElse("");
        Optional<String> description = Reads.text(in, "description");
        Optional<String> project = Reads.project(in);
        stateful(in);
        body.done();
        SecurityGroup made = groups.create(call.caller(), project, name, description);
        return Response.status(201)
                .entity(Map.of("security_group", views.group(made)))
                .build();
    }

    @GET
    @Path("{id}")
    public Map<String, Object> show(@BeanParam Call call, @PathParam("id") String id) {
        return NetworkApi.one(call, "security_group", views.group(groups.show(call.caller(), id(id))));
    }

    @PUT
    @Path("{id}")
    public Map<String, Object> update(@BeanParam Call call, @PathParam("id") String id) {
        JsonIn body = call.json();
        JsonIn in = body.object("security_group");
        Optional<String> name = Reads.text(in, "name");
        Optional<String> description = Reads.text(in, "description");
        stateful(in);
        body.done();
        return Map.of("security_group", views.group(groups.update(call.caller(), id(id), name, description)));
    }

    @DELETE
    @Path("{id}")
    public void delete(@BeanParam Call call, @PathParam("id") String id) {
        groups.delete(call.caller(), id(id));
    }

    @Path("{id}/tags")
    public Tags tags(@BeanParam Call call, @PathParam("id") String id) {
        return new Tags(
                () -> groups.show(call.caller(), id(id)).tags(), tags -> groups.tag(call.caller(), id(id), tags));
    }

    private static void stateful(JsonIn in) {
        in.optBool("stateful").filter(on -> !on).ifPresent(off -> {
            throw in.invalid("stateful", "is not supported: this cloud's groups are stateful");
        });
    }

    private static UUID id(String text) {
        return Ids.parse(text)
                .orElseThrow(() -> Fault.of(Fault.Kind.NOT_FOUND, "Security group " + text + " does not exist")
                        .type("SecurityGroupNotFound"));
    }
}
