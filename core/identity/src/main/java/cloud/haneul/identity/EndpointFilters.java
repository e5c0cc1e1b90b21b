package cloud.haneul.identity;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.access.Access;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.data.Page;
import cloud.haneul.kernel.event.Audit;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The use cases around which endpoints, and groups of them, a project's catalogue has. A project with none has all. */
@Component
public class EndpointFilters {
    private final Database database;
    private final Access access;
    private final Revocations revocations;
    private final Audit audit;

    @Inject
    EndpointFilters(Database database, Access access, Revocations revocations, Audit audit) {
        this.database = database;
        this.access = access;
        this.revocations = revocations;
        this.audit = audit;
    }

    /** What a project may be given. */
    public record Thing(String id, boolean isGroup) {
        public static Thing endpoint(String id) {
            return new Thing(id, false);
        }

        public static Thing group(String id) {
            return new Thing(id, true);
        }

        private String rule(String endpointVerb, String groupVerb, String preposition) {
            return isGroup
                    ? "identity:" + groupVerb + "_endpoint_group_" + preposition + "_project"
                    : "identity:" + endpointVerb + "_endpoint_" + preposition + "_project";
        }
    }

    /** Success when the project has it already. */
    public void add(Caller caller, String projectId, Thing thing) {
        String rule = thing.rule("add", "add", "to");
        access.require(caller, rule, Map.of());
        database.writeRetrying(em -> {
            requireThere(em, projectId, thing);
            if (em.find(CatalogFilter.class, new CatalogFilter.Key(projectId, thing.id)) == null) {
                em.persist(new CatalogFilter(projectId, thing.id, thing.isGroup));
                revocations.stale(Catalog.ID);
                audit.success(caller, rule, "project", projectId, thing.id);
            }
            return thing;
        });
    }

    /** @throws Fault NOT_FOUND when the project does not have it */
    public void check(Caller caller, String projectId, Thing thing) {
        access.require(caller, thing.rule("check", "get", "in"), Map.of());
        database.read(em -> existing(em, projectId, thing));
    }

    /** @throws Fault NOT_FOUND when the project does not have it */
    public void remove(Caller caller, String projectId, Thing thing) {
        String rule = thing.rule("remove", "remove", "from");
        access.require(caller, rule, Map.of());
        database.run(em -> {
            em.remove(existing(em, projectId, thing));
            revocations.stale(Catalog.ID);
            audit.success(caller, rule, "project", projectId, thing.id);
        });
    }

    /** The endpoints a project was given, by themselves or by a group. */
    public List<Endpoint> endpoints(Caller caller, String projectId) {
        access.require(caller, "identity:list_endpoints_for_project", Map.of());
        return database.read(em -> {
            Projects.existing(em, projectId);
            return given(em, projectId);
        });
    }

    public List<EndpointGroup> groups(Caller caller, String projectId) {
        access.require(caller, "identity:list_endpoint_groups_for_project", Map.of());
        return database.read(em -> {
            Projects.existing(em, projectId);
            return groups(em, filters(em, projectId));
        });
    }

    /** The projects that were given an endpoint itself, or a group. */
    public List<Project> projects(Caller caller, Thing thing, Page page) {
        access.require(
                caller,
                thing.isGroup
                        ? "identity:list_projects_associated_with_endpoint_group"
                        : "identity:list_projects_for_endpoint",
                Map.of());
        return database.read(em -> {
            requireThere(em, thing);
            return Rows.of(Project.class, "Project")
                    .and(
                            "r.id in (select f.projectId from CatalogFilter f where f.thingId = :thing)",
                            "thing",
                            thing.id)
                    .page(em, page, Project::name);
        });
    }

    /** The endpoints that a project's catalogue is cut down to; none when it is not. */
    static List<Endpoint> given(EntityManager em, String projectId) {
        List<CatalogFilter> filters = filters(em, projectId);
        if (filters.isEmpty()) {
            return List.of();
        }
        Set<String> direct = filters.stream()
                .filter(filter -> !filter.isOfGroup())
                .map(CatalogFilter::thingId)
                .collect(Collectors.toSet());
        List<EndpointGroup> groups = groups(em, filters);
        return all(em).stream()
                .filter(endpoint ->
                        direct.contains(endpoint.id()) || groups.stream().anyMatch(group -> group.takes(endpoint)))
                .toList();
    }

    static List<CatalogFilter> filters(EntityManager em, String projectId) {
        return em.createQuery("select f from CatalogFilter f where f.projectId = :id", CatalogFilter.class)
                .setParameter("id", projectId)
                .getResultList();
    }

    /** All endpoints there are; a cloud has dozens. */
    static List<Endpoint> all(EntityManager em) {
        return em.createQuery("select e from IdentityEndpoint e order by e.serviceId, e.face, e.id", Endpoint.class)
                .getResultList();
    }

    /** For a cascade: an endpoint or group that goes. */
    static void forgetThing(EntityManager em, String id) {
        em.createQuery("delete from CatalogFilter f where f.thingId = :id")
                .setParameter("id", id)
                .executeUpdate();
    }

    private static List<EndpointGroup> groups(EntityManager em, List<CatalogFilter> filters) {
        List<String> ids = filters.stream()
                .filter(CatalogFilter::isOfGroup)
                .map(CatalogFilter::thingId)
                .toList();
        return ids.isEmpty()
                ? List.of()
                : em.createQuery(
                                "select g from EndpointGroup g where g.id in :ids order by g.name", EndpointGroup.class)
                        .setParameter("ids", ids)
                        .getResultList();
    }

    private static CatalogFilter existing(EntityManager em, String projectId, Thing thing) {
        requireThere(em, projectId, thing);
        CatalogFilter filter = em.find(CatalogFilter.class, new CatalogFilter.Key(projectId, thing.id));
        if (filter == null) {
            throw Fault.of(
                    Fault.Kind.NOT_FOUND,
                    thing.isGroup
                            ? "Endpoint Group Project Association not found"
                            : "Endpoint " + thing.id + " not found in project " + projectId);
        }
        return filter;
    }

    private static void requireThere(EntityManager em, String projectId, Thing thing) {
        Projects.existing(em, projectId);
        requireThere(em, thing);
    }

    private static void requireThere(EntityManager em, Thing thing) {
        if (thing.isGroup) {
            EndpointGroups.existing(em, thing.id);
        } else {
            Endpoints.existing(em, thing.id);
        }
    }
}
