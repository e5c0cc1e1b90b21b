package cloud.haneul.identity;

import cloud.haneul.kernel.data.Batches;
import jakarta.persistence.EntityManager;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is below projects and domains, by id: read once, a level at a time, as far as it is asked about. */
final class ProjectTree {
    private final Map<String, List<String>> children = new HashMap<>();
    private final Map<String, List<String>> below = new HashMap<>();

    /** Reads all that is below these; one query for all domains, one for each level below projects. */
    void know(EntityManager em, Collection<Grant.Target> targets) {
        Set<String> domains = new LinkedHashSet<>();
        Set<String> projects = new LinkedHashSet<>();
        for (Grant.Target target : targets) {
            if (!children.containsKey(target.id())) {
                (target.type() == Grant.TargetType.DOMAIN ? domains : projects).add(target.id());
            }
        }
        read(em, "domainId", domains);
        Collection<String> level = projects;
        while (!level.isEmpty()) {
            level = read(em, "parentId", level);
        }
    }

    /** @return the projects that were found and of whose children nothing is known yet */
    private List<String> read(EntityManager em, String by, Collection<String> ids) {
        List<String> found = new ArrayList<>();
        ids.forEach(id -> children.put(id, new ArrayList<>()));
        for (List<String> some : Batches.of(ids)) {
            em.createQuery(
                            "select p.parentId, p.id from Project p where p." + by + " in :ids order by p.id",
                            Object[].class)
                    .setParameter("ids", some)
                    .getResultList()
                    .forEach(row -> {
                        children.computeIfAbsent((String) row[0], id -> new ArrayList<>())
                                .add((String) row[1]);
                        found.add((String) row[1]);
                    });
        }
        return found.stream().filter(id -> !children.containsKey(id)).toList();
    }

    /** All on every level below what was made known, in the order of ids; none below others. */
    List<String> below(String id) {
        return below.computeIfAbsent(id, top -> {
            List<String> all = new ArrayList<>();
            Deque<String> next = new ArrayDeque<>(List.of(top));
            while (!next.isEmpty()) {
                for (String child : children.getOrDefault(next.pop(), List.of())) {
                    all.add(child);
                    next.push(child);
                }
            }
            all.sort(null);
            return List.copyOf(all);
        });
    }
}
