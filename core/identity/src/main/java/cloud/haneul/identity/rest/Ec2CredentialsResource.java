package cloud.haneul.identity.rest;

import cloud.haneul.identity.Ec2Credentials;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.rest.Call;
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
import java.util.Map;

/** {@code /users/{id}/credentials/OS-EC2}. */
@Component
@Path("/identity/v3/users/{user}/credentials/OS-EC2")
@Produces(MediaType.APPLICATION_JSON)
public class Ec2CredentialsResource {
    private final Ec2Credentials credentials;

    @Inject
    Ec2CredentialsResource(Ec2Credentials credentials) {
        this.credentials = credentials;
    }

    @GET
    public Map<String, Object> list(@BeanParam Call call, @PathParam("user") String user) {
        return View.list(call, "credentials", credentials.list(call.caller(), user), pair -> view(call, pair));
    }

    @POST
    public Response create(@BeanParam Call call, @PathParam("user") String user) {
        String project = call.json().text("tenant_id", 1, 64);
        return Response.status(201)
                .entity(view(call, credentials.create(call.caller(), user, project))
                        .as("credential"))
                .build();
    }

    @GET
    @Path("{access}")
    public Map<String, Object> show(
            @BeanParam Call call, @PathParam("user") String user, @PathParam("access") String access) {
        return view(call, credentials.get(call.caller(), user, access)).as("credential");
    }

    @DELETE
    @Path("{access}")
    public void delete(@BeanParam Call call, @PathParam("user") String user, @PathParam("access") String access) {
        credentials.delete(call.caller(), user, access);
    }

    private static View view(Call call, Ec2Credentials.Pair pair) {
        return View.of()
                .with("user_id", pair.userId())
                .with("tenant_id", pair.projectId())
                .with("access", pair.access())
                .with("secret", pair.secret())
                .with("trust_id", pair.trustId())
                .self(call, "/users/" + pair.userId() + "/credentials/OS-EC2/" + pair.access());
    }
}
