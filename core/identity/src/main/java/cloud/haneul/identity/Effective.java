package cloud.haneul.identity;

import cloud.haneul.kernel.data.Batches;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What assignments come to: through groups, and down the tree where they are inherited. */
final class Effective {
    private Effective() {}

    static List<String> groupsOf(EntityManager em, String userId) {
        return em.createQuery("select m.groupId from Membership m where m.userId = :id", String.class)
                .setParameter("id", userId)
                .getResultList();
    }

    /** The project and all above it, its domain last; empty when there is no such project. */
    static List<Project> path(EntityManager em, String projectId) {
        List<Project> path = new ArrayList<>();
        String id = projectId;
        while (id != null) {
            Project project = em.find(Project.class, id);
            if (project == null) {
                return List.of();
            }
            path.add(project);
            id = project.parentId().orElse(null);
        }
        return path;
    }

    /** The roles these users and groups have in a scope, before implied ones. */
    static Set<String> roleIds(EntityManager em, Collection<String> actors, Grant.Target scope, List<Project> path) {
        List<String> targets = new ArrayList<>(List.of(scope.id()));
        if (scope.type() == Grant.TargetType.PROJECT) {
            path.stream().skip(1).forEach(above -> targets.add(above.id()));
        }
        Set<String> roles = new LinkedHashSet<>();
        for (Assignment assignment : assignments(em, actors, targets)) {
            Grant grant = assignment.grant();
            if (grant.inherited()
                    ? !grant.target().id().equals(scope.id())
                    : grant.target().equals(scope)) {
                roles.add(grant.roleId());
            }
        }
        return roles;
    }

    private static List<Assignment> assignments(
            EntityManager em, Collection<String> actors, Collection<String> targets) {
        return em.createQuery(
                        "select a from Assignment a where a.actorId in :actors and a.targetId in :targets",
                        Assignment.class)
                .setParameter("actors", actors)
                .setParameter("targets", targets)
                .getResultList();
    }

    /** All projects, domains acting as such left out, in which these users and groups have any role. */
    static List<Project> projects(EntityManager em, Collection<String> actors) {
        Map<String, Project> found = new LinkedHashMap<>();
        em.createQuery(
                        "select p from Project p where p.domain = false and p.id in (select a.targetId from Assignment a"
                                + " where a.actorId in :actors and a.targetType = 'project' and a.inherited = false)",
                        Project.class)
                .setParameter("actors", actors)
                .getResultList()
                .forEach(project -> found.put(project.id(), project));
        Set<String> domains = new LinkedHashSet<>();
        Set<String> above = new LinkedHashSet<>();
        em.createQuery(
                        "select distinct a.targetType, a.targetId from Assignment a where a.actorId in :actors"
                                + " and a.inherited = true",
                        Object[].class)
                .setParameter("actors", actors)
                .getResultList()
                .forEach(row -> (row[0].equals(Grant.TargetType.DOMAIN.word()) ? domains : above).add((String) row[1]));
        // everything in a domain is below it
        all(em, "domainId", domains).forEach(project -> found.put(project.id(), project));
        below(em, above).forEach(project -> found.put(project.id(), project));
        return List.copyOf(found.values());
    }

    /** Those of these projects that are enabled with all above them; a query for each level that is not among them. */
    static List<Project> enabled(EntityManager em, List<Project> projects) {
        Map<String, Project> known = new HashMap<>();
        List<Project> level = projects;
        while (!level.isEmpty()) {
            level.forEach(project -> known.put(project.id(), project));
            Set<String> above = new LinkedHashSet<>();
            level.forEach(project ->
                    project.parentId().filter(id -> !known.containsKey(id)).ifPresent(above::add));
            level = all(em, "id", above);
        }
        return projects.stream().filter(project -> isEnabled(project, known)).toList();
    }

    private static boolean isEnabled(Project project, Map<String, Project> known) {
        Optional<Project> at = Optional.of(project);
        while (at.filter(Project::isEnabled).isPresent()) {
            Optional<String> above = at.get().parentId();
            if (above.isEmpty()) {
                return true;
            }
            at = above.map(known::get);
        }
        return false;
    }

    /** All projects below these projects and domains, level by level; one query a level. */
    static List<Project> below(EntityManager em, Collection<String> ids) {
        List<Project> all = new ArrayList<>();
        Collection<String> parents = ids;
        while (!parents.isEmpty()) {
            List<Project> children = all(em, "parentId", parents);
            all.addAll(children);
            parents = children.stream().map(Project::id).toList();
        }
        return all;
    }

    /** Whether there is anything below a project. */
    static boolean hasChildren(EntityManager em, String id) {
        return !em.createQuery("select p.id from Project p where p.parentId = :id", String.class)
                .setParameter("id", id)
                .setMaxResults(1)
                .getResultList()
                .isEmpty();
    }

    private static List<Project> all(EntityManager em, String field, Collection<String> ids) {
        List<Project> all = new ArrayList<>();
        for (List<String> some : Batches.of(ids)) {
            all.addAll(em.createQuery("select p from Project p where p." + field + " in :ids", Project.class)
                    .setParameter("ids", some)
                    .getResultList());
        }
        return all;
    }

    /** Domains on which these users and groups have a role of their own. */
    static List<Project> domains(EntityManager em, Collection<String> actors) {
        return em.createQuery(
                        "select d from Project d where d.domain = true and d.id in (select a.targetId from Assignment a"
                                + " where a.actorId in :actors and a.targetType = 'domain' and a.inherited = false)"
                                + " order by d.name",
                        Project.class)
                .setParameter("actors", actors)
                .getResultList();
    }
}
