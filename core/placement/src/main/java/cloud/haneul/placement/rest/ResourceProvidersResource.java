package cloud.haneul.placement.rest;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.Ids;
import cloud.haneul.kernel.rest.Call;
import cloud.haneul.placement.Allocation;
import cloud.haneul.placement.Inventory;
import cloud.haneul.placement.PlacementBooks;
import cloud.haneul.placement.Provider;
import cloud.haneul.placement.Stock;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Placement API, what can be read of resource providers and allocations; hosts and servers write them. */
@Component
@Path("/placement")
@Produces(MediaType.APPLICATION_JSON)
public class ResourceProvidersResource {
    private final PlacementBooks books;

    @Inject
    ResourceProvidersResource(PlacementBooks books) {
        this.books = books;
    }

    @GET
    @Path("resource_providers")
    public Object list(@BeanParam Call call) {
        return Map.of(
                "resource_providers",
                books.providers(call.caller(), call.query("name"), call.queryUuid("uuid")).stream()
                        .map(p -> view(call, p))
                        .toList());
    }

    @GET
    @Path("resource_providers/{id}")
    public Object show(@BeanParam Call call, @PathParam("id") String id) {
        return view(call, books.provider(call.caller(), id(id)));
    }

    @GET
    @Path("resource_providers/{id}/inventories")
    public Object inventories(@BeanParam Call call, @PathParam("id") String id) {
        Map<String, Object> byClass = new TreeMap<>();
        for (Inventory inventory : books.inventories(call.caller(), id(id))) {
            Stock stock = inventory.stock();
            Map<String, Object> view = new LinkedHashMap<>();
            view.put("total", stock.total());
            view.put("reserved", stock.reserved());
            view.put("min_unit", stock.minUnit());
            view.put("max_unit", stock.maxUnit());
            view.put("step_size", stock.stepSize());
            view.put("allocation_ratio", stock.allocationRatio());
            byClass.put(inventory.resourceClass(), view);
        }
        return Map.of("resource_provider_generation", generation(call, id), "inventories", byClass);
    }

    @GET
    @Path("resource_providers/{id}/usages")
    public Object usages(@BeanParam Call call, @PathParam("id") String id) {
        Map<String, Object> byClass = new TreeMap<>();
        books.inventories(call.caller(), id(id)).forEach(i -> byClass.put(i.resourceClass(), i.used()));
        return Map.of("resource_provider_generation", generation(call, id), "usages", byClass);
    }

    @GET
    @Path("resource_providers/{id}/traits")
    public Object traits(@BeanParam Call call, @PathParam("id") String id) {
        Provider provider = books.provider(call.caller(), id(id));
        return Map.of("resource_provider_generation", provider.generation(), "traits", provider.traits());
    }

    @GET
    @Path("resource_providers/{id}/allocations")
    public Object allocationsOf(@BeanParam Call call, @PathParam("id") String id) {
        Map<String, Map<String, Map<String, Long>>> byConsumer = new TreeMap<>();
        for (Allocation a : books.allocationsOf(call.caller(), id(id))) {
            byConsumer
                    .computeIfAbsent(a.consumerId().toString(), c -> new TreeMap<>())
                    .computeIfAbsent("resources", r -> new TreeMap<>())
                    .put(a.resourceClass(), a.used());
        }
        return Map.of("resource_provider_generation", generation(call, id), "allocations", byConsumer);
    }

    @GET
    @Path("allocations/{consumer}")
    public Object allocations(@BeanParam Call call, @PathParam("consumer") String consumer) {
        UUID id = Ids.parse(consumer)
                .orElseThrow(() -> Fault.badRequest("consumer", "Expected a uuid but received " + consumer + "."));
        Map<String, Map<String, Map<String, Long>>> byProvider = new TreeMap<>();
        List<Allocation> held = books.allocations(call.caller(), id);
        for (Allocation a : held) {
            byProvider
                    .computeIfAbsent(a.providerId().toString(), p -> new TreeMap<>())
                    .computeIfAbsent("resources", r -> new TreeMap<>())
                    .put(a.resourceClass(), a.used());
        }
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("allocations", byProvider);
        if (call.isAtLeast("1.12")) {
            books.consumer(id).ifPresent(c -> {
                view.put("project_id", c.projectId());
                view.put("user_id", c.userId());
            });
        }
        return view;
    }

    private long generation(Call call, String id) {
        return books.provider(call.caller(), id(id)).generation();
    }

    private static Map<String, Object> view(Call call, Provider provider) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("uuid", provider.id());
        view.put("name", provider.name());
        view.put("generation", provider.generation());
        if (call.isAtLeast("1.14")) {
            view.put("root_provider_uuid", provider.id());
            view.put("parent_provider_uuid", null);
        }
        view.put(
                "links",
                List.of(
                        Map.of("rel", "self", "href", "/placement/resource_providers/" + provider.id()),
                        Map.of(
                                "rel",
                                "inventories",
                                "href",
                                "/placement/resource_providers/" + provider.id() + "/inventories"),
                        Map.of("rel", "usages", "href", "/placement/resource_providers/" + provider.id() + "/usages")));
        return view;
    }

    private static UUID id(String text) {
        return Ids.parse(text)
                .orElseThrow(() -> Fault.of(Fault.Kind.NOT_FOUND, "No resource provider with uuid " + text + " found"));
    }
}
