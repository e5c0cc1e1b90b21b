package cloud.haneul.identity.rest;

import cloud.haneul.identity.NewUser;
import cloud.haneul.identity.Tagging;
import cloud.haneul.identity.Tokens;
import cloud.haneul.identity.User;
import cloud.haneul.identity.UserChange;
import cloud.haneul.identity.UserFilter;
import cloud.haneul.identity.Users;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.data.Page;
import cloud.haneul.kernel.rest.Anonymous;
import cloud.haneul.kernel.rest.Call;
import cloud.haneul.kernel.rest.JsonIn;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
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

/** {@code /users}. */
@Component
@Path("/identity/v3/users")
@Produces(MediaType.APPLICATION_JSON)
public class UsersResource {
    private static final Set<String> KNOWN = Set.of(
            "id",
            "name",
            "domain_id",
            "password",
            "enabled",
            "default_project_id",
            "description",
            "email",
            "options",
            "links",
            "password_expires_at");

    private final Users users;
    private final Tagging tagging;
    private final Tokens tokens;

    @Inject
    UsersResource(Users users, Tagging tagging, Tokens tokens) {
        this.users = users;
        this.tagging = tagging;
        this.tokens = tokens;
    }

    @GET
    public Map<String, Object> list(@BeanParam Call call) {
        Page page = call.page();
        UserFilter filter = new UserFilter(
                call.query("domain_id"),
                call.query("name"),
                call.query("name__contains"),
                Body.flag(call, "enabled"),
                Body.expiry(call));
        List<User> rows = users.list(call.caller(), filter, page);
        Map<String, Instant> ends =
                users.passwordExpiries(rows.stream().map(User::id).toList());
        return View.page(call, "users", page, rows, User::id, user -> UserView.of(call, user, ends));
    }

    @POST
    public Response create(@BeanParam Call call) {
        JsonIn in = call.json().object("user");
        User user = users.create(
                call.caller(),
                new NewUser(
                        in.name("name", 1, 255),
                        Body.optId(in, "domain_id"),
                        in.optText("password", 0, 4096),
                        in.optPlainBool("enabled").orElse(true),
                        Body.optId(in, "default_project_id"),
                        in.optText("description", 0, 65535),
                        in.optText("email", 0, 255),
                        options(in),
                        Body.extra(in, KNOWN)));
        return Response.status(201).entity(view(call, user)).build();
    }

    @GET
    @Path("{id}")
    public Map<String, Object> show(@BeanParam Call call, @PathParam("id") String id) {
        return view(call, users.get(call.caller(), id));
    }

    @PATCH
    @Path("{id}")
    public Map<String, Object> update(@BeanParam Call call, @PathParam("id") String id) {
        JsonIn in = call.json().object("user");
        Body.fixed(in, "id", Optional.of(id));
        UserChange change = new UserChange(
                in.optName("name", 1, 255),
                in.optText("password", 0, 4096),
                in.optPlainBool("enabled"),
                Body.clearable(in, "default_project_id", 64),
                Body.clearable(in, "description", 65535),
                Body.clearable(in, "email", 255),
                options(in),
                Body.extra(in, KNOWN));
        if (in.has("domain_id")) {
            Body.fixed(in, "domain_id", Optional.of(users.get(call.caller(), id).domainId()));
        }
        return view(call, users.update(call.caller(), id, change));
    }

    @DELETE
    @Path("{id}")
    public void delete(@BeanParam Call call, @PathParam("id") String id) {
        users.delete(call.caller(), id);
    }

    /** Needs no token: whoever knows the password may change it, and an expired one could get no token. */
    @POST
    @Anonymous
    @Path("{id}/password")
    public void changePassword(@BeanParam Call call, @PathParam("id") String id) {
        JsonIn in = call.json().object("user");
        users.changePassword(
                id, in.text("original_password", 0, 4096), in.text("password", 0, 4096), Body.request(call));
    }

    @GET
    @Path("{id}/projects")
    public Map<String, Object> projects(@BeanParam Call call, @PathParam("id") String id) {
        return ProjectView.list(call, users.projects(call.caller(), id), tagging);
    }

    @GET
    @Path("{id}/groups")
    public Map<String, Object> groups(@BeanParam Call call, @PathParam("id") String id) {
        return View.list(call, "groups", users.groups(call.caller(), id), group -> GroupView.of(call, group));
    }

    @DELETE
    @Path("{id}/tokens")
    public void revokeTokens(@BeanParam Call call, @PathParam("id") String id) {
        tokens.revokeAll(call.caller(), id);
    }

    private Map<String, Object> view(Call call, User user) {
        return UserView.of(call, user, users.passwordExpiries(List.of(user.id())))
                .as("user");
    }

    private static Map<String, Object> options(JsonIn in) {
        return in.optObject("options")
                .map(options -> Body.extra(options, Set.of()))
                .orElse(Map.of());
    }
}
