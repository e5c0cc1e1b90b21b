package cloud.haneul.placement;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.data.Database;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The scheduler's truth: who has what, and who holds how much of it. A claim raises each inventory's counter by compare-and-set
 * in one transaction, so parallel claims cannot oversubscribe a provider. For the cloud's own use; people come through
 * {@code rest}.
 */
@Component
public class Placement {
    /** The standard resource classes of a host. */
    public static final String VCPU = "VCPU";

    public static final String MEMORY_MB = "MEMORY_MB";
    public static final String DISK_GB = "DISK_GB";

    private final Database database;
    private final Clock clock;

    @Inject
    Placement(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** A provider with room for a request, as the scheduler sees it. */
    public record Candidate(UUID provider, String name, Map<String, Long> free) {}

    /** A provider's books: capacity and use by resource class. */
    public record Books(
            UUID provider, String name, Set<String> traits, Map<String, Long> capacity, Map<String, Long> used) {
        public long free(String resourceClass) {
            return capacity.getOrDefault(resourceClass, 0L) - used.getOrDefault(resourceClass, 0L);
        }
    }

    /** Makes or renews a provider with exactly these inventories and traits; what is allocated stays. */
    public void ensureProvider(UUID id, String name, Map<String, Stock> inventories, Set<String> traits) {
        database.writeRetrying(em -> {
            Provider provider = em.find(Provider.class, id);
            if (provider == null) {
                provider = new Provider(id, name, clock.instant());
                em.persist(provider);
                em.flush();
            }
            provider.rename(name);
            provider.traits(traits);
            for (Map.Entry<String, Stock> entry : inventories.entrySet()) {
                Inventory inventory = em.find(Inventory.class, new Inventory.Key(id, entry.getKey()));
                if (inventory == null) {
                    inventory = new Inventory(id, entry.getKey());
                    inventory.set(entry.getValue());
                    em.persist(inventory);
                } else {
                    inventory.set(entry.getValue());
                }
            }
            return null;
        });
    }

    /**
     * Removes a provider with its inventories.
     *
     * @throws Fault CONFLICT while anything is allocated from it
     */
    public void removeProvider(UUID id) {
        database.run(em -> {
            Provider provider = em.find(Provider.class, id);
            if (provider == null) {
                return;
            }
            long held = em.createQuery("select count(a) from Allocation a where a.providerId = :id", Long.class)
                    .setParameter("id", id)
                    .getSingleResult();
            if (held > 0) {
                throw Fault.conflict("Unable to delete resource provider " + id + ": it has allocations.");
            }
            em.createQuery("delete from Inventory i where i.providerId = :id")
                    .setParameter("id", id)
                    .executeUpdate();
            em.remove(provider);
        });
    }

    /**
     * Providers that have room for {@code amounts}, most free memory first (where none is asked for, most free of the first
     * resource class); one query, which reads no more than {@code limit} providers, however many there are.
     *
     * @param amounts of one resource class at least
     * @param limit how many providers with room of that class are asked for the others
     */
    public List<Candidate> candidates(Map<String, Long> amounts, int limit) {
        List<String> classes = new ArrayList<>(new TreeMap<>(amounts).keySet());
        Collections.swap(classes, 0, Math.max(0, classes.indexOf(MEMORY_MB)));
        return database.read(em -> {
            jakarta.persistence.Query query = em.createNativeQuery(candidatesQuery(classes.size()));
            for (int i = 0; i < classes.size(); i++) {
                query.setParameter(2 * i + 2, classes.get(i)).setParameter(2 * i + 3, amounts.get(classes.get(i)));
            }
            List<Candidate> result = new ArrayList<>();
            for (Object row : query.setParameter(1, limit).getResultList()) {
                Object[] columns = (Object[]) row;
                Map<String, Long> free = new HashMap<>();
                for (int i = 0; i < classes.size(); i++) {
                    free.put(classes.get(i), ((Number) columns[i + 2]).longValue());
                }
                result.add(new Candidate(uuid(columns[0]), (String) columns[1], free));
            }
            return result;
        });
    }

    /** The limit, then each class and its amount, the leading class first: that one is read along its index. */
    static String candidatesQuery(int classes) {
        StringBuilder select = new StringBuilder("select p.id, p.name, i0.free");
        StringBuilder from = new StringBuilder("""
                 from (select provider_id, free from placement_inventory
                   where resource_class = ?2 and free >= ?3 and max_unit >= ?3
                   order by resource_class desc, free desc, provider_id desc limit ?1) i0
                 join placement_provider p on p.id = i0.provider_id
                """);
        for (int i = 1; i < classes; i++) {
            select.append(", i").append(i).append(".free");
            from.append("""
                     join placement_inventory i%1$d on i%1$d.provider_id = p.id and i%1$d.resource_class = ?%2$d
                       and i%1$d.free >= ?%3$d and i%1$d.max_unit >= ?%3$d
                    """.formatted(i, 2 * i + 2, 2 * i + 3));
        }
        return select.append(from).append(" order by i0.free desc, p.name").toString();
    }

    /** All providers with their books, for explanations and capacity pages; two queries. */
    public List<Books> books() {
        return database.read(em -> {
            Map<UUID, Books> books = new HashMap<>();
            for (Provider p :
                    em.createQuery("select p from Provider p", Provider.class).getResultList()) {
                books.put(p.id(), new Books(p.id(), p.name(), p.traits(), new HashMap<>(), new HashMap<>()));
            }
            for (Object[] row : em.createQuery(
                            "select i.providerId, i.resourceClass, i.capacity, i.used from Inventory i", Object[].class)
                    .getResultList()) {
                Books of = books.get(row[0]);
                if (of != null) {
                    of.capacity().put((String) row[1], (Long) row[2]);
                    of.used().put((String) row[1], (Long) row[3]);
                }
            }
            return List.copyOf(books.values());
        });
    }

    /**
     * Claims {@code amounts} of a provider for a consumer. Claiming again what the consumer already holds there is success; what
     * it holds of another provider, from a claim whose end nobody noted, is given back.
     *
     * @return false when the provider has no room (any more); nothing was taken then
     */
    public boolean claim(UUID consumer, UUID provider, Map<String, Long> amounts, String projectId, String userId) {
        try {
            database.run(em -> {
                if (holds(em, consumer, provider)) {
                    return;
                }
                take(em, provider, amounts);
                if (em.find(Consumer.class, consumer) == null) {
                    em.persist(new Consumer(consumer, projectId, userId));
                } else {
                    giveBack(em, consumer);
                }
                em.flush();
                amounts.forEach((name, amount) -> em.persist(new Allocation(consumer, provider, name, amount)));
            });
            return true;
        } catch (NoRoom e) {
            return false;
        }
    }

    /** Gives back everything a consumer holds; nothing when it holds nothing. */
    public void release(UUID consumer) {
        database.run(em -> {
            giveBack(em, consumer);
            em.flush();
            Optional.ofNullable(em.find(Consumer.class, consumer)).ifPresent(em::remove);
        });
    }

    private static void giveBack(EntityManager em, UUID consumer) {
        List<Allocation> held = em.createQuery("select a from Allocation a where a.consumerId = :id", Allocation.class)
                .setParameter("id", consumer)
                .getResultList();
        for (Allocation allocation : held) {
            em.remove(allocation);
            add(em, allocation.providerId(), allocation.resourceClass(), -allocation.used());
        }
    }

    /** What a consumer holds. */
    public List<Allocation> allocations(UUID consumer) {
        return database.read(
                em -> em.createQuery("select a from Allocation a where a.consumerId = :id", Allocation.class)
                        .setParameter("id", consumer)
                        .getResultList());
    }

    /** Consumers that hold something of a provider, so that orphans can be found. */
    public List<UUID> consumers() {
        return database.read(
                em -> em.createQuery("select c.id from Consumer c", UUID.class).getResultList());
    }

    private static boolean holds(EntityManager em, UUID consumer, UUID provider) {
        return em.createQuery(
                                "select count(a) from Allocation a where a.consumerId = :c and a.providerId = :p",
                                Long.class)
                        .setParameter("c", consumer)
                        .setParameter("p", provider)
                        .getSingleResult()
                > 0;
    }

    private static void take(EntityManager em, UUID provider, Map<String, Long> amounts) {
        // always in the same order, so that two claims cannot wait for one another
        new TreeMap<>(amounts).forEach((name, amount) -> {
            if (add(em, provider, name, amount) == 0) {
                throw new NoRoom();
            }
        });
    }

    private static int add(EntityManager em, UUID provider, String resourceClass, long amount) {
        return em.createQuery(
                        "update Inventory i set i.used = i.used + :n where i.providerId = :p and i.resourceClass = :c"
                                + " and (:n <= 0 or (i.used + :n <= i.capacity and i.maxUnit >= :n))")
                .setParameter("n", amount)
                .setParameter("p", provider)
                .setParameter("c", resourceClass)
                .executeUpdate();
    }

    private static UUID uuid(Object column) {
        return column instanceof UUID id ? id : UUID.fromString(column.toString());
    }

    /** Rolls a claim back. */
    private static final class NoRoom extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NoRoom() {
            super("No room", null, false, false);
        }
    }
}
