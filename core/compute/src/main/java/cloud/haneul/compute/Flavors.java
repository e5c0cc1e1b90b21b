package cloud.haneul.compute;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.Ids;
import cloud.haneul.kernel.access.Access;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.data.Page;
import cloud.haneul.kernel.event.Audit;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Sizes of servers: made by administrators, seen by everybody they are public to or shared with. */
@Component
public class Flavors {
    private static final String RULE = "os_compute_api:os-flavor-";

    private final Database database;
    private final Access access;
    private final Audit audit;
    private final Clock clock;

    @Inject
    Flavors(Database database, Access access, Audit audit, Clock clock) {
        this.database = database;
        this.access = access;
        this.audit = audit;
        this.clock = clock;
    }

    public Flavor create(Caller caller, NewFlavor asked) {
        access.require(caller, RULE + "manage:create", Map.of());
        try {
            return database.write(em -> {
                String id = asked.id().orElseGet(() -> Ids.newId().toString());
                if (em.find(Flavor.class, id) != null) {
                    throw Fault.conflict("Flavor with ID " + id + " already exists.");
                }
                Flavor flavor = new Flavor(id, asked, clock.instant());
                em.persist(flavor);
                em.flush();
                audit.success(caller, RULE + "manage:create", "flavor", id, asked.name());
                return flavor;
            });
        } catch (Database.DuplicateKey e) {
            throw Fault.conflict("Flavor with name " + asked.name() + " already exists.")
                    .cause(e);
        }
    }

    /**
     * Flavors the caller may use, smallest first.
     *
     * @param isPublic empty for all, which administrators alone may ask beyond their own
     */
    public List<Flavor> list(Caller caller, Optional<Boolean> isPublic, long minRamMib, long minDiskGib, Page page) {
        boolean everything = isPublic.isEmpty() && caller.isAdmin();
        boolean hidden = caller.isAdmin() && isPublic.isPresent() && !isPublic.get();
        List<Flavor> all = database.read(em -> em.createQuery(
                        "select f from Flavor f where f.ramMib >= :ram and f.diskGib >= :disk order by f.ramMib, f.vcpus, f.diskGib, f.id",
                        Flavor.class)
                .setParameter("ram", minRamMib)
                .setParameter("disk", minDiskGib)
                .getResultList());
        List<Flavor> visible = all.stream()
                .filter(f -> hidden ? !f.isPublic() : everything || f.isVisibleTo(caller.projectId()))
                .toList();
        int from = page.marker().map(marker -> after(visible, marker)).orElse(0);
        return visible.subList(from, Math.min(visible.size(), from + page.limit()));
    }

    public Flavor show(Caller caller, String id) {
        return database.read(em -> find(em, caller, id));
    }

    public void delete(Caller caller, String id) {
        access.require(caller, RULE + "manage:delete", Map.of());
        database.run(em -> {
            Flavor flavor = find(em, caller, id);
            em.remove(flavor);
            audit.success(caller, RULE + "manage:delete", "flavor", id, flavor.name());
        });
    }

    public Flavor describe(Caller caller, String id, Optional<String> description) {
        access.require(caller, RULE + "manage:update", Map.of());
        return database.write(em -> {
            Flavor flavor = find(em, caller, id);
            flavor.describe(description);
            return flavor;
        });
    }

    /** Adds or replaces extra specs. */
    public Map<String, String> setExtraSpecs(Caller caller, String id, Map<String, String> specs) {
        access.require(caller, "os_compute_api:os-flavor-extra-specs:create", Map.of());
        return database.write(em -> {
            Flavor flavor = find(em, caller, id);
            Map<String, String> all = new TreeMap<>(flavor.extraSpecs());
            all.putAll(specs);
            flavor.extraSpecs(all);
            return all;
        });
    }

    public void removeExtraSpec(Caller caller, String id, String key) {
        access.require(caller, "os_compute_api:os-flavor-extra-specs:delete", Map.of());
        database.run(em -> {
            Flavor flavor = find(em, caller, id);
            Map<String, String> all = new TreeMap<>(flavor.extraSpecs());
            if (all.remove(key) == null) {
                throw Fault.notFound("Flavor " + id + " extra spec", key);
            }
            flavor.extraSpecs(all);
        });
    }

    /** Projects with access to a flavor that is not public. */
    public Set<String> access(Caller caller, String id) {
        access.require(caller, "os_compute_api:os-flavor-access", Map.of());
        Flavor flavor = show(caller, id);
        if (flavor.isPublic()) {
            throw Fault.notFound("Access list of public flavor", id);
        }
        return flavor.access();
    }

    public Set<String> changeAccess(Caller caller, String id, String projectId, boolean grant) {
        access.require(caller, RULE + "access:" + (grant ? "add" : "remove") + "_tenant_access", Map.of());
        return database.write(em -> {
            Flavor flavor = find(em, caller, id);
            if (flavor.isPublic()) {
                throw Fault.conflict("Can not " + (grant ? "add" : "remove") + " access of a public flavor.");
            }
            Set<String> projects = new TreeSet<>(flavor.access());
            if (grant ? !projects.add(projectId) : !projects.remove(projectId)) {
                throw grant
                        ? Fault.conflict("Flavor access already exists for flavor " + id + " and project " + projectId
                                + " combination.")
                        : Fault.notFound("Flavor access of " + id + " for project", projectId);
            }
            flavor.access(projects);
            return projects;
        });
    }

    private static Flavor find(EntityManager em, Caller caller, String id) {
        Flavor flavor = em.find(Flavor.class, id);
        if (flavor == null || (!caller.isAdmin() && !flavor.isVisibleTo(caller.projectId()))) {
            throw Fault.notFound("Flavor", id);
        }
        return flavor;
    }

    private static int after(List<Flavor> flavors, String marker) {
        for (int i = 0; i < flavors.size(); i++) {
            if (flavors.get(i).id().equals(marker)) {
                return i + 1;
            }
        }
        throw Fault.badRequest("marker", "marker [" + marker + "] not found");
    }
}
