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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The use cases around limits: what one project or domain may use of a resource. */
@Component
public class Limits {
    private final Database database;
    private final Access access;
    private final LimitTree tree;
    private final Audit audit;

    @Inject
    Limits(Database database, Access access, LimitTree tree, Audit audit) {
        this.database = database;
        this.access = access;
        this.tree = tree;
        this.audit = audit;
    }

    /**
     * A limit that is wanted for a project or for a domain.
     *
     * @param regionId empty for all regions
     */
    public record NewLimit(
            Optional<String> projectId,
            Optional<String> domainId,
            String serviceId,
            Optional<String> regionId,
            String resourceName,
            int resourceLimit,
            Optional<String> description) {}

    /** Which are wanted. */
    public record Filter(
            Optional<String> projectId,
            Optional<String> domainId,
            Optional<String> serviceId,
            Optional<String> regionId,
            Optional<String> resourceName) {}

    /** How limits of projects and domains hang together in this cloud. */
    public LimitModel model(Caller caller) {
        access.require(caller, "identity:get_limit_model", Map.of());
        return LimitModel.current();
    }

    /**
     * Makes all or none.
     *
     * @throws Fault FORBIDDEN when nothing of that kind is registered, or when the tree of projects does not allow it; CONFLICT
     *     when the project has one; BAD_REQUEST when the project or domain is not there
     */
    public List<Limit> create(Caller caller, List<NewLimit> wanted) {
        access.require(caller, "identity:create_limits", Map.of());
        try {
            return database.write(em -> {
                List<Limit> made = new ArrayList<>();
                for (NewLimit one : wanted) {
                    Limit limit = new Limit(Ids.newHexId(), registered(em, one), owner(em, one), one.resourceLimit());
                    one.description().ifPresent(text -> limit.describe(Text.description(text)));
                    em.persist(limit);
                    em.flush();
                    audit.success(caller, "identity:create_limits", "limit", limit.id(), limit.resourceName());
                    made.add(limit);
                }
                // only now: what a child may have can depend on what its domain is given by the same request
                made.forEach(limit -> tree.check(em, limit));
                return made;
            });
        } catch (DuplicateKey e) {
            throw Fault.conflict("Conflict occurred attempting to store limit - Duplicate entry.");
        }
    }

    public Limit get(Caller caller, String id) {
        Optional<Limit> limit = database.read(em -> Optional.ofNullable(em.find(Limit.class, id)));
        access.require(caller, "identity:get_limit", database.read(em -> target(em, limit)));
        return limit.orElseThrow(() -> Faults.notFound("limit for ID", id));
    }

    /** Those of the whole cloud for its administrators and readers, else those of the caller's domain or project. */
    public List<Limit> list(Caller caller, Filter filter, Page page) {
        access.require(caller, "identity:list_limits", Map.of());
        return database.read(em -> {
            Rows<Limit> rows = Rows.of(Limit.class, "IdentityLimit")
                    .by("resourceName")
                    .where("ownerId", filter.projectId().or(filter::domainId))
                    .where("serviceId", filter.serviceId())
                    .where("regionSpace", filter.regionId())
                    .where("resourceName", filter.resourceName());
            filter.projectId().ifPresent(id -> rows.and("r.domainLimit = false"));
            filter.domainId().ifPresent(id -> rows.and("r.domainLimit = true"));
            if (!access.allowed(caller, "identity:get_limit", Map.of())) {
                if (caller.domainId().isPresent()) {
                    rows.and(
                            "(r.ownerId = :own or r.ownerId in (select p.id from Project p where p.domainId = :own))",
                            "own",
                            caller.domainId().get());
                } else {
                    rows.and("r.ownerId = :own", "own", caller.projectId().orElse(""));
                }
            }
            return rows.page(em, page, Limit::resourceName);
        });
    }

    /** @param description empty text for none */
    public Limit update(Caller caller, String id, Optional<Integer> most, Optional<String> description) {
        access.require(caller, "identity:update_limit", Map.of());
        return database.write(em -> {
            Limit limit = existing(em, id);
            most.ifPresent(limit::limit);
            description.ifPresent(text -> limit.describe(Text.description(text)));
            em.flush();
            tree.check(em, limit);
            audit.success(caller, "identity:update_limit", "limit", id, limit.resourceName());
            return limit;
        });
    }

    public void delete(Caller caller, String id) {
        access.require(caller, "identity:delete_limit", Map.of());
        database.run(em -> {
            Limit limit = existing(em, id);
            em.remove(limit);
            audit.success(caller, "identity:delete_limit", "limit", id, limit.resourceName());
        });
    }

    private static Limit existing(EntityManager em, String id) {
        return Optional.ofNullable(em.find(Limit.class, id)).orElseThrow(() -> Faults.notFound("limit for ID", id));
    }

    private static RegisteredLimit registered(EntityManager em, NewLimit wanted) {
        if (em.find(Service.class, wanted.serviceId()) == null) {
            throw RegisteredLimits.notThere("service_id", "limit");
        }
        wanted.regionId().filter(id -> em.find(Region.class, id) == null).ifPresent(id -> {
            throw RegisteredLimits.notThere("region_id", "limit");
        });
        return em
                .createQuery(
                        "select r from RegisteredLimit r where r.serviceId = :service and r.regionSpace = :region"
                                + " and r.resourceName = :name",
                        RegisteredLimit.class)
                .setParameter("service", wanted.serviceId())
                .setParameter("region", wanted.regionId().orElse(""))
                .setParameter("name", wanted.resourceName())
                .getResultList()
                .stream()
                .findFirst()
                .orElseThrow(
                        () -> Fault.forbidden("Unable to create a limit that has no corresponding registered limit."));
    }

    private static Project owner(EntityManager em, NewLimit wanted) {
        if (wanted.projectId().isPresent()) {
            return Optional.ofNullable(em.find(Project.class, wanted.projectId().get()))
                    .orElseThrow(() -> RegisteredLimits.notThere("project_id", "limit"));
        }
        return wanted.domainId()
                .map(id -> em.find(Project.class, id))
                .filter(Project::isDomain)
                .orElseThrow(() -> RegisteredLimits.notThere("domain_id", "limit"));
    }

    private static Map<String, ?> target(EntityManager em, Optional<Limit> limit) {
        Map<String, Object> attributes = new HashMap<>();
        limit.flatMap(Limit::projectId).ifPresent(id -> {
            attributes.put("project_id", id);
            Projects.existing(em, id)
                    .domainId()
                    .ifPresent(domain -> attributes.put("project", Map.of("id", id, "domain_id", domain)));
        });
        limit.flatMap(Limit::domainId).ifPresent(id -> {
            attributes.put("domain_id", id);
            attributes.put("domain", Map.of("id", id));
        });
        return Map.of("target", Map.of("limit", attributes));
    }
}
