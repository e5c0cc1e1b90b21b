package cloud.haneul.identity;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.access.Access;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.data.Database.DuplicateKey;
import cloud.haneul.kernel.data.Page;
import cloud.haneul.kernel.event.Audit;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The use cases around mappings. */
@Component
public class Mappings {
    private final Database database;
    private final Access access;
    private final Audit audit;

    @Inject
    Mappings(Database database, Access access, Audit audit) {
        this.database = database;
        this.access = access;
        this.audit = audit;
    }

    /** @throws Fault BAD_REQUEST when the rules make no sense; CONFLICT when there is one of that id */
    public Mapping create(Caller caller, String id, List<Map<String, Object>> rules, String schemaVersion) {
        access.require(caller, "identity:create_mapping", Map.of());
        Text.name("id", id, 64);
        check(rules, schemaVersion);
        try {
            return database.write(em -> {
                if (em.find(Mapping.class, id) != null) {
                    throw IdentityProviders.duplicate("mapping", id);
                }
                Mapping mapping = new Mapping(id, rules, schemaVersion);
                em.persist(mapping);
                audit.success(caller, "identity:create_mapping", "mapping", id, id);
                return mapping;
            });
        } catch (DuplicateKey e) {
            throw IdentityProviders.duplicate("mapping", id);
        }
    }

    public Mapping get(Caller caller, String id) {
        access.require(caller, "identity:get_mapping", Map.of());
        return database.read(em -> existing(em, id));
    }

    public List<Mapping> list(Caller caller, Page page) {
        access.require(caller, "identity:list_mappings", Map.of());
        return database.read(
                em -> Rows.of(Mapping.class, "IdentityMapping").by("id").page(em, page, Mapping::id));
    }

    /** @throws Fault BAD_REQUEST when the rules make no sense */
    public Mapping update(
            Caller caller, String id, Optional<List<Map<String, Object>>> rules, Optional<String> schemaVersion) {
        access.require(caller, "identity:update_mapping", Map.of());
        return database.write(em -> {
            Mapping mapping = existing(em, id);
            List<Map<String, Object>> all = rules.orElseGet(mapping::rules);
            String version = schemaVersion.orElseGet(mapping::schemaVersion);
            check(all, version);
            mapping.change(all, version);
            audit.success(caller, "identity:update_mapping", "mapping", id, id);
            return mapping;
        });
    }

    /** @throws Fault FORBIDDEN while a protocol uses it */
    public void delete(Caller caller, String id) {
        access.require(caller, "identity:delete_mapping", Map.of());
        database.run(em -> {
            Mapping mapping = existing(em, id);
            if (em.createQuery("select count(p) from Protocol p where p.mappingId = :id", Long.class)
                            .setParameter("id", id)
                            .getSingleResult()
                    > 0) {
                throw Fault.forbidden("Unable to delete mapping " + id + " because a protocol uses it.");
            }
            em.remove(mapping);
            audit.success(caller, "identity:delete_mapping", "mapping", id, id);
        });
    }

    static Mapping existing(EntityManager em, String id) {
        return Optional.ofNullable(em.find(Mapping.class, id)).orElseThrow(() -> Faults.notFound("mapping", id));
    }

    private static void check(List<Map<String, Object>> rules, String schemaVersion) {
        if (!schemaVersion.equals("1.0") && !schemaVersion.equals("2.0")) {
            throw Fault.badRequest("schema_version", "The schema version of a mapping is 1.0 or 2.0.");
        }
        MappingRules.of(rules, schemaVersion.equals("2.0"));
    }
}
