package cloud.haneul.identity;

import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.data.Batches;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The tags of projects, as rows. */
final class ProjectTags {
    private static final int MOST = 80;

    private ProjectTags() {}

    /** The tags of these projects, by project, in alphabetical order. */
    static Map<String, List<String>> of(EntityManager em, Collection<String> projectIds) {
        Map<String, List<String>> tags = new HashMap<>();
        for (List<String> some : Batches.of(projectIds)) {
            em.createQuery(
                            "select t.projectId, t.name from ProjectTag t where t.projectId in :ids order by t.name",
                            Object[].class)
                    .setParameter("ids", some)
                    .getResultList()
                    .forEach(row -> tags.computeIfAbsent((String) row[0], id -> new ArrayList<>())
                            .add((String) row[1]));
        }
        return tags;
    }

    static void replace(EntityManager em, String projectId, Set<String> tags) {
        if (tags.size() > MOST) {
            throw Fault.badRequest("tags", "Invalid input for field 'tags': a project has at most " + MOST + " tags.");
        }
        clear(em, projectId);
        tags.forEach(tag -> em.persist(new ProjectTag(projectId, checked(tag))));
    }

    static void clear(EntityManager em, String projectId) {
        em.createQuery("delete from ProjectTag t where t.projectId = :id")
                .setParameter("id", projectId)
                .executeUpdate();
    }

    static String checked(String tag) {
        if (tag.contains("/") || tag.contains(",")) {
            throw Fault.badRequest("tags", "Invalid input for field 'tags': a tag contains neither '/' nor ','.");
        }
        return Text.name("tags", tag, 255);
    }
}
