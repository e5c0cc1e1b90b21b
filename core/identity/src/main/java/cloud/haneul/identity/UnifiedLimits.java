package cloud.haneul.identity;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.quota.LimitSource;
import cloud.haneul.kernel.quota.Quotas;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Gives the limits that are kept here to the quotas of all services. A registered limit is about a quota when its service is of
 * a type that the program serves and its resource is called as the service calls it, or as OpenStack's unified limits do; one
 * of this installation's region goes before one of all regions.
 */
@Component
class UnifiedLimits implements LimitSource {
    private final Instance<Quotas> quotas;
    private final LimitTree tree;

    /** @param quotas asked for late, for they ask for us */
    @Inject
    UnifiedLimits(Instance<Quotas> quotas, LimitTree tree) {
        this.quotas = quotas;
        this.tree = tree;
    }

    private record Row(String resource, RegisteredLimit registered, Optional<Limit> own) {}

    @Override
    public LimitSource.Limits limits(EntityManager em, String projectId, Set<String> resources) {
        Map<String, Long> defaults = new HashMap<>();
        Map<String, Long> own = new HashMap<>();
        for (Row row : rows(em, projectId, resources)) {
            defaults.put(row.resource, (long) row.registered.defaultLimit());
            row.own.ifPresent(limit -> own.put(row.resource, (long) limit.resourceLimit()));
        }
        return new LimitSource.Limits(defaults, own);
    }

    @Override
    public Map<String, String> shortages(EntityManager em, String projectId, Map<String, Long> amounts) {
        Map<String, String> shortages = new TreeMap<>();
        boolean more = amounts.values().stream().anyMatch(amount -> amount > 0);
        if (!more || LimitModel.current() == LimitModel.FLAT) {
            return shortages;
        }
        Optional<String> domain =
                Optional.ofNullable(em.find(Project.class, projectId)).map(Project::rootId);
        if (domain.isEmpty()) {
            return shortages;
        }
        List<Row> rows = new ArrayList<>(rows(em, domain.get(), amounts.keySet()));
        rows.sort(Comparator.comparing(Row::resource));
        for (Row row : rows) {
            row.own.filter(limit -> limit.resourceLimit() >= 0).ifPresent(limit -> {
                // whoever takes something in this domain waits here until the one before has committed
                em.find(Limit.class, limit.id(), LockModeType.PESSIMISTIC_WRITE);
                long used = used(em, domain.get(), row.resource);
                long amount = amounts.get(row.resource);
                if (amount > 0 && used + amount > limit.resourceLimit()) {
                    shortages.put(
                            row.resource,
                            "requested " + amount + ", but the domain already used " + used + " of "
                                    + limit.resourceLimit() + " " + row.resource);
                }
            });
        }
        return shortages;
    }

    @Override
    public boolean change(EntityManager em, Optional<String> projectId, String resource, long limit) {
        List<Row> rows = rows(em, projectId.orElse(""), Set.of(resource));
        if (rows.isEmpty()) {
            return false;
        }
        int most = number(resource, limit);
        Row row = rows.get(rows.size() - 1);
        if (projectId.isEmpty()) {
            row.registered.limit(most);
            return true;
        }
        row.own.ifPresent(own -> {
            own.limit(most);
            em.flush();
            tree.check(em, own);
        });
        return row.own.isPresent();
    }

    @Override
    public void forget(EntityManager em, String projectId, Set<String> resources) {
        rows(em, projectId, resources).forEach(row -> row.own.ifPresent(em::remove));
    }

    /** Those of this region last. */
    private List<Row> rows(EntityManager em, String ownerId, Set<String> resources) {
        List<Row> rows = new ArrayList<>();
        for (Object[] found : em.createQuery(
                        "select s.type, r, l from RegisteredLimit r join IdentityService s on s.id = r.serviceId"
                                + " left join IdentityLimit l on l.registeredId = r.id and l.ownerId = :owner"
                                + " where r.regionSpace in ('', :region) order by r.regionSpace, r.id",
                        Object[].class)
                .setParameter("owner", ownerId)
                .setParameter("region", IdentitySettings.REGION.get())
                .getResultList()) {
            RegisteredLimit registered = (RegisteredLimit) found[1];
            quotas.get()
                    .resource((String) found[0], registered.resourceName())
                    .filter(resources::contains)
                    .ifPresent(
                            resource -> rows.add(new Row(resource, registered, Optional.ofNullable((Limit) found[2]))));
        }
        return rows;
    }

    private static long used(EntityManager em, String domainId, String resource) {
        return ((Number) em.createNativeQuery("select coalesce(sum(u.used), 0) from kernel_quota_usage u"
                                + " where u.resource = ?1 and u.project_id in"
                                + " (select p.id from identity_project p where p.id = ?2 or p.domain_id = ?2)")
                        .setParameter(1, resource)
                        .setParameter(2, domainId)
                        .getSingleResult())
                .longValue();
    }

    private static int number(String resource, long limit) {
        if (limit > Integer.MAX_VALUE) {
            throw Fault.badRequest(resource, "Quota limit " + limit + " for " + resource + " is more than 2147483647.");
        }
        return (int) limit;
    }
}
