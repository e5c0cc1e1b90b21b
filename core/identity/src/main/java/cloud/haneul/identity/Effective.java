package cloud.haneul.identity;

import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
        Set<String> direct = new LinkedHashSet<>();
        Set<String> above = new LinkedHashSet<>();
        for (Assignment assignment : em.createQuery(
                        "select a from Assignment a where a.actorId in :actors", Assignment.class)
                .setParameter("actors", actors)
                .getResultList()) {
            Grant grant = assignment.grant();
            if (grant.inherited()) {
                above.add(grant.target().id());
            } else if (grant.target().type() == Grant.TargetType.PROJECT) {
                direct.add(grant.target().id());
            }
        }
        below(em, above).forEach(project -> found.put(project.id(), project));
        if (!direct.isEmpty()) {
            em.createQuery("select p from Project p where p.id in :ids", Project.class)
                    .setParameter("ids", direct)
                    .getResultList()
                    .forEach(project -> found.put(project.id(), project));
        }
        return found.values().stream().filter(project -> !project.isDomain()).toList();
    }

    /** All projects below these projects and domains, on every level; one query a level. */
    static List<Project> below(EntityManager em, Collection<String> ids) {
        List<Project> all = new ArrayList<>();
        Collection<String> parents = ids;
        while (!parents.isEmpty()) {
            List<Project> children = em.createQuery("select p from Project p where p.parentId in :ids", Project.class)
                    .setParameter("ids", parents)
                    .getResultList();
            all.addAll(children);
            parents = children.stream().map(Project::id).toList();
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
