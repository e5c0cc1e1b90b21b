package cloud.haneul.kernel.quota;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.ServiceModule;
import cloud.haneul.kernel.ServiceModule.QuotaResource;
import cloud.haneul.kernel.data.Database;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Limits and usage by project and resource. Usage is a counter that is raised by compare-and-set in the very transaction that
 * makes the resource, so parallel requests cannot overrun a limit and a rolled-back request leaves no trace. Resource names are
 * the API's ({@code cores}); they are unique over all services. A limit is looked for, in this order, in the {@link LimitSource}s
 * for the project, in the project's own row, in the sources' defaults, in the row of defaults and in what the service declared.
 */
@Component
public class Quotas {
    /** Stands for "every project without a limit of its own". */
    private static final String DEFAULTS = "*";

    private final Database database;
    private final Instance<ServiceModule> modules;
    private final Instance<LimitSource> sources;
    private final Set<String> countedRows = ConcurrentHashMap.newKeySet();
    private volatile Map<String, QuotaResource> resources;

    @Inject
    Quotas(Database database, @Any Instance<ServiceModule> modules, @Any Instance<LimitSource> sources) {
        this.database = database;
        this.modules = modules;
        this.sources = sources;
    }

    /** One line of a quota view; {@code limit} -1 is unlimited. */
    public record Quota(String resource, long limit, long used) {}

    /**
     * Takes amounts from a project's quotas, in the open transaction.
     *
     * @throws Fault OVER_QUOTA naming every resource that does not suffice; the transaction must then roll back
     */
    public void reserve(String projectId, Map<String, Long> amounts) {
        if (!database.inTransaction()) {
            throw new IllegalStateException("Quota is reserved in the transaction that makes the resource");
        }
        database.run(em -> {
            Map<String, Long> limits = limits(em, projectId, amounts.keySet());
            Map<String, String> shortages = new TreeMap<>();
            sources.forEach(source -> shortages.putAll(source.shortages(em, projectId, amounts)));
            refuseWhatIsFull(em, projectId, amounts, limits, shortages);
            // always in the same order, so that two requests cannot wait for one another
            new TreeMap<>(amounts).forEach((resource, amount) -> {
                requireCounted(resource);
                ensureRow(em, projectId, resource);
                long limit = limits.get(resource);
                int rows = em.createNativeQuery("update kernel_quota_usage set used = used + ?1"
                                + " where project_id = ?2 and resource = ?3 and (?4 < 0 or ?1 <= 0 or used + ?1 <= ?4)")
                        .setParameter(1, amount)
                        .setParameter(2, projectId)
                        .setParameter(3, resource)
                        .setParameter(4, limit)
                        .executeUpdate();
                if (rows == 0) {
                    shortages.put(resource, shortage(amount, used(em, projectId, resource), limit, resource));
                }
            });
            refuse(shortages);
        });
    }

    /** A full quota is told without the counter's lock, which those who still find room hold until they have committed. */
    private static void refuseWhatIsFull(
            EntityManager em,
            String projectId,
            Map<String, Long> amounts,
            Map<String, Long> limits,
            Map<String, String> shortages) {
        if (amounts.values().stream().allMatch(amount -> amount <= 0)) {
            return;
        }
        Map<String, Long> used = used(em, projectId);
        amounts.forEach((resource, amount) -> {
            long taken = used.getOrDefault(resource, 0L);
            long limit = limits.get(resource);
            if (amount > 0 && limit >= 0 && taken + amount > limit) {
                shortages.put(resource, shortage(amount, taken, limit, resource));
            }
        });
        refuse(shortages);
    }

    private static String shortage(long amount, long used, long limit, String resource) {
        return "requested " + amount + ", but already used " + used + " of " + limit + " " + resource;
    }

    private static void refuse(Map<String, String> shortages) {
        if (!shortages.isEmpty()) {
            throw Fault.overQuota("Quota exceeded for " + String.join(", ", shortages.keySet()) + ": "
                    + String.join("; ", shortages.values()));
        }
    }

    /** The resource that a service type's limit of this name is about: {@code compute} and {@code cores}; empty when none. */
    public Optional<String> resource(String serviceType, String name) {
        return modules.stream()
                .filter(module ->
                        module.catalog().stream().anyMatch(entry -> entry.type().equals(serviceType)))
                .flatMap(module -> module.quotas().stream())
                .filter(quota ->
                        quota.name().equals(name) || quota.unifiedName().equals(name))
                .map(QuotaResource::name)
                .findFirst();
    }

    /** Gives amounts back, in the transaction that ends the resource. */
    public void release(String projectId, Map<String, Long> amounts) {
        Map<String, Long> negative = new HashMap<>();
        amounts.forEach((resource, amount) -> negative.put(resource, -amount));
        reserve(projectId, negative);
    }

    /** The limit of a project on a resource, its own or the default; -1 is unlimited. */
    public long limit(String projectId, String resource) {
        return database.read(em -> limits(em, projectId, Set.of(resource)).get(resource));
    }

    /** Limits and usage of a project for the given resources. */
    public List<Quota> show(String projectId, List<String> names) {
        return database.read(em -> {
            Map<String, Long> limits = limits(em, projectId, Set.copyOf(names));
            Map<String, Long> used = used(em, projectId);
            return names.stream()
                    .map(name -> new Quota(name, limits.get(name), used.getOrDefault(name, 0L)))
                    .toList();
        });
    }

    /** Sets limits of a project; empty {@code projectId} sets the default of all projects without their own. */
    public void limit(Optional<String> projectId, Map<String, Long> limits) {
        String key = projectId.orElse(DEFAULTS);
        database.run(em -> limits.forEach((resource, limit) -> {
            require(resource);
            if (limit < -1) {
                throw Fault.badRequest(
                        resource,
                        "Quota limit " + limit + " for " + resource + " must be in the range of -1 and 2147483647.");
            }
            for (LimitSource source : sources) {
                if (source.change(em, projectId, resource, limit)) {
                    return;
                }
            }
            int rows = em.createNativeQuery(
                            "update kernel_quota_limit set max_value = ?3 where project_id = ?1 and resource = ?2")
                    .setParameter(1, key)
                    .setParameter(2, resource)
                    .setParameter(3, limit)
                    .executeUpdate();
            if (rows == 0) {
                em.createNativeQuery(
                                "insert into kernel_quota_limit (project_id, resource, max_value) values (?1, ?2, ?3)")
                        .setParameter(1, key)
                        .setParameter(2, resource)
                        .setParameter(3, limit)
                        .executeUpdate();
            }
        }));
    }

    /** Lets a project fall back to the defaults. */
    public void reset(String projectId, List<String> names) {
        database.run(em -> {
            sources.forEach(source -> source.forget(em, projectId, Set.copyOf(names)));
            names.forEach(name -> em.createNativeQuery(
                            "delete from kernel_quota_limit where project_id = ?1 and resource = ?2")
                    .setParameter(1, projectId)
                    .setParameter(2, name)
                    .executeUpdate());
        });
    }

    /** The defaults in force for projects without limits of their own. */
    public Map<String, Long> defaults(List<String> names) {
        return database.read(em -> limits(em, DEFAULTS, Set.copyOf(names)));
    }

    private Map<String, Long> limits(EntityManager em, String projectId, Set<String> names) {
        Map<String, Long> defaults = new HashMap<>();
        Map<String, Long> own = new HashMap<>();
        names.forEach(name -> defaults.put(name, require(name).defaultLimit()));
        for (Object row : em.createNativeQuery("select resource, max_value, project_id from kernel_quota_limit"
                        + " where project_id = ?1 or project_id = ?2")
                .setParameter(1, DEFAULTS)
                .setParameter(2, projectId)
                .getResultList()) {
            Object[] columns = (Object[]) row;
            (columns[2].equals(DEFAULTS) ? defaults : own).put((String) columns[0], ((Number) columns[1]).longValue());
        }
        for (LimitSource source : sources) {
            LimitSource.Limits more = source.limits(em, projectId, names);
            defaults.putAll(more.defaults());
            own.putAll(more.own());
        }
        defaults.putAll(own);
        defaults.keySet().retainAll(names);
        return defaults;
    }

    private static Map<String, Long> used(EntityManager em, String projectId) {
        Map<String, Long> used = new HashMap<>();
        for (Object row : em.createNativeQuery("select resource, used from kernel_quota_usage where project_id = ?1")
                .setParameter(1, projectId)
                .getResultList()) {
            Object[] columns = (Object[]) row;
            used.put((String) columns[0], ((Number) columns[1]).longValue());
        }
        return used;
    }

    private static long used(EntityManager em, String projectId, String resource) {
        return ((Number) em.createNativeQuery(
                                "select used from kernel_quota_usage where project_id = ?1 and resource = ?2")
                        .setParameter(1, projectId)
                        .setParameter(2, resource)
                        .getSingleResult())
                .longValue();
    }

    /** Makes the counter's row, on the open transaction's own connection: a second one could be the one that all others wait for. */
    private void ensureRow(EntityManager em, String projectId, String resource) {
        String key = projectId + '/' + resource;
        if (countedRows.contains(key)) {
            return;
        }
        String insert = "insert into kernel_quota_usage (project_id, resource, used)"
                + " select ?, ?, 0 where not exists (select 1 from kernel_quota_usage where project_id = ? and resource = ?)"
                + (database.isPostgres() ? " on conflict do nothing" : "");
        try (PreparedStatement statement = em.unwrap(Connection.class).prepareStatement(insert)) {
            statement.setString(1, projectId);
            statement.setString(2, resource);
            statement.setString(3, projectId);
            statement.setString(4, resource);
            statement.executeUpdate();
        } catch (SQLException e) {
            // H2 undoes the statement alone: another request made the row meanwhile
            if (!"23505".equals(e.getSQLState())) {
                throw Fault.internal("The quota counter " + key + " could not be made", e);
            }
        }
        database.afterCommit(() -> countedRows.add(key));
    }

    private void requireCounted(String resource) {
        if (!require(resource).counted()) {
            throw new IllegalArgumentException(resource + " is a limit on one request, nothing to be reserved");
        }
    }

    private QuotaResource require(String resource) {
        if (resources == null) {
            Map<String, QuotaResource> found = new HashMap<>();
            modules.forEach(module -> module.quotas().forEach(quota -> found.put(quota.name(), quota)));
            resources = found;
        }
        QuotaResource known = resources.get(resource);
        if (known == null) {
            throw Fault.badRequest(resource, "There is no quota resource " + resource + ".");
        }
        return known;
    }
}
