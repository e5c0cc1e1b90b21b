package cloud.haneul.identity;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.ServiceModule;
import cloud.haneul.kernel.ServiceModule.CatalogEntry;
import cloud.haneul.kernel.data.Database;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Keeps the catalogue's managed rows as the services of this program describe themselves. Their ids follow from what they are,
 * so two controllers make the same rows. What an administrator changed is left alone.
 */
@Component
class CatalogSync {
    private static final List<String> FACES = List.of("admin", "internal", "public");

    private final Database database;
    private final Revocations revocations;
    private final List<CatalogEntry> entries;

    @Inject
    CatalogSync(Database database, Revocations revocations, @Any Instance<ServiceModule> modules) {
        this.database = database;
        this.revocations = revocations;
        this.entries =
                modules.stream().flatMap(module -> module.catalog().stream()).toList();
    }

    void synchronise() {
        database.writeRetrying(em -> {
            boolean changed = region(em);
            Set<String> known = new HashSet<>();
            for (CatalogEntry entry : entries) {
                String id = id("service", entry.type(), entry.name());
                known.add(id);
                changed |= service(em, id, entry);
                for (String face : FACES) {
                    changed |= endpoint(em, id, face, entry.path());
                }
            }
            changed |= removeOthers(em, known);
            if (changed) {
                revocations.stale(Catalog.ID);
            }
            return changed;
        });
    }

    private static boolean region(EntityManager em) {
        String id = IdentitySettings.REGION.get();
        if (em.find(Region.class, id) != null) {
            return false;
        }
        em.persist(new Region(id, Optional.empty(), "", Map.of()));
        em.flush();
        return true;
    }

    private static boolean service(EntityManager em, String id, CatalogEntry entry) {
        if (em.find(Service.class, id) != null) {
            return false;
        }
        em.persist(new Service(id, entry.type(), entry.name(), true));
        em.flush();
        return true;
    }

    private static boolean endpoint(EntityManager em, String serviceId, String face, String path) {
        String region = IdentitySettings.REGION.get();
        String id = id("endpoint", serviceId, face);
        Endpoint endpoint = em.find(Endpoint.class, id);
        if (endpoint == null) {
            endpoint = new Endpoint(id, serviceId, face, path, true);
            endpoint.region(region);
            em.persist(endpoint);
            return true;
        }
        if (endpoint.isManaged()
                && !(endpoint.url().equals(path) && endpoint.regionId().equals(Optional.of(region)))) {
            endpoint.url(path);
            endpoint.region(region);
            return true;
        }
        return false;
    }

    /** Services that this program no longer has. */
    private static boolean removeOthers(EntityManager em, Set<String> known) {
        List<Service> gone = em
                .createQuery("select s from IdentityService s where s.managed = true", Service.class)
                .getResultList()
                .stream()
                .filter(service -> !known.contains(service.id()))
                .toList();
        gone.forEach(service -> Services.remove(em, service));
        return !gone.isEmpty();
    }

    private static String id(String kind, String a, String b) {
        return UUID.nameUUIDFromBytes((kind + ":" + a + ":" + b).getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", "");
    }
}
