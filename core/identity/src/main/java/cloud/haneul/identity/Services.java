package cloud.haneul.identity;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Ids;
import cloud.haneul.kernel.access.Access;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.data.Page;
import cloud.haneul.kernel.event.Audit;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The use cases around the services of the catalogue. */
@Component
public class Services {
    private static final int NAME = 255;

    private final Database database;
    private final Access access;
    private final Revocations revocations;
    private final Audit audit;

    @Inject
    Services(Database database, Access access, Revocations revocations, Audit audit) {
        this.database = database;
        this.access = access;
        this.revocations = revocations;
        this.audit = audit;
    }

    /** What a service shall be, or shall become; empty is left as it is, or as usual. */
    public record ServiceChange(
            Optional<String> type,
            Optional<String> name,
            Optional<String> description,
            Optional<Boolean> enabled,
            Map<String, Object> extra) {}

    public Service create(Caller caller, String type, ServiceChange wanted) {
        access.require(caller, "identity:create_service", Map.of());
        Text.name("type", type, NAME);
        return database.write(em -> {
            Service service = new Service(Ids.newHexId(), type, "", false);
            apply(service, wanted);
            em.persist(service);
            changed(caller, "identity:create_service", service);
            return service;
        });
    }

    public Service get(Caller caller, String id) {
        access.require(caller, "identity:get_service", Map.of());
        return database.read(em -> existing(em, id));
    }

    public List<Service> list(Caller caller, Optional<String> type, Optional<String> name) {
        access.require(caller, "identity:list_services", Map.of());
        return database.read(em -> Rows.of(Service.class, "IdentityService")
                .where("type", type)
                .where("name", name)
                .page(em, Page.all(), Service::name));
    }

    public Service update(Caller caller, String id, ServiceChange change) {
        access.require(caller, "identity:update_service", Map.of());
        return database.write(em -> {
            Service service = existing(em, id);
            apply(service, change);
            service.adopt();
            changed(caller, "identity:update_service", service);
            return service;
        });
    }

    /** Its endpoints go with it. A service that this program itself serves comes back at the next start. */
    public void delete(Caller caller, String id) {
        access.require(caller, "identity:delete_service", Map.of());
        database.run(em -> {
            Service service = existing(em, id);
            remove(em, service);
            changed(caller, "identity:delete_service", service);
        });
    }

    static void remove(EntityManager em, Service service) {
        RegisteredLimits.forgetService(em, service.id());
        Policies.forget(em, "serviceId", service.id());
        for (String endpoint : em.createQuery(
                        "select e.id from IdentityEndpoint e where e.serviceId = :id", String.class)
                .setParameter("id", service.id())
                .getResultList()) {
            Policies.forget(em, "endpointId", endpoint);
            EndpointFilters.forgetThing(em, endpoint);
        }
        em.createQuery("delete from IdentityEndpoint e where e.serviceId = :id")
                .setParameter("id", service.id())
                .executeUpdate();
        em.remove(service);
    }

    static Service existing(EntityManager em, String id) {
        return Optional.ofNullable(em.find(Service.class, id)).orElseThrow(() -> Faults.notFound("service", id));
    }

    private static void apply(Service service, ServiceChange change) {
        change.type().ifPresent(type -> service.type(Text.name("type", type, NAME)));
        change.name().ifPresent(name -> service.rename(Text.max("name", name, NAME)));
        change.description().ifPresent(text -> service.describe(Text.description(text)));
        change.enabled().ifPresent(service::enable);
        service.extra(Text.merged(service.extra(), change.extra()));
    }

    private void changed(Caller caller, String rule, Service service) {
        revocations.stale(Catalog.ID);
        audit.success(caller, rule, "service", service.id(), service.name());
    }
}
