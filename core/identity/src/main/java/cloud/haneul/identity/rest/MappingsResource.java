package cloud.haneul.identity.rest;

import cloud.haneul.identity.Mapping;
import cloud.haneul.identity.Mappings;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.data.Page;
import cloud.haneul.kernel.rest.Call;
import cloud.haneul.kernel.rest.JsonIn;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /OS-FEDERATION/mappings}. */
@Component
@Path("/identity/v3/OS-FEDERATION/mappings")
@Produces(MediaType.APPLICATION_JSON)
public class MappingsResource {
    private final Mappings mappings;

    @Inject
    MappingsResource(Mappings mappings) {
        this.mappings = mappings;
    }

    @GET
    public Map<String, Object> list(@BeanParam Call call) {
        Page page = call.page();
        return View.page(
                call,
                "mappings",
                page,
                mappings.list(call.caller(), page),
                Mapping::id,
                mapping -> view(call, mapping));
    }

    @PUT
    @Path("{id}")
    public Response create(@BeanParam Call call, @PathParam("id") String id) {
        JsonIn in = call.json().object("mapping");
        List<Map<String, Object>> rules = rules(in).orElseThrow(() -> in.invalid("rules", "is a required property"));
        Mapping mapping = mappings.create(call.caller(), id, rules, version(in).orElse("1.0"));
        return Response.status(201).entity(view(call, mapping).as("mapping")).build();
    }

    @GET
    @Path("{id}")
    public Map<String, Object> show(@BeanParam Call call, @PathParam("id") String id) {
        return view(call, mappings.get(call.caller(), id)).as("mapping");
    }

    @PATCH
    @Path("{id}")
    public Map<String, Object> update(@BeanParam Call call, @PathParam("id") String id) {
        JsonIn in = call.json().object("mapping");
        return view(call, mappings.update(call.caller(), id, rules(in), version(in)))
                .as("mapping");
    }

    @DELETE
    @Path("{id}")
    public void delete(@BeanParam Call call, @PathParam("id") String id) {
        mappings.delete(call.caller(), id);
    }

    private static Optional<String> version(JsonIn in) {
        return in.optText("schema_version", 1, 5);
    }

    @SuppressWarnings("unchecked")
    private static Optional<List<Map<String, Object>>> rules(JsonIn in) {
        return in.optList(
                "rules", 1000, rule -> (Map<String, Object>) rule.asObject().asAny());
    }

    private static View view(Call call, Mapping mapping) {
        return View.of()
                .with("id", mapping.id())
                .with("rules", mapping.rules())
                .with("schema_version", mapping.schemaVersion())
                .self(call, "/OS-FEDERATION/mappings/" + mapping.id());
    }
}
