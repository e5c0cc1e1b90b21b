package cloud.haneul.identity;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.List;

/**
 * Keeps limits in the order of the tree, where {@link LimitModel#STRICT_TWO_LEVEL} asks for it: no project's above its
 * domain's. The domain's row is locked while one looks, so that two changes cannot pass one another.
 */
@Component
class LimitTree {

    /** @throws Fault FORBIDDEN when a limit that was just written is too high below its domain, or too low above a project */
    void check(EntityManager em, Limit limit) {
        if (LimitModel.current() == LimitModel.FLAT) {
            return;
        }
        Project owner = Projects.existing(em, limit.ownerId());
        em.find(Project.class, owner.rootId(), LockModeType.PESSIMISTIC_WRITE);
        boolean fits = owner.isDomain()
                ? limits(em, limit.registeredId(), owner.id()).stream()
                        .allMatch(child -> within(child, limit.resourceLimit()))
                : within(limit.resourceLimit(), above(em, limit, owner.rootId()));
        if (!fits) {
            throw Fault.forbidden("Invalid resource limit: The resource limit ("
                    + (owner.isDomain() ? "domain_id: " : "project_id: ") + owner.id() + ", resource_name: "
                    + limit.resourceName() + ", resource_limit: " + limit.resourceLimit() + ", service_id: "
                    + limit.serviceId() + ", region_id: "
                    + limit.regionId().orElse("None") + ") doesn't satisfy current hierarchy model.");
        }
    }

    private static int above(EntityManager em, Limit limit, String domainId) {
        return em
                .createQuery(
                        "select l.resourceLimit from IdentityLimit l where l.registeredId = :registered and l.ownerId = :domain",
                        Integer.class)
                .setParameter("registered", limit.registeredId())
                .setParameter("domain", domainId)
                .getResultList()
                .stream()
                .findFirst()
                .orElseGet(() ->
                        RegisteredLimits.existing(em, limit.registeredId()).defaultLimit());
    }

    private static List<Integer> limits(EntityManager em, String registeredId, String domainId) {
        return em.createQuery(
                        "select l.resourceLimit from IdentityLimit l where l.registeredId = :registered"
                                + " and l.ownerId in (select p.id from Project p where p.domainId = :domain)",
                        Integer.class)
                .setParameter("registered", registeredId)
                .setParameter("domain", domainId)
                .getResultList();
    }

    /** -1 is unlimited. */
    private static boolean within(int lower, int upper) {
        return upper < 0 || lower >= 0 && lower <= upper;
    }
}
