package cloud.haneul.identity;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.Ids;
import cloud.haneul.kernel.Vault;
import cloud.haneul.kernel.access.Access;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.data.Page;
import cloud.haneul.kernel.event.Audit;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The use cases around consumers of OAuth 1. */
@Component
public class Consumers {
    private final Database database;
    private final Access access;
    private final Vault vault;
    private final Revocations revocations;
    private final Audit audit;

    @Inject
    Consumers(Database database, Access access, Vault vault, Revocations revocations, Audit audit) {
        this.database = database;
        this.access = access;
        this.vault = vault;
        this.revocations = revocations;
        this.audit = audit;
    }

    /**
     * One as it is shown.
     *
     * @param secret told once, to who made it
     */
    public record Shown(String id, Optional<String> description, Map<String, Object> extra, Optional<String> secret) {
        @Override
        public String toString() {
            return "consumer " + id;
        }
    }

    public Shown create(Caller caller, Optional<String> description, Map<String, Object> extra) {
        access.require(caller, "identity:create_consumer", Map.of());
        String secret = OAuth1Tokens.newSecret();
        return database.write(em -> {
            Consumer consumer = new Consumer(Ids.newHexId(), description, vault.seal(secret), extra);
            em.persist(consumer);
            audit.success(caller, "identity:create_consumer", "consumer", consumer.id(), description.orElse(""));
            return shown(consumer, Optional.of(secret));
        });
    }

    public Shown get(Caller caller, String id) {
        access.require(caller, "identity:get_consumer", Map.of());
        return shown(database.read(em -> existing(em, id)), Optional.empty());
    }

    public List<Shown> list(Caller caller, Page page) {
        access.require(caller, "identity:list_consumers", Map.of());
        return database.read(em -> em
                .createQuery("select c from OAuth1Consumer c where c.id > :marker order by c.id", Consumer.class)
                .setParameter("marker", page.marker().orElse(""))
                .setMaxResults(page.limit())
                .getResultList()
                .stream()
                .map(consumer -> shown(consumer, Optional.empty()))
                .toList());
    }

    /** @param extra of the client's own attributes those that change; null takes one away */
    public Shown update(Caller caller, String id, Optional<String> description, Map<String, Object> extra) {
        access.require(caller, "identity:update_consumer", Map.of());
        return database.write(em -> {
            Consumer consumer = existing(em, id);
            description.ifPresent(consumer::describe);
            Map<String, Object> all = new LinkedHashMap<>(consumer.extra());
            extra.forEach((name, value) -> {
                if (value == null) {
                    all.remove(name);
                } else {
                    all.put(name, value);
                }
            });
            consumer.extra(all);
            audit.success(caller, "identity:update_consumer", "consumer", id, description.orElse(""));
            return shown(consumer, Optional.empty());
        });
    }

    /** With all that it was let do; tokens it got are dead. */
    public void delete(Caller caller, String id) {
        access.require(caller, "identity:delete_consumer", Map.of());
        database.run(em -> {
            em.remove(existing(em, id));
            for (String entity : List.of("OAuth1RequestToken", "OAuth1AccessToken")) {
                em.createQuery("delete from " + entity + " t where t.consumerId = :id")
                        .setParameter("id", id)
                        .executeUpdate();
            }
            revocations.stale(id);
            audit.success(caller, "identity:delete_consumer", "consumer", id, "");
        });
    }

    /** @throws Fault NOT_FOUND */
    private static Consumer existing(EntityManager em, String id) {
        return Optional.ofNullable(em.find(Consumer.class, id)).orElseThrow(() -> Faults.notFound("consumer", id));
    }

    private static Shown shown(Consumer consumer, Optional<String> secret) {
        return new Shown(consumer.id(), consumer.description(), consumer.extra(), secret);
    }
}
