package cloud.haneul.compute;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.access.Access;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.data.Page;
import cloud.haneul.kernel.event.Audit;
import cloud.haneul.kernel.event.Events;
import cloud.haneul.kernel.event.ResourceEvent;
import cloud.haneul.kernel.quota.Quotas;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** SSH keys of users, brought or made here; a private key made here is handed out once and not kept. */
@Component
public class KeyPairs {
    private static final String RULE = "os_compute_api:os-keypairs:";
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_. @-]{1,255}");

    private final Database database;
    private final Access access;
    private final Quotas quotas;
    private final Audit audit;
    private final Events events;
    private final Clock clock;

    @Inject
    KeyPairs(Database database, Access access, Quotas quotas, Audit audit, Events events, Clock clock) {
        this.database = database;
        this.access = access;
        this.quotas = quotas;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /** @param privateKey in OpenSSH form, when the pair was made here */
    public record Created(KeyPair keyPair, Optional<String> privateKey) {}

    /**
     * Keeps a brought public key, or makes a pair when none is brought.
     *
     * @param userId whose; another's only for administrators
     * @throws Fault BAD_REQUEST for a name or key that is none, CONFLICT for a name in use, OVER_QUOTA
     */
    public Created create(Caller caller, String userId, String name, Optional<String> publicKey) {
        access.require(caller, RULE + "create", Map.of("user_id", userId));
        if (!NAME.matcher(name).matches() || name.isBlank()) {
            throw Fault.badRequest(
                    "name",
                    "Keypair data is invalid: Keypair name contains unsafe characters or is not 1 to 255 long.");
        }
        SshKeys.Pair made = publicKey.isPresent() ? null : SshKeys.generate("haneul-" + caller.requestId());
        PublicKeyText key = PublicKeyText.parse(publicKey.orElseGet(() -> made.publicKey()));
        try {
            KeyPair pair = database.write(em -> {
                // a user's keys are counted as a project's are: the quota belongs to the user
                quotas.reserve("user:" + userId, Map.of("key_pairs", 1L));
                KeyPair row = new KeyPair(userId, name, key, clock.instant());
                em.persist(row);
                em.flush();
                audit.success(caller, RULE + "create", "keypair", name, name);
                events.publish(new ResourceEvent("keypair", name, caller.projectId(), "created"));
                return row;
            });
            return new Created(pair, Optional.ofNullable(made).map(SshKeys.Pair::privateKey));
        } catch (Database.DuplicateKey e) {
            throw Fault.conflict("Key pair '" + name + "' already exists.").cause(e);
        }
    }

    /** A user's keys by name. */
    public List<KeyPair> list(Caller caller, String userId, Page page) {
        access.require(caller, RULE + "index", Map.of("user_id", userId));
        return database.read(em -> em.createQuery(
                        "select k from KeyPair k where k.userId = :user and k.name > :marker order by k.name",
                        KeyPair.class)
                .setParameter("user", userId)
                .setParameter("marker", page.marker().orElse(""))
                .setMaxResults(page.limit())
                .getResultList());
    }

    public KeyPair show(Caller caller, String userId, String name) {
        access.require(caller, RULE + "show", Map.of("user_id", userId));
        return database.read(em -> find(em, userId, name));
    }

    public void delete(Caller caller, String userId, String name) {
        access.require(caller, RULE + "delete", Map.of("user_id", userId));
        database.run(em -> {
            em.remove(find(em, userId, name));
            quotas.release("user:" + userId, Map.of("key_pairs", 1L));
            audit.success(caller, RULE + "delete", "keypair", name, name);
            events.publish(new ResourceEvent("keypair", name, caller.projectId(), "deleted"));
        });
    }

    private static KeyPair find(EntityManager em, String userId, String name) {
        return em.createQuery("select k from KeyPair k where k.userId = :user and k.name = :name", KeyPair.class)
                .setParameter("user", userId)
                .setParameter("name", name)
                .getResultStream()
                .findFirst()
                .orElseThrow(() -> Fault.notFound("Keypair", name).type("KeypairNotFound"));
    }
}
