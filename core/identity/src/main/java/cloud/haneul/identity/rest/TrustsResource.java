package cloud.haneul.identity.rest;

import cloud.haneul.identity.NewTrust;
import cloud.haneul.identity.Role;
import cloud.haneul.identity.Trusts;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.data.Page;
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

/** {@code /OS-TRUST/trusts}. */
@Component
@Path("/identity/v3/OS-TRUST/trusts")
@Produces(MediaType.APPLICATION_JSON)
public class TrustsResource {
    private static final String AT = "/OS-TRUST/trusts/";

    private final Trusts trusts;

    @Inject
    TrustsResource(Trusts trusts) {
        this.trusts = trusts;
    }

    @GET
    public Map<String, Object> list(@BeanParam Call call) {
        Page page = call.page();
        return View.page(
                call,
                "trusts",
                page,
                trusts.list(call.caller(), call.query("trustor_user_id"), call.query("trustee_user_id"), page),
                Trusts.Shown::id,
                trust -> brief(call, trust));
    }

    @POST
    public Response create(@BeanParam Call call) {
        JsonIn in = call.json().object("trust");
        NewTrust wanted = new NewTrust(
                in.text("trustor_user_id", 1, 64),
                in.text("trustee_user_id", 1, 64),
                Body.optId(in, "project_id"),
                in.bool("impersonation"),
                in.optList("roles", 200, ApplicationCredentialsResource::role).orElse(List.of()),
                in.optInstant("expires_at"),
                in.optInteger("remaining_uses", 1, Integer.MAX_VALUE),
                in.optBool("allow_redelegation").orElse(false),
                in.optInteger("redelegation_count", 0, Integer.MAX_VALUE));
        Trusts.Shown made = trusts.create(call.caller(), wanted);
        return Response.status(201).entity(view(call, made).as("trust")).build();
    }

    @GET
    @Path("{id}")
    public Map<String, Object> show(@BeanParam Call call, @PathParam("id") String id) {
        return view(call, trusts.get(call.caller(), id)).as("trust");
    }

    @DELETE
    @Path("{id}")
    public void delete(@BeanParam Call call, @PathParam("id") String id) {
        trusts.delete(call.caller(), id);
    }

    @GET
    @Path("{id}/roles")
    public Map<String, Object> roles(@BeanParam Call call, @PathParam("id") String id) {
        List<Role> roles = trusts.roles(call.caller(), id, "identity:list_roles_for_trust");
        return View.list(call, "roles", roles, role -> RoleView.of(call, role));
    }

    @GET
    @Path("{id}/roles/{role}")
    public Map<String, Object> role(
            @BeanParam Call call, @PathParam("id") String id, @PathParam("role") String roleId) {
        return trusts.roles(call.caller(), id, "identity:get_role_for_trust").stream()
                .filter(role -> role.id().equals(roleId))
                .findFirst()
                .map(role -> RoleView.of(call, role).as("role"))
                .orElseThrow(() -> Fault.of(Fault.Kind.NOT_FOUND, "Could not find role: " + roleId + "."));
    }

    private static View view(Call call, Trusts.Shown trust) {
        String roles = AT + trust.id() + "/roles";
        return brief(call, trust)
                .with(
                        "roles",
                        trust.roles().stream()
                                .map(role -> RoleView.of(call, role).map())
                                .toList())
                .with(
                        "roles_links",
                        View.of()
                                .with("next", null)
                                .with("self", call.baseUrl() + IdentityApi.V3 + roles)
                                .with("previous", null)
                                .map());
    }

    private static View brief(Call call, Trusts.Shown trust) {
        return View.of()
                .with("id", trust.id())
                .with("trustor_user_id", trust.trustorId())
                .with("trustee_user_id", trust.trusteeId())
                .with("project_id", trust.projectId())
                .with("impersonation", trust.impersonation())
                .with("expires_at", trust.expiresAt().map(Times::zulu))
                .with("remaining_uses", trust.remainingUses())
                .with("redelegation_count", trust.redelegationCount())
                .with("deleted_at", null)
                .ifPresent("redelegated_trust_id", trust.parentId())
                .self(call, AT + trust.id());
    }
}
