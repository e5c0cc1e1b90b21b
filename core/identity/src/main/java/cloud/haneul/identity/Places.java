package cloud.haneul.identity;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.access.Access;
import cloud.haneul.kernel.data.Batches;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.data.PagedQuery;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Where somebody can work, found by a part of its name: a few at a time, however many there are. */
@Component
public class Places {
    /** Rows read at once. */
    private static final int CHUNK = 200;

    private static final String OPEN = "p.enabled = true and lower(p.name) like :part"
            + " and p.domainId not in (select d.id from Project d where d.domain = true and d.enabled = false)";
    private static final String GRANTED = "(select a.targetId from Assignment a where a.actorId in :actors and ";

    private final Database database;
    private final Access access;

    @Inject
    Places(Database database, Access access) {
        this.database = database;
        this.access = access;
    }

    /** A project, or a domain whose people and projects one looks after. */
    public record Place(String id, String name, boolean isDomain) {}

    /**
     * Enabled ones that the caller could get a token for, by name: projects, then domains.
     *
     * @param part of their names, in whatever case; all have the empty one
     * @param most how many at most; when there are more, domains get a quarter of them
     */
    public List<Place> find(Caller caller, String part, int most) {
        access.require(caller, "identity:get_auth_projects", Map.of());
        access.require(caller, "identity:get_auth_domains", Map.of());
        String like = PagedQuery.containing(part);
        return database.read(em -> {
            List<String> actors = new ArrayList<>(Effective.groupsOf(em, caller.userId()));
            actors.add(caller.userId());
            List<Place> domains = domains(em, actors, like, most);
            List<Place> projects = projects(em, actors, like, most);
            int some = Math.max(most - projects.size(), Math.min(domains.size(), most / 4));
            return Stream.concat(
                            projects.stream().limit(most - Math.min(some, domains.size())),
                            domains.stream().limit(some))
                    .toList();
        });
    }

    private static List<Place> domains(EntityManager em, List<String> actors, String like, int most) {
        return em
                .createQuery(
                        "select p from Project p where p.domain = true and p.enabled = true"
                                + " and lower(p.name) like :part and p.id in " + GRANTED
                                + "a.targetType = 'domain' and a.inherited = false) order by p.name, p.id",
                        Project.class)
                .setParameter("part", like)
                .setParameter("actors", actors)
                .setMaxResults(most)
                .getResultList()
                .stream()
                .map(domain -> new Place(domain.id(), domain.name(), true))
                .toList();
    }

    private static List<Place> projects(EntityManager em, List<String> actors, String like, int most) {
        Map<String, Project> found = new LinkedHashMap<>();
        first(
                em,
                "(p.id in " + GRANTED + "a.targetType = 'project' and a.inherited = false) or p.domainId in " + GRANTED
                        + "a.targetType = 'domain' and a.inherited = true))",
                Map.of("part", like, "actors", actors),
                most,
                found);
        for (List<String> above : Batches.of(inherited(em, actors))) {
            first(em, "p.parentId in :above", Map.of("part", like, "above", above), most, found);
        }
        return found.values().stream()
                .sorted(Comparator.comparing(Project::name).thenComparing(Project::id))
                .limit(most)
                .map(project -> new Place(project.id(), project.name(), false))
                .toList();
    }

    /** The first ones that are enabled with all above them; that those above are is seldom untrue, so it is asked of those read. */
    private static void first(
            EntityManager em, String which, Map<String, ?> parameters, int most, Map<String, Project> found) {
        TypedQuery<Project> query = em.createQuery(
                "select p from Project p where p.domain = false and " + OPEN + " and " + which
                        + " order by p.name, p.id",
                Project.class);
        parameters.forEach(query::setParameter);
        int chunk = Math.max(CHUNK, most);
        int wanted = most;
        for (int from = 0; wanted > 0; from += chunk) {
            List<Project> read = query.setFirstResult(from).setMaxResults(chunk).getResultList();
            List<Project> open = Effective.enabled(em, read);
            open.forEach(project -> found.put(project.id(), project));
            wanted = read.size() < chunk ? 0 : wanted - open.size();
        }
    }

    /** The projects from which roles are inherited, and those below them that have others below. */
    private static Set<String> inherited(EntityManager em, List<String> actors) {
        Collection<String> level = em.createQuery(
                        "select distinct a.targetId from Assignment a where a.actorId in :actors"
                                + " and a.targetType = 'project' and a.inherited = true",
                        String.class)
                .setParameter("actors", actors)
                .getResultList();
        Set<String> all = new LinkedHashSet<>();
        while (!level.isEmpty()) {
            all.addAll(level);
            List<String> below = new ArrayList<>();
            for (List<String> some : Batches.of(level)) {
                below.addAll(em.createQuery(
                                "select p.id from Project p where p.parentId in :ids"
                                        + " and exists (select c.id from Project c where c.parentId = p.id)",
                                String.class)
                        .setParameter("ids", some)
                        .getResultList());
            }
            level = below;
        }
        return all;
    }
}
