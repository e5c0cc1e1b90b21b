package cloud.haneul.identity;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.Ids;
import cloud.haneul.kernel.access.Access;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.data.Database.DuplicateKey;
import cloud.haneul.kernel.data.Page;
import cloud.haneul.kernel.event.Audit;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The use cases around registered limits: what any project may use of a resource. */
@Component
public class RegisteredLimits {
    private final Database database;
    private final Access access;
    private final Audit audit;

    @Inject
    RegisteredLimits(Database database, Access access, Audit audit) {
        this.database = database;
        this.access = access;
        this.audit = audit;
    }

    /**
     * What a registered limit shall be about, or shall become; empty is left as it is.
     *
     * @param region empty text for all regions
     * @param description empty text for none
     */
    public record Change(
            Optional<String> serviceId,
            Optional<String> region,
            Optional<String> resourceName,
            Optional<Integer> defaultLimit,
            Optional<String> description) {}

    /** Which are wanted. */
    public record Filter(Optional<String> serviceId, Optional<String> regionId, Optional<String> resourceName) {}

    /**
     * Registers all or none.
     *
     * @throws Fault CONFLICT when one is there already; BAD_REQUEST when a service or region is not
     */
    public List<RegisteredLimit> create(Caller caller, List<Change> wanted) {
        access.require(caller, "identity:create_registered_limits", Map.of());
        try {
            return database.write(em -> {
                List<RegisteredLimit> made = new ArrayList<>();
                for (Change one : wanted) {
                    RegisteredLimit limit = new RegisteredLimit(
                            Ids.newHexId(),
                            service(em, one.serviceId().orElseThrow()),
                            region(em, one.region().orElse("")),
                            Text.name("resource_name", one.resourceName().orElseThrow(), 255),
                            one.defaultLimit().orElseThrow());
                    one.description().ifPresent(text -> limit.describe(Text.description(text)));
                    em.persist(limit);
                    em.flush();
                    audit.success(
                            caller,
                            "identity:create_registered_limits",
                            "registered_limit",
                            limit.id(),
                            limit.resourceName());
                    made.add(limit);
                }
                return made;
            });
        } catch (DuplicateKey e) {
            throw duplicate();
        }
    }

    public RegisteredLimit get(Caller caller, String id) {
        access.require(caller, "identity:get_registered_limit", Map.of());
        return database.read(em -> existing(em, id));
    }

    public List<RegisteredLimit> list(Caller caller, Filter filter, Page page) {
        access.require(caller, "identity:list_registered_limits", Map.of());
        return database.read(em -> Rows.of(RegisteredLimit.class, "RegisteredLimit")
                .by("resourceName")
                .where("serviceId", filter.serviceId())
                .where("regionSpace", filter.regionId())
                .where("resourceName", filter.resourceName())
                .page(em, page, RegisteredLimit::resourceName));
    }

    /** @throws Fault FORBIDDEN while projects have limits of their own under it */
    public RegisteredLimit update(Caller caller, String id, Change change) {
        access.require(caller, "identity:update_registered_limit", Map.of());
        try {
            return database.write(em -> {
                RegisteredLimit limit = existing(em, id);
                requireUnused(em, id);
                limit.about(
                        change.serviceId().map(service -> service(em, service)).orElse(limit.serviceId()),
                        change.region().map(region -> region(em, region)).orElse(limit.regionSpace()),
                        change.resourceName()
                                .map(name -> Text.name("resource_name", name, 255))
                                .orElse(limit.resourceName()));
                change.defaultLimit().ifPresent(limit::limit);
                change.description().ifPresent(text -> limit.describe(Text.description(text)));
                audit.success(caller, "identity:update_registered_limit", "registered_limit", id, limit.resourceName());
                return limit;
            });
        } catch (DuplicateKey e) {
            throw duplicate();
        }
    }

    /** @throws Fault FORBIDDEN while projects have limits of their own under it */
    public void delete(Caller caller, String id) {
        access.require(caller, "identity:delete_registered_limit", Map.of());
        database.run(em -> {
            RegisteredLimit limit = existing(em, id);
            requireUnused(em, id);
            em.remove(limit);
            audit.success(caller, "identity:delete_registered_limit", "registered_limit", id, limit.resourceName());
        });
    }

    /** For a cascade: all limits of a service that goes. */
    static void forgetService(EntityManager em, String serviceId) {
        for (String entity : List.of("IdentityLimit", "RegisteredLimit")) {
            em.createQuery("delete from " + entity + " l where l.serviceId = :id")
                    .setParameter("id", serviceId)
                    .executeUpdate();
        }
    }

    static RegisteredLimit existing(EntityManager em, String id) {
        return Optional.ofNullable(em.find(RegisteredLimit.class, id))
                .orElseThrow(() -> Faults.notFound("registered limit for ID", id));
    }

    private static void requireUnused(EntityManager em, String id) {
        if (em.createQuery("select count(l) from IdentityLimit l where l.registeredId = :id", Long.class)
                        .setParameter("id", id)
                        .getSingleResult()
                > 0) {
            throw Fault.forbidden("Unable to update or delete registered limit " + id
                    + " because there are project limits associated with it.");
        }
    }

    private static String service(EntityManager em, String id) {
        if (em.find(Service.class, id) == null) {
            throw notThere("service_id", "registered_limit");
        }
        return id;
    }

    private static String region(EntityManager em, String id) {
        if (!id.isEmpty() && em.find(Region.class, id) == null) {
            throw notThere("region_id", "registered_limit");
        }
        return id;
    }

    static Fault notThere(String field, String in) {
        return Fault.badRequest(field, "Expecting to find " + field + " in " + in + ".");
    }

    private static Fault duplicate() {
        return Fault.conflict("Conflict occurred attempting to store registered_limit - Duplicate entry.");
    }
}
