package cloud.haneul.identity.rest;

import cloud.haneul.identity.Consumers;
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

/** {@code /OS-OAUTH1/consumers}. */
@Component
@Path("/identity/v3/OS-OAUTH1/consumers")
@Produces(MediaType.APPLICATION_JSON)
public class ConsumersResource {
    private static final int LONG = 65_535;
    private static final Set<String> KNOWN = Set.of("id", "description", "secret", "links");

    private final Consumers consumers;

    @Inject
    ConsumersResource(Consumers consumers) {
        this.consumers = consumers;
    }

    @GET
    public Map<String, Object> list(@BeanParam Call call) {
        Page page = call.page();
        return View.page(
                call,
                "consumers",
                page,
                consumers.list(call.caller(), page),
                Consumers.Shown::id,
                consumer -> view(call, consumer));
    }

    @POST
    public Response create(@BeanParam Call call) {
        JsonIn in = call.json().object("consumer");
        noSecret(in);
        Consumers.Shown made =
                consumers.create(call.caller(), in.optText("description", 0, LONG), Body.extra(in, KNOWN));
        return Response.status(201).entity(view(call, made).as("consumer")).build();
    }

    @GET
    @Path("{id}")
    public Map<String, Object> show(@BeanParam Call call, @PathParam("id") String id) {
        return view(call, consumers.get(call.caller(), id)).as("consumer");
    }

    @PATCH
    @Path("{id}")
    public Map<String, Object> update(@BeanParam Call call, @PathParam("id") String id) {
        JsonIn in = call.json().object("consumer");
        noSecret(in);
        Body.fixed(in, "id", Optional.of(id));
        return view(
                        call,
                        consumers.update(
                                call.caller(), id, Body.clearable(in, "description", LONG), Body.extra(in, KNOWN)))
                .as("consumer");
    }

    @DELETE
    @Path("{id}")
    public void delete(@BeanParam Call call, @PathParam("id") String id) {
        consumers.delete(call.caller(), id);
    }

    /** Secrets are made here, and once. */
    private static void noSecret(JsonIn in) {
        if (in.has("secret")) {
            throw in.invalid("secret", "cannot be chosen or changed");
        }
    }

    private static View view(Call call, Consumers.Shown consumer) {
        return View.of()
                .with("id", consumer.id())
                .with("description", consumer.description())
                .ifPresent("secret", consumer.secret())
                .self(call, "/OS-OAUTH1/consumers/" + consumer.id())
                .extra(consumer.extra());
    }
}
