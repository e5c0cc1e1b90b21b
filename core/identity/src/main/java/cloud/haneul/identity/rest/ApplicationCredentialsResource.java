package cloud.haneul.identity.rest;

import cloud.haneul.identity.AccessRule;
import cloud.haneul.identity.ApplicationCredentials;
import cloud.haneul.identity.NewApplicationCredential;
import cloud.haneul.identity.NewApplicationCredential.RoleRef;
import cloud.haneul.identity.NewApplicationCredential.RuleRef;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.rest.Call;
import cloud.haneul.kernel.rest.JsonIn;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code /users/{id}/application_credentials}. */
@Component
@Path("/identity/v3/users/{user}/application_credentials")
@Produces(MediaType.APPLICATION_JSON)
public class ApplicationCredentialsResource {
    private static final String ONE = "application_credential";
    private static final Pattern PATH = Pattern.compile("(/|\\*\\*).*");

    private final ApplicationCredentials credentials;

    @Inject
    ApplicationCredentialsResource(ApplicationCredentials credentials) {
        this.credentials = credentials;
    }

    @GET
    public Map<String, Object> list(@BeanParam Call call, @PathParam("user") String user) {
        return View.list(
                call,
                "application_credentials",
                credentials.list(call.caller(), user, call.query("name")),
                credential -> view(call, credential));
    }

    @POST
    public Response create(@BeanParam Call call, @PathParam("user") String user) {
        JsonIn in = call.json().object(ONE);
        NewApplicationCredential wanted = new NewApplicationCredential(
                in.name("name", 1, 255),
                in.optText("description", 0, 65535).orElse(""),
                in.optText("secret", 1, 4096),
                in.optInstant("expires_at"),
                in.optList("roles", 200, ApplicationCredentialsResource::role).orElse(List.of()),
                in.optBool("unrestricted").orElse(false),
                in.optList("access_rules", 200, ApplicationCredentialsResource::rule)
                        .orElse(List.of()));
        ApplicationCredentials.Made made = credentials.create(call.caller(), user, wanted);
        return Response.status(201)
                .entity(view(call, made.credential())
                        .with("secret", made.secret())
                        .as(ONE))
                .build();
    }

    @GET
    @Path("{id}")
    public Map<String, Object> show(@BeanParam Call call, @PathParam("user") String user, @PathParam("id") String id) {
        return view(call, credentials.get(call.caller(), user, id)).as(ONE);
    }

    @DELETE
    @Path("{id}")
    public void delete(@BeanParam Call call, @PathParam("user") String user, @PathParam("id") String id) {
        credentials.delete(call.caller(), user, id);
    }

    /** A role by id or name. */
    static RoleRef role(JsonIn role) {
        Optional<String> id = role.optText("id", 1, 64);
        Optional<String> name = role.optText("name", 1, 255);
        if (id.isEmpty() && name.isEmpty()) {
            throw role.invalid("id", "or 'name' is a required property");
        }
        return new RoleRef(id, name);
    }

    private static RuleRef rule(JsonIn rule) {
        Optional<String> id = rule.optText("id", 1, 64);
        if (id.isPresent()) {
            return new RuleRef(id, Optional.empty());
        }
        return new RuleRef(
                Optional.empty(),
                Optional.of(new AccessRule.Wanted(
                        rule.name("service", 1, 255),
                        rule.oneOf("method", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"),
                        rule.matching("path", PATH, 512))));
    }

    private static View view(Call call, ApplicationCredentials.Shown credential) {
        View view = View.of()
                .with("id", credential.id())
                .with("name", credential.name())
                .with("description", credential.description())
                .with("user_id", credential.userId())
                .with("project_id", credential.projectId())
                .with("system", null)
                .with(
                        "roles",
                        credential.roles().stream()
                                .map(ApplicationCredentialsResource::view)
                                .toList())
                .with("expires_at", credential.expiresAt().map(Times::plain))
                .with("unrestricted", credential.unrestricted())
                .self(call, "/users/" + credential.userId() + "/application_credentials/" + credential.id());
        return credential.accessRules().isEmpty()
                ? view
                : view.with(
                        "access_rules",
                        credential.accessRules().stream()
                                .map(AccessRuleView::brief)
                                .toList());
    }

    private static Map<String, Object> view(cloud.haneul.identity.Role role) {
        return View.of()
                .with("id", role.id())
                .with("name", role.name())
                .with("domain_id", role.domainId())
                .map();
    }
}
