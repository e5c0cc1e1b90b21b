package cloud.haneul.identity;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.Ids;
import cloud.haneul.kernel.access.Access;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.data.Database.DuplicateKey;
import cloud.haneul.kernel.event.Audit;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The use cases around regions. */
@Component
public class Regions {
    private static final int NAME = 255;

    private final Database database;
    private final Access access;
    private final Audit audit;

    @Inject
    Regions(Database database, Access access, Audit audit) {
        this.database = database;
        this.access = access;
        this.audit = audit;
    }

    /**
     * What a region shall be, or shall become; empty is left as it is, or as usual.
     *
     * @param parentId empty text means none
     */
    public record RegionChange(Optional<String> parentId, Optional<String> description, Map<String, Object> extra) {}

    /**
     * @param id made when empty
     * @throws Fault CONFLICT when there is one of that id
     */
    public Region create(Caller caller, Optional<String> id, RegionChange wanted) {
        access.require(caller, "identity:create_region", Map.of());
        String name = id.map(text -> Text.name("id", text, NAME)).orElseGet(Ids::newHexId);
        try {
            return database.write(em -> {
                if (em.find(Region.class, name) != null) {
                    throw Faults.duplicate("region", name);
                }
                Region region = new Region(name, Optional.empty(), "", Map.of());
                apply(em, region, wanted);
                em.persist(region);
                audit.success(caller, "identity:create_region", "region", name, name);
                return region;
            });
        } catch (DuplicateKey e) {
            throw Faults.duplicate("region", name);
        }
    }

    public Region get(Caller caller, String id) {
        access.require(caller, "identity:get_region", Map.of());
        return database.read(em -> existing(em, id));
    }

    public List<Region> list(Caller caller, Optional<String> parentId) {
        access.require(caller, "identity:list_regions", Map.of());
        return database
                .read(em -> em.createQuery("select r from IdentityRegion r order by r.id", Region.class)
                        .getResultList())
                .stream()
                .filter(region -> parentId.isEmpty() || parentId.equals(region.parentId()))
                .toList();
    }

    public Region update(Caller caller, String id, RegionChange change) {
        access.require(caller, "identity:update_region", Map.of());
        return database.write(em -> {
            Region region = existing(em, id);
            apply(em, region, change);
            audit.success(caller, "identity:update_region", "region", id, id);
            return region;
        });
    }

    /** @throws Fault FORBIDDEN while it has endpoints or regions below it */
    public void delete(Caller caller, String id) {
        access.require(caller, "identity:delete_region", Map.of());
        database.run(em -> {
            Region region = existing(em, id);
            if (count(em, "select count(e) from IdentityEndpoint e where e.regionId = :id", id) > 0) {
                throw Fault.forbidden("Unable to delete region " + id
                        + " because it or its child regions have associated endpoints.");
            }
            if (count(em, "select count(r) from IdentityRegion r where r.parentId = :id", id) > 0) {
                throw Fault.forbidden("Unable to delete region " + id + " because it has child regions.");
            }
            if (count(em, "select count(r) from RegisteredLimit r where r.regionSpace = :id", id) > 0) {
                throw Fault.forbidden("Unable to delete region " + id + " because it has registered limits.");
            }
            Policies.forget(em, "regionId", id);
            em.remove(region);
            audit.success(caller, "identity:delete_region", "region", id, id);
        });
    }

    private static long count(EntityManager em, String query, String id) {
        return em.createQuery(query, Long.class).setParameter("id", id).getSingleResult();
    }

    private static void apply(EntityManager em, Region region, RegionChange change) {
        change.parentId().ifPresent(parent -> {
            for (String above = parent;
                    !above.isEmpty();
                    above = existing(em, above).parentId().orElse("")) {
                if (above.equals(region.id())) {
                    throw Fault.badRequest("parent_region_id", "A region cannot be below itself.");
                }
            }
            region.parent(parent);
        });
        change.description().ifPresent(text -> region.describe(Text.description(text)));
        region.extra(Text.merged(region.extra(), change.extra()));
    }

    static Region existing(EntityManager em, String id) {
        return Optional.ofNullable(em.find(Region.class, id)).orElseThrow(() -> Faults.notFound("region", id));
    }
}
