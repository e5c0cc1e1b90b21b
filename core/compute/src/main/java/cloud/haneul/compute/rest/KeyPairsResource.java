package cloud.haneul.compute.rest;

import cloud.haneul.compute.KeyPair;
import cloud.haneul.compute.KeyPairs;
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
        List<?> shown =
                rows.stream().map(pair -> Map.of("keypair", view(call, pair))).toList();
        return call.isAtLeast("2.35")
                ? call.links().list("keypairs", page, rows, KeyPair::name, shown)
                : Map.of("keypairs", shown);
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
        Map<String, Object> view = view(call, made.keyPair());
        view.put("user_id", made.keyPair().userId());
        made.privateKey().ifPresent(key -> view.put("private_key", key));
        return Response.status(call.isAtLeast("2.2") ? 201 : 200)
                .entity(Map.of("keypair", view))
                .build();
    }

    @GET
    @Path("{name}")
    public Object show(@BeanParam Call call, @PathParam("name") String name) {
        KeyPair pair = keyPairs.show(call.caller(), user(call), name);
        Map<String, Object> view = view(call, pair);
        view.putAll(
                Map.of("id", pair.id(), "user_id", pair.userId(), "created_at", pair.createdAt(), "deleted", false));
        return Map.of("keypair", view);
    }

    @DELETE
    @Path("{name}")
    public Response delete(@BeanParam Call call, @PathParam("name") String name) {
        keyPairs.delete(call.caller(), user(call), name);
        return Response.status(call.isAtLeast("2.2") ? 204 : 202).build();
    }

    /** What every answer shows of a pair; to it comes what only some do. */
    private static Map<String, Object> view(Call call, KeyPair pair) {
        Map<String, Object> view = new LinkedHashMap<>(
                Map.of("name", pair.name(), "public_key", pair.publicKey(), "fingerprint", pair.fingerprint()));
        if (call.isAtLeast("2.2")) {
            view.put("type", pair.type());
        }
        return view;
    }

    private static String user(Call call) {
        return call.query("user_id").orElse(call.caller().userId());
    }
}
