package cloud.haneul.placement;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.access.Access;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.data.Page;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What administrators and services may read of placement. */
@Component
public class PlacementBooks {
    private final Database database;
    private final Access access;

    @Inject
    PlacementBooks(Database database, Access access) {
        this.database = database;
        this.access = access;
    }

    /** Providers by name; {@code name} and {@code id} narrow it to one. */
    public List<Provider> providers(Caller caller, Optional<String> name, Optional<UUID> id) {
        access.require(caller, "placement:resource_providers:list", Map.of());
        return database.read(em -> em.createQuery(
                        "select p from Provider p where (:anyName = true or p.name = :name)"
                                + " and (:anyId = true or p.id = :id) order by p.name",
                        Provider.class)
                .setParameter("anyName", name.isEmpty())
                .setParameter("name", name.orElse(""))
                .setParameter("anyId", id.isEmpty())
                .setParameter("id", id.orElse(new UUID(0, 0)))
                .setMaxResults(10 * Page.MAX)
                .getResultList());
    }

    public Provider provider(Caller caller, UUID id) {
        access.require(caller, "placement:resource_providers:show", Map.of());
        return database.read(em -> find(em, id));
    }

    /** A provider's inventories by resource class, with their use. */
    public List<Inventory> inventories(Caller caller, UUID provider) {
        access.require(caller, "placement:resource_providers:inventories:list", Map.of());
        return database.read(em -> {
            find(em, provider);
            return em.createQuery(
                            "select i from Inventory i where i.providerId = :id order by i.resourceClass",
                            Inventory.class)
                    .setParameter("id", provider)
                    .getResultList();
        });
    }

    /** Who holds what of a provider. */
    public List<Allocation> allocationsOf(Caller caller, UUID provider) {
        access.require(caller, "placement:resource_providers:allocations:list", Map.of());
        return database.read(em -> {
            find(em, provider);
            return em.createQuery("select a from Allocation a where a.providerId = :id", Allocation.class)
                    .setParameter("id", provider)
                    .getResultList();
        });
    }

    /** What a consumer holds; empty when it is unknown, as the API has it. */
    public List<Allocation> allocations(Caller caller, UUID consumer) {
        access.require(caller, "placement:allocations:list", Map.of());
        return database.read(
                em -> em.createQuery("select a from Allocation a where a.consumerId = :id", Allocation.class)
                        .setParameter("id", consumer)
                        .getResultList());
    }

    public Optional<Consumer> consumer(UUID id) {
        return database.read(em -> Optional.ofNullable(em.find(Consumer.class, id)));
    }

    private static Provider find(EntityManager em, UUID id) {
        return Optional.ofNullable(em.find(Provider.class, id))
                .orElseThrow(() -> Fault.of(
                        Fault.Kind.NOT_FOUND,
                        "No resource provider with uuid " + id + " found : No resource provider with uuid " + id
                                + " found"));
    }
}
