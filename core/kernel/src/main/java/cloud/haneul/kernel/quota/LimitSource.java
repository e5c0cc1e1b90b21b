package cloud.haneul.kernel.quota;

import jakarta.persistence.EntityManager;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Limits that are kept elsewhere than in the quotas' own table; a bean, found by CDI. The identity service's unified limits are
 * one: what is set there holds for all services, and what a service's own quota API changes is changed there.
 */
public interface LimitSource {

    /**
     * @param defaults by resource, of projects without a limit of their own
     * @param own by resource, of the project
     */
    record Limits(Map<String, Long> defaults, Map<String, Long> own) {}

    /** What is kept here for these resources; -1 is unlimited. In one query. */
    Limits limits(EntityManager em, String projectId, Set<String> resources);

    /**
     * What else stands against a project's taking these amounts, such as the limit of what the project is part of. Whatever is
     * looked at stays as it is until the open transaction ends.
     *
     * @return by resource, in words for the user
     */
    Map<String, String> shortages(EntityManager em, String projectId, Map<String, Long> amounts);

    /**
     * Changes a limit that is kept here.
     *
     * @param projectId empty for the default
     * @return false when there is none here
     */
    boolean change(EntityManager em, Optional<String> projectId, String resource, long limit);

    /** Drops a project's own limits that are kept here. */
    void forget(EntityManager em, String projectId, Set<String> resources);
}
