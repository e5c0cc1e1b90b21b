package cloud.haneul.identity.rest;

import cloud.haneul.identity.ServiceProvider;
import cloud.haneul.identity.ServiceProviders;
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
import java.util.Map;
import java.util.Optional;

/** {@code /OS-FEDERATION/service_providers}. */
@Component
@Path("/identity/v3/OS-FEDERATION/service_providers")
@Produces(MediaType.APPLICATION_JSON)
public class ServiceProvidersResource {
    private final ServiceProviders providers;

    @Inject
    ServiceProvidersResource(ServiceProviders providers) {
        this.providers = providers;
    }

    @GET
    public Map<String, Object> list(@BeanParam Call call) {
        Page page = call.page();
        return View.page(
                call,
                "service_providers",
                page,
                providers.list(call.caller(), call.query("id"), Body.flag(call, "enabled"), page),
                ServiceProvider::id,
                provider -> view(call, provider));
    }

    @PUT
    @Path("{id}")
    public Response create(@BeanParam Call call, @PathParam("id") String id) {
        JsonIn in = call.json();
        JsonIn provider = in.object("service_provider");
        String authUrl = provider.text("auth_url", 1, 256);
        String spUrl = provider.text("sp_url", 1, 256);
        ServiceProviders.Change change = change(provider);
        in.done();
        return Response.status(201)
                .entity(view(call, providers.create(call.caller(), id, authUrl, spUrl, change))
                        .as("service_provider"))
                .build();
    }

    @GET
    @Path("{id}")
    public Map<String, Object> show(@BeanParam Call call, @PathParam("id") String id) {
        return view(call, providers.get(call.caller(), id)).as("service_provider");
    }

    @PATCH
    @Path("{id}")
    public Map<String, Object> update(@BeanParam Call call, @PathParam("id") String id) {
        JsonIn in = call.json();
        ServiceProviders.Change change = change(in.object("service_provider"));
        in.done();
        return view(call, providers.update(call.caller(), id, change)).as("service_provider");
    }

    @DELETE
    @Path("{id}")
    public void delete(@BeanParam Call call, @PathParam("id") String id) {
        providers.delete(call.caller(), id);
    }

    private static ServiceProviders.Change change(JsonIn in) {
        Optional<String> prefix =
                in.isNull("relay_state_prefix") ? Optional.empty() : in.optText("relay_state_prefix", 0, 256);
        return new ServiceProviders.Change(
                in.optText("auth_url", 1, 256),
                in.optText("sp_url", 1, 256),
                Body.clearable(in, "description", 65535),
                in.optBool("enabled"),
                prefix);
    }

    private static View view(Call call, ServiceProvider provider) {
        return View.of()
                .with("id", provider.id())
                .with("auth_url", provider.authUrl())
                .with("sp_url", provider.spUrl())
                .with("description", provider.description())
                .with("enabled", provider.isEnabled())
                .with("relay_state_prefix", provider.relayStatePrefix())
                .self(call, "/OS-FEDERATION/service_providers/" + provider.id());
    }
}
