package cloud.haneul.identity;

import cloud.haneul.identity.NewApplicationCredential.RoleRef;
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
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The use cases around application credentials: a user makes them for himself, in the project of his token. */
@Component
public class ApplicationCredentials {
    private static final int MOST = 10_000;

    private final Database database;
    private final Access access;
    private final RoleBook roles;
    private final SecretHashes hashes;
    private final Revocations revocations;
    private final Audit audit;
    private final Clock clock;

    @Inject
    ApplicationCredentials(
            Database database,
            Access access,
            RoleBook roles,
            SecretHashes hashes,
            Revocations revocations,
            Audit audit,
            Clock clock) {
        this.database = database;
        this.access = access;
        this.roles = roles;
        this.hashes = hashes;
        this.revocations = revocations;
        this.audit = audit;
        this.clock = clock;
    }

    /** One as it is shown. */
    public record Shown(
            String id,
            String userId,
            String projectId,
            String name,
            String description,
            List<Role> roles,
            Optional<Instant> expiresAt,
            boolean unrestricted,
            List<AccessRule> accessRules) {}

    /** One just made, with the secret that is told this once. */
    public record Made(Shown credential, String secret) {
        @Override
        public String toString() {
            return "application credential " + credential.name();
        }
    }

    /**
     * @throws Fault FORBIDDEN for a caller who is not that user or acts by leave that he may not hand on; BAD_REQUEST for roles
     *     he does not have in his token; CONFLICT when he has one of that name
     */
    public Made create(Caller caller, String userId, NewApplicationCredential wanted) {
        access.require(caller, "identity:create_application_credential", owner(userId));
        Delegations.requireOwnPower(caller, "managing additional application credentials");
        String project = caller.project();
        Text.name("name", wanted.name(), 255);
        Instant now = clock.instant();
        wanted.expiresAt().filter(end -> !end.isAfter(now)).ifPresent(end -> {
            throw Fault.badRequest("expires_at", "The 'expires_at' must not be before now.");
        });
        List<String> roleIds = chosen(caller, wanted.roles());
        String secret = wanted.secret().orElseGet(hashes::newSecret);
        String hash = wanted.secret().map(hashes::ofChosen).orElseGet(() -> hashes.ofMade(secret));
        try {
            return database.write(em -> {
                requireRoom(em, userId);
                List<AccessRule> rules = wanted.accessRules().stream()
                        .map(ref -> AccessRules.obtain(em, userId, ref))
                        .toList();
                requireWithin(em, caller, wanted, rules);
                ApplicationCredential credential = new ApplicationCredential(
                        Ids.newHexId(),
                        userId,
                        project,
                        wanted,
                        hash,
                        roleIds,
                        rules.stream().map(AccessRule::id).distinct().toList(),
                        now);
                em.persist(credential);
                em.flush();
                audit.success(
                        caller,
                        "identity:create_application_credential",
                        "application_credential",
                        credential.id(),
                        credential.name());
                return new Made(shown(credential, rules(em, userId)), secret);
            });
        } catch (DuplicateKey e) {
            throw Faults.duplicate("application_credential", wanted.name());
        }
    }

    /** A user's own, by name. */
    public List<Shown> list(Caller caller, String userId, Optional<String> name) {
        access.require(caller, "identity:list_application_credentials", owner(userId));
        return database.read(em -> {
            Map<String, AccessRule> rules = rules(em, userId);
            return ofUser(em, userId).stream()
                    .filter(credential -> name.map(credential.name()::equals).orElse(true))
                    .map(credential -> shown(credential, rules))
                    .toList();
        });
    }

    public Shown get(Caller caller, String userId, String id) {
        access.require(caller, "identity:get_application_credential", owner(userId));
        return database.read(em -> shown(existing(em, userId, id), rules(em, userId)));
    }

    /** Tokens got by it are dead. */
    public void delete(Caller caller, String userId, String id) {
        access.require(caller, "identity:delete_application_credential", owner(userId));
        Delegations.requireOwnPower(caller, "managing additional application credentials");
        database.run(em -> {
            ApplicationCredential credential = existing(em, userId, id);
            em.remove(credential);
            revocations.stale(id);
            audit.success(
                    caller, "identity:delete_application_credential", "application_credential", id, credential.name());
        });
    }

    static List<ApplicationCredential> ofUser(EntityManager em, String userId) {
        return em.createQuery(
                        "select c from ApplicationCredential c where c.userId = :user order by c.name",
                        ApplicationCredential.class)
                .setParameter("user", userId)
                .setMaxResults(MOST)
                .getResultList();
    }

    /** The ids of the roles asked for, all of which the caller's token has; of all it has when none is asked for. */
    private List<String> chosen(Caller caller, List<RoleRef> wanted) {
        Set<String> held = caller.roles();
        List<Role> own = roles.named(held);
        if (wanted.isEmpty()) {
            return own.stream().map(Role::id).toList();
        }
        return wanted.stream()
                .map(ref -> own.stream()
                        .filter(role -> ref.id().map(role.id()::equals).orElseGet(() -> ref.name()
                                .filter(role.name()::equals)
                                .isPresent()))
                        .findFirst()
                        .orElseThrow(() -> Fault.badRequest(
                                "roles",
                                "Invalid application credential: Could not find role assignment with role: " + ref
                                        + ", user or group: " + caller.userId() + ", project, domain, or system: "
                                        + caller.project() + ".")))
                .map(Role::id)
                .distinct()
                .toList();
    }

    /** What a credential makes lives no longer than it does and may be used for no more. */
    private static void requireWithin(
            EntityManager em, Caller caller, NewApplicationCredential wanted, List<AccessRule> rules) {
        Delegations.credential(em, caller).ifPresent(parent -> {
            Set<String> allowed = new HashSet<>(parent.accessRules());
            if (!allowed.isEmpty()
                    && (rules.isEmpty() || !rules.stream().map(AccessRule::id).allMatch(allowed::contains))) {
                throw Fault.forbidden("An application credential with access rules can make others only with"
                        + " some of the same access rules.");
            }
            parent.expiresAt()
                    .filter(end ->
                            wanted.expiresAt().map(own -> own.isAfter(end)).orElse(true))
                    .ifPresent(end -> {
                        throw Fault.forbidden(
                                "An application credential cannot make one that expires later" + " than itself.");
                    });
        });
    }

    private static void requireRoom(EntityManager em, String userId) {
        // one after the other, or many at once would all find room for one
        em.find(User.class, userId, LockModeType.PESSIMISTIC_WRITE);
        long most = Math.min(IdentitySettings.APPLICATIONS.get(), MOST);
        long count = em.createQuery("select count(c) from ApplicationCredential c where c.userId = :user", Long.class)
                .setParameter("user", userId)
                .getSingleResult();
        if (count >= most) {
            throw Fault.forbidden("Unable to create additional application credentials, maximum of " + most
                    + " already exceeded for user.");
        }
    }

    private static Map<String, AccessRule> rules(EntityManager em, String userId) {
        return AccessRules.ofUser(em, userId).stream().collect(Collectors.toMap(AccessRule::id, rule -> rule));
    }

    private Shown shown(ApplicationCredential credential, Map<String, AccessRule> rules) {
        return new Shown(
                credential.id(),
                credential.userId(),
                credential.projectId(),
                credential.name(),
                credential.description(),
                roles.all(credential.roles()),
                credential.expiresAt(),
                credential.isUnrestricted(),
                credential.accessRules().stream().map(rules::get).toList());
    }

    private static ApplicationCredential existing(EntityManager em, String userId, String id) {
        return Optional.ofNullable(em.find(ApplicationCredential.class, id))
                .filter(credential -> credential.userId().equals(userId))
                .orElseThrow(() -> Faults.notFound("application credential", id));
    }

    private static Map<String, ?> owner(String userId) {
        return Map.of("user_id", userId);
    }
}
