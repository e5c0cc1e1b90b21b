package cloud.haneul.compute.rest;

import cloud.haneul.compute.KeyPair;
import cloud.haneul.compute.KeyPairs;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.data.Page;
import cloud.haneul.kernel.rest.Call;
import cloud.haneul.kernel.rest.JsonIn;
import cloud.haneul.kernel.rest.Links.Link;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compute API, "Keypairs". */
@Component
@Path(ComputeApi.ROOT + "/os-keypairs")
@Produces(MediaType.APPLICATION_JSON)
public class KeyPairsResource {
    private final KeyPairs keyPairs;

    @Inject
    KeyPairsResource(KeyPairs keyPairs) {
        this.keyPairs = keyPairs;
    }

    @GET
    public Object list(@BeanParam Call call) {
        Page page = call.page();
        List<KeyPair> rows = keyPairs.list(call.caller(), user(call), page);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("keypairs", rows.stream().map(KeyPairView::brief).toList());
        List<Link> next = call.isAtLeast("2.35") ? call.links().next(page, rows, KeyPair::name) : List.of();
        if (!next.isEmpty()) {
            answer.put("keypairs_links", next);
        }
        return answer;
    }

    @POST
    public Response create(@BeanParam Call call) {
        JsonIn body = call.json();
        JsonIn in = body.object("keypair");
        String name = in.name("name", 1, 255);
        Optional<String> publicKey = in.optText("public_key", 1, 16_384);
        if (in.optOneOf("type", "ssh", "x509").orElse("ssh").equals("x509")) {
            throw Fault.badRequest("type", "Key pairs of type x509 are not supported; use ssh.");
        }
        String user = in.optText("user_id", 1, 64).orElse(call.caller().userId());
        body.done();
        // made by the server until 2.91; from 2.92 on the client must bring one
        if (publicKey.isEmpty() && call.isAtLeast("2.92")) {
            throw Fault.badRequest(
                    "public_key", "Invalid input for field/attribute keypair. 'public_key' is a required property");
        }
        KeyPairs.Created made = keyPairs.create(call.caller(), user, name, publicKey);
        return Response.status(call.isAtLeast("2.2") ? 201 : 200)
                .entity(KeyPairView.made(made.keyPair(), made.privateKey().orElse(null)))
                .build();
    }

    @GET
    @Path("{name}")
    public Object show(@BeanParam Call call, @PathParam("name") String name) {
        return KeyPairView.full(keyPairs.show(call.caller(), user(call), name));
    }

    @DELETE
    @Path("{name}")
    public Response delete(@BeanParam Call call, @PathParam("name") String name) {
        keyPairs.delete(call.caller(), user(call), name);
        return Response.status(call.isAtLeast("2.2") ? 204 : 202).build();
    }

    private static String user(Call call) {
        return call.query("user_id").orElse(call.caller().userId());
    }
}
