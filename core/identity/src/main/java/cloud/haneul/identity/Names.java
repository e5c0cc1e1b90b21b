package cloud.haneul.identity;

import cloud.haneul.kernel.data.Batches;
import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Looks up the names of many things at once. */
final class Names {
    private Names() {}

    static Map<String, String> of(EntityManager em, String entity, Collection<String> ids) {
        Map<String, String> names = new HashMap<>();
        for (List<String> some : Batches.of(Set.copyOf(ids))) {
            em.createQuery("select r.id, r.name from " + entity + " r where r.id in :ids", Object[].class)
                    .setParameter("ids", some)
                    .getResultList()
                    .forEach(row -> names.put((String) row[0], (String) row[1]));
        }
        return names;
    }
}
