package cloud.haneul.identity.rest;

import cloud.haneul.identity.IdentityProvider;
import cloud.haneul.identity.IdentityProviders;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code /OS-FEDERATION/identity_providers}. */
@Component
@Path("/identity/v3/OS-FEDERATION/identity_providers")
@Produces(MediaType.APPLICATION_JSON)
public class IdentityProvidersResource {
    static final String PATH = "/OS-FEDERATION/identity_providers/";

    private final IdentityProviders providers;

    @Inject
    IdentityProvidersResource(IdentityProviders providers) {
        this.providers = providers;
    }

    @GET
    public Map<String, Object> list(@BeanParam Call call) {
        Page page = call.page();
        List<IdentityProvider> rows = providers.list(call.caller(), call.query("id"), Body.flag(call, "enabled"), page);
        Map<String, Set<String>> remote =
                providers.remoteIds(rows.stream().map(IdentityProvider::id).toList());
        return View.page(
                call,
                "identity_providers",
                page,
                rows,
                IdentityProvider::id,
                provider -> view(call, provider, remote.getOrDefault(provider.id(), Set.of())));
    }

    @PUT
    @Path("{id}")
    public Response create(@BeanParam Call call, @PathParam("id") String id) {
        JsonIn in = call.json();
        JsonIn provider = in.object("identity_provider");
        Optional<String> domain = provider.optText("domain_id", 1, 64);
        IdentityProviders.Change change = change(provider);
        in.done();
        return Response.status(201)
                .entity(view(call, providers.create(call.caller(), id, domain, change)))
                .build();
    }

    @GET
    @Path("{id}")
    public Map<String, Object> show(@BeanParam Call call, @PathParam("id") String id) {
        return view(call, providers.get(call.caller(), id));
    }

    @PATCH
    @Path("{id}")
    public Map<String, Object> update(@BeanParam Call call, @PathParam("id") String id) {
        JsonIn in = call.json();
        IdentityProviders.Change change = change(in.object("identity_provider"));
        in.done();
        return view(call, providers.update(call.caller(), id, change));
    }

    @DELETE
    @Path("{id}")
    public void delete(@BeanParam Call call, @PathParam("id") String id) {
        providers.delete(call.caller(), id);
    }

    private static IdentityProviders.Change change(JsonIn in) {
        Optional<Optional<Integer>> ttl = in.has("authorization_ttl")
                ? Optional.of(in.optInteger("authorization_ttl", 0, 10_000_000))
                : Optional.empty();
        Optional<Set<String>> remote = in.isNull("remote_ids")
                ? Optional.of(Set.of())
                : in.optList("remote_ids", 100, one -> one.asText(1, 255)).map(LinkedHashSet::new);
        return new IdentityProviders.Change(
                in.optBool("enabled"), Body.clearable(in, "description", 65535), ttl, remote);
    }

    private Map<String, Object> view(Call call, IdentityProvider provider) {
        Set<String> remote = providers.remoteIds(List.of(provider.id())).getOrDefault(provider.id(), Set.of());
        return view(call, provider, remote).as("identity_provider");
    }

    private static View view(Call call, IdentityProvider provider, Set<String> remoteIds) {
        String self = call.baseUrl() + IdentityApi.V3 + PATH + provider.id();
        return View.of()
                .with("id", provider.id())
                .with("domain_id", provider.domainId())
                .with("description", provider.description())
                .with("enabled", provider.isEnabled())
                .with("remote_ids", remoteIds)
                .with("authorization_ttl", provider.authorizationTtl())
                .with("links", Map.of("self", self, "protocols", self + "/protocols"));
    }
}
