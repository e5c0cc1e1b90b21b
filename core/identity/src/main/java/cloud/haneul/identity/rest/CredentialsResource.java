package cloud.haneul.identity.rest;

import cloud.haneul.identity.CredentialChange;
import cloud.haneul.identity.CredentialFilter;
import cloud.haneul.identity.Credentials;
import cloud.haneul.identity.NewCredential;
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

/** {@code /credentials}. */
@Component
@Path("/identity/v3/credentials")
@Produces(MediaType.APPLICATION_JSON)
public class CredentialsResource {
    private static final int MAX_BLOB = 65_535;

    private final Credentials credentials;

    @Inject
    CredentialsResource(Credentials credentials) {
        this.credentials = credentials;
    }

    @GET
    public Map<String, Object> list(@BeanParam Call call) {
        Page page = call.page();
        return View.page(
                call,
                "credentials",
                page,
                credentials.list(call.caller(), new CredentialFilter(call.query("user_id"), call.query("type")), page),
                Credentials.Shown::id,
                credential -> view(call, credential));
    }

    @POST
    public Response create(@BeanParam Call call) {
        JsonIn in = call.json().object("credential");
        Credentials.Shown made = credentials.create(
                call.caller(),
                new NewCredential(
                        in.text("user_id", 1, 64),
                        in.name("type", 1, 255),
                        in.text("blob", 0, MAX_BLOB),
                        Body.optId(in, "project_id")));
        return Response.status(201).entity(view(call, made).as("credential")).build();
    }

    @GET
    @Path("{id}")
    public Map<String, Object> show(@BeanParam Call call, @PathParam("id") String id) {
        return view(call, credentials.get(call.caller(), id)).as("credential");
    }

    @PATCH
    @Path("{id}")
    public Map<String, Object> update(@BeanParam Call call, @PathParam("id") String id) {
        JsonIn in = call.json().object("credential");
        Body.fixed(in, "id", Optional.of(id));
        return view(
                        call,
                        credentials.update(
                                call.caller(),
                                id,
                                new CredentialChange(
                                        in.optText("user_id", 1, 64),
                                        in.optName("type", 1, 255),
                                        in.optText("blob", 0, MAX_BLOB),
                                        Body.clearable(in, "project_id", 64))))
                .as("credential");
    }

    @DELETE
    @Path("{id}")
    public void delete(@BeanParam Call call, @PathParam("id") String id) {
        credentials.delete(call.caller(), id);
    }

    private static View view(Call call, Credentials.Shown credential) {
        return View.of()
                .with("id", credential.id())
                .with("user_id", credential.userId())
                .with("project_id", credential.projectId())
                .with("type", credential.type())
                .with("blob", credential.blob())
                .self(call, "/credentials/" + credential.id());
    }
}
