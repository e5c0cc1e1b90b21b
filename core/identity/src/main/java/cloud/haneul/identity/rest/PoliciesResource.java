package cloud.haneul.identity.rest;

import cloud.haneul.identity.Policies;
import cloud.haneul.identity.Policy;
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
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code /policies}. */
@Component
@Path("/identity/v3/policies")
@Produces(MediaType.APPLICATION_JSON)
public class PoliciesResource {
    private static final Set<String> KNOWN = Set.of("id", "type", "blob", "links");
    private static final int BLOB = 1_000_000;

    private final Policies policies;

    @Inject
    PoliciesResource(Policies policies) {
        this.policies = policies;
    }

    @GET
    public Map<String, Object> list(@BeanParam Call call) {
        Page page = call.page();
        return View.page(
                call,
                "policies",
                page,
                policies.list(call.caller(), call.query("type"), page),
                Policy::id,
                policy -> view(call, policy));
    }

    @POST
    public Response create(@BeanParam Call call) {
        JsonIn in = call.json().object("policy");
        Policy policy = policies.create(
                call.caller(), in.text("type", 1, 255), in.text("blob", 0, BLOB), Body.extra(in, KNOWN));
        return Response.status(201).entity(view(call, policy).as("policy")).build();
    }

    @GET
    @Path("{id}")
    public Map<String, Object> show(@BeanParam Call call, @PathParam("id") String id) {
        return view(call, policies.get(call.caller(), id)).as("policy");
    }

    @PATCH
    @Path("{id}")
    public Map<String, Object> update(@BeanParam Call call, @PathParam("id") String id) {
        JsonIn in = call.json().object("policy");
        Body.fixed(in, "id", Optional.of(id));
        Policies.Change change =
                new Policies.Change(in.optText("type", 1, 255), in.optText("blob", 0, BLOB), Body.extra(in, KNOWN));
        return view(call, policies.update(call.caller(), id, change)).as("policy");
    }

    @DELETE
    @Path("{id}")
    public void delete(@BeanParam Call call, @PathParam("id") String id) {
        policies.delete(call.caller(), id);
    }

    static View view(Call call, Policy policy) {
        return View.of()
                .with("id", policy.id())
                .with("type", policy.type())
                .with("blob", policy.blob())
                .self(call, "/policies/" + policy.id())
                .extra(policy.extra());
    }
}
