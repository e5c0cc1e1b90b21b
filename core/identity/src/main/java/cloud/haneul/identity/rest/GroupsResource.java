package cloud.haneul.identity.rest;

import cloud.haneul.identity.Group;
import cloud.haneul.identity.GroupChange;
import cloud.haneul.identity.GroupFilter;
import cloud.haneul.identity.Groups;
import cloud.haneul.identity.NewGroup;
import cloud.haneul.identity.User;
import cloud.haneul.identity.UserFilter;
import cloud.haneul.identity.Users;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.data.Page;
import cloud.haneul.kernel.rest.Call;
import cloud.haneul.kernel.rest.JsonIn;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code /groups} and who is in them. */
@Component
@Path("/identity/v3/groups")
@Produces(MediaType.APPLICATION_JSON)
public class GroupsResource {
    private static final Set<String> KNOWN = Set.of("id", "name", "domain_id", "description", "links");

    private final Groups groups;
    private final Users users;

    @Inject
    GroupsResource(Groups groups, Users users) {
        this.groups = groups;
        this.users = users;
    }

    @GET
    public Map<String, Object> list(@BeanParam Call call) {
        Page page = call.page();
        GroupFilter filter = new GroupFilter(call.query("domain_id"), call.query("name"), call.query("name__contains"));
        return View.page(
                call, "groups", page, groups.list(call.caller(), filter, page), Group::id, g -> GroupView.of(call, g));
    }

    @POST
    public Response create(@BeanParam Call call) {
        JsonIn in = call.json().object("group");
        Group group = groups.create(
                call.caller(),
                new NewGroup(
                        in.name("name", 1, 255),
                        Body.optId(in, "domain_id"),
                        in.optText("description", 0, 65535).orElse(""),
                        Body.extra(in, KNOWN)));
        return Response.status(201)
                .entity(GroupView.of(call, group).as("group"))
                .build();
    }

    @GET
    @Path("{id}")
    public Map<String, Object> show(@BeanParam Call call, @PathParam("id") String id) {
        return GroupView.of(call, groups.get(call.caller(), id)).as("group");
    }

    @PATCH
    @Path("{id}")
    public Map<String, Object> update(@BeanParam Call call, @PathParam("id") String id) {
        JsonIn in = call.json().object("group");
        Body.fixed(in, "id", Optional.of(id));
        GroupChange change = new GroupChange(
                in.optName("name", 1, 255), Body.clearable(in, "description", 65535), Body.extra(in, KNOWN));
        if (in.has("domain_id")) {
            Body.fixed(
                    in, "domain_id", Optional.of(groups.get(call.caller(), id).domainId()));
        }
        return GroupView.of(call, groups.update(call.caller(), id, change)).as("group");
    }

    @DELETE
    @Path("{id}")
    public void delete(@BeanParam Call call, @PathParam("id") String id) {
        groups.delete(call.caller(), id);
    }

    @GET
    @Path("{id}/users")
    public Map<String, Object> users(@BeanParam Call call, @PathParam("id") String id) {
        Page page = call.page();
        UserFilter filter = new UserFilter(
                Optional.empty(), call.query("name"), Optional.empty(), Body.flag(call, "enabled"), Body.expiry(call));
        List<User> rows = groups.users(call.caller(), id, filter, page);
        Map<String, Instant> ends =
                users.passwordExpiries(rows.stream().map(User::id).toList());
        return View.page(call, "users", page, rows, User::id, u -> UserView.of(call, u, ends));
    }

    @PUT
    @Path("{id}/users/{user}")
    public void add(@BeanParam Call call, @PathParam("id") String id, @PathParam("user") String user) {
        groups.add(call.caller(), id, user);
    }

    @GET
    @Path("{id}/users/{user}")
    public void check(@BeanParam Call call, @PathParam("id") String id, @PathParam("user") String user) {
        groups.check(call.caller(), id, user);
    }

    @DELETE
    @Path("{id}/users/{user}")
    public void remove(@BeanParam Call call, @PathParam("id") String id, @PathParam("user") String user) {
        groups.remove(call.caller(), id, user);
    }
}
