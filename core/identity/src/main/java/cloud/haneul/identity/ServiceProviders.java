package cloud.haneul.identity;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.access.Access;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.data.Database.DuplicateKey;
import cloud.haneul.kernel.data.Page;
import cloud.haneul.kernel.event.Audit;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The use cases around service providers: other clouds. */
@Component
public class ServiceProviders {
    private final Database database;
    private final Access access;
    private final Audit audit;

    @Inject
    ServiceProviders(Database database, Access access, Audit audit) {
        this.database = database;
        this.access = access;
        this.audit = audit;
    }

    /**
     * What a service provider shall be, or shall become; empty is left as it is, or as usual.
     *
     * @param description empty text for none
     */
    public record Change(
            Optional<String> authUrl,
            Optional<String> spUrl,
            Optional<String> description,
            Optional<Boolean> enabled,
            Optional<String> relayStatePrefix) {}

    /** @throws Fault CONFLICT when there is one of that id */
    public ServiceProvider create(Caller caller, String id, String authUrl, String spUrl, Change wanted) {
        access.require(caller, "identity:create_service_provider", Map.of());
        Text.name("id", id, 64);
        try {
            return database.write(em -> {
                if (em.find(ServiceProvider.class, id) != null) {
                    throw IdentityProviders.duplicate("service_provider", id);
                }
                ServiceProvider provider = new ServiceProvider(id, authUrl, spUrl);
                apply(provider, wanted);
                em.persist(provider);
                audit.success(caller, "identity:create_service_provider", "service_provider", id, id);
                return provider;
            });
        } catch (DuplicateKey e) {
            throw IdentityProviders.duplicate("service_provider", id);
        }
    }

    public ServiceProvider get(Caller caller, String id) {
        access.require(caller, "identity:get_service_provider", Map.of());
        return database.read(em -> existing(em, id));
    }

    public List<ServiceProvider> list(Caller caller, Optional<String> id, Optional<Boolean> enabled, Page page) {
        access.require(caller, "identity:list_service_providers", Map.of());
        return database.read(em -> Rows.of(ServiceProvider.class, "ServiceProvider")
                .by("id")
                .where("id", id)
                .where("enabled", enabled)
                .page(em, page, ServiceProvider::id));
    }

    public ServiceProvider update(Caller caller, String id, Change change) {
        access.require(caller, "identity:update_service_provider", Map.of());
        return database.write(em -> {
            ServiceProvider provider = existing(em, id);
            apply(provider, change);
            audit.success(caller, "identity:update_service_provider", "service_provider", id, id);
            return provider;
        });
    }

    public void delete(Caller caller, String id) {
        access.require(caller, "identity:delete_service_provider", Map.of());
        database.run(em -> {
            em.remove(existing(em, id));
            audit.success(caller, "identity:delete_service_provider", "service_provider", id, id);
        });
    }

    private static void apply(ServiceProvider provider, Change change) {
        provider.urls(
                change.authUrl().map(url -> url("auth_url", url)),
                change.spUrl().map(url -> url("sp_url", url)));
        change.description().ifPresent(text -> provider.describe(Text.description(text)));
        change.enabled().ifPresent(provider::enable);
        change.relayStatePrefix()
                .ifPresent(prefix -> provider.relayStatePrefix(Text.max("relay_state_prefix", prefix, 256)));
    }

    private static String url(String field, String url) {
        if (!url.matches("(?i)https?://[^\\s<>\"]+")) {
            throw Fault.badRequest(field, "Invalid input for field '" + field + "': it must be an http(s) address.");
        }
        return Text.max(field, url, 256);
    }

    private static ServiceProvider existing(EntityManager em, String id) {
        return Optional.ofNullable(em.find(ServiceProvider.class, id))
                .orElseThrow(() -> Faults.notFound("Service Provider", id));
    }
}
