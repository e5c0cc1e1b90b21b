package cloud.haneul.identity;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Delegation;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.Ids;
import cloud.haneul.kernel.Vault;
import cloud.haneul.kernel.access.Access;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.data.Database.DuplicateKey;
import cloud.haneul.kernel.data.Page;
import cloud.haneul.kernel.event.Audit;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The use cases around credentials. Whoever acts by leave (a trust, an application credential, be it unrestricted) neither sees nor
 * changes what its user has otherwise: with a secret of the user's own he would be more than he was let be.
 */
@Component
public class Credentials {
    private static final int MAX_BLOB = 65_535;

    private final Database database;
    private final Access access;
    private final Vault vault;
    private final Audit audit;
    private final Clock clock;

    @Inject
    Credentials(Database database, Access access, Vault vault, Audit audit, Clock clock) {
        this.database = database;
        this.access = access;
        this.vault = vault;
        this.audit = audit;
        this.clock = clock;
    }

    /** One as it is shown, with its secret. */
    public record Shown(String id, String userId, String type, String blob, Optional<String> projectId) {
        @Override
        public String toString() {
            return type + " credential " + id;
        }
    }

    /** @throws Fault CONFLICT when there are EC2 keys with that access key */
    public Shown create(Caller caller, NewCredential wanted) {
        access.require(caller, "identity:create_credential", target(wanted.userId()));
        // a trust's EC2 keys are marked as such and as good as the trust
        if (!wanted.type().equals(Credential.EC2)
                || caller.delegation()
                        .filter(d -> d.kind() == Delegation.Kind.TRUST)
                        .isEmpty()) {
            requireOwnPower(caller, wanted.userId(), wanted.type());
        }
        return add(caller, wanted, "identity:create_credential");
    }

    /** For use cases that have asked whether the caller may. */
    Shown add(Caller caller, NewCredential wanted, String action) {
        Text.name("type", wanted.type(), 255);
        String blob = wanted.type().equals(Credential.EC2)
                ? Ec2Blob.parse(wanted.blob()).madeBy(caller).text()
                : checked(wanted.type(), wanted.blob());
        requireProject(wanted.type(), wanted.projectId());
        String id = wanted.type().equals(Credential.EC2) ? Ec2Blob.parse(blob).id() : Ids.newHexId();
        try {
            return database.write(em -> {
                Users.existing(em, wanted.userId());
                Credential credential = new Credential(id, wanted.userId(), wanted.type(), clock.instant());
                credential.seal(vault.seal(Text.max("blob", blob, MAX_BLOB)));
                wanted.projectId().ifPresent(credential::project);
                em.persist(credential);
                em.flush();
                audit.success(caller, action, "credential", id, wanted.type());
                return shown(credential);
            });
        } catch (DuplicateKey e) {
            throw Faults.duplicate("credential", id);
        }
    }

    public Shown get(Caller caller, String id) {
        return shown(visible(caller, "identity:get_credential", id));
    }

    /** Those the caller may see: everybody's for administrators, else his own. */
    public List<Shown> list(Caller caller, CredentialFilter filter, Page page) {
        boolean all = access.allowed(caller, "identity:list_credentials", Map.of("target", Map.of()));
        Optional<String> user = all ? filter.userId() : filter.userId().or(() -> Optional.of(caller.userId()));
        if (!all && !user.equals(Optional.of(caller.userId()))) {
            return List.of();
        }
        return page(user, filter.type(), page).stream()
                .filter(credential -> isWithin(caller, credential))
                .map(this::shown)
                .toList();
    }

    /** A credential becomes somebody else's only when the caller may change both people's: its owner cannot give it away. */
    public Shown update(Caller caller, String id, CredentialChange change) {
        Credential seen = visible(caller, "identity:update_credential", id);
        requireOwnPower(
                caller, change.userId().orElse(seen.userId()), change.type().orElse(seen.type()));
        change.userId().ifPresent(user -> access.require(caller, "identity:update_credential", target(user)));
        return database.write(em -> {
            Credential credential = existing(em, id);
            change.userId()
                    .ifPresent(user -> credential.owner(Users.existing(em, user).id()));
            String before = vault.open(credential.sealed());
            boolean wasEc2 = credential.type().equals(Credential.EC2);
            change.type().ifPresent(type -> credential.type(Text.name("type", type, 255)));
            change.projectId().ifPresent(credential::project);
            requireProject(credential.type(), credential.projectId());
            String wanted = change.blob().orElse(before);
            String blob = credential.type().equals(Credential.EC2)
                    ? (wasEc2
                                    ? Ec2Blob.parse(wanted).replacing(Ec2Blob.parse(before))
                                    : Ec2Blob.parse(wanted).madeBy(caller))
                            .text()
                    : checked(credential.type(), wanted);
            credential.seal(vault.seal(Text.max("blob", blob, MAX_BLOB)));
            audit.success(caller, "identity:update_credential", "credential", id, credential.type());
            return shown(credential);
        });
    }

    public void delete(Caller caller, String id) {
        Credential credential = visible(caller, "identity:delete_credential", id);
        Delegations.requireOwnPower(caller, "managing credentials");
        remove(caller, credential, "identity:delete_credential");
    }

    void remove(Caller caller, Credential credential, String action) {
        database.run(em -> {
            em.remove(existing(em, credential.id()));
            audit.success(caller, action, "credential", credential.id(), credential.type());
        });
    }

    List<Credential> page(Optional<String> user, Optional<String> type, Page page) {
        return database.read(em -> em.createQuery(
                        "select c from IdentityCredential c where (:user = '' or c.userId = :user)"
                                + " and (:type = '' or c.type = :type) and c.id > :marker order by c.id",
                        Credential.class)
                .setParameter("user", user.orElse(""))
                .setParameter("type", type.orElse(""))
                .setParameter("marker", page.marker().orElse(""))
                .setMaxResults(page.limit())
                .getResultList());
    }

    Optional<Credential> find(String id) {
        return database.read(em -> Optional.ofNullable(em.find(Credential.class, id)));
    }

    Shown shown(Credential credential) {
        return new Shown(
                credential.id(),
                credential.userId(),
                credential.type(),
                vault.open(credential.sealed()),
                credential.projectId());
    }

    /** Whether a caller who acts by leave made it by the same leave. */
    boolean isWithin(Caller caller, Credential credential) {
        return caller.delegation()
                .filter(delegation ->
                        !delegation.mayDelegate() || credential.userId().equals(caller.userId()))
                .map(delegation -> credential.type().equals(Credential.EC2)
                        && Ec2Blob.parse(vault.open(credential.sealed()))
                                .source()
                                .equals(Optional.of(new TokenSource(delegation.kind(), delegation.id()))))
                .orElse(true);
    }

    /** By leave a user's own get no secrets but EC2 keys, which are marked with it and never good for more. */
    private static void requireOwnPower(Caller caller, String userId, String type) {
        Delegations.requireOwnPower(caller, "managing credentials");
        if (caller.delegation().isPresent() && userId.equals(caller.userId()) && !type.equals(Credential.EC2)) {
            throw Fault.forbidden("A token that was got by leave makes no credentials of its user but EC2 keys.");
        }
    }

    private Credential visible(Caller caller, String rule, String id) {
        Optional<Credential> credential = find(id);
        access.require(
                caller, rule, credential.isPresent() ? target(credential.get().userId()) : Map.of("target", Map.of()));
        return credential.filter(c -> isWithin(caller, c)).orElseThrow(() -> Faults.notFound("credential", id));
    }

    private static Credential existing(EntityManager em, String id) {
        return Optional.ofNullable(em.find(Credential.class, id)).orElseThrow(() -> Faults.notFound("credential", id));
    }

    private static String checked(String type, String blob) {
        if (type.equals(Credential.TOTP)) {
            try {
                Totp.secret(blob);
            } catch (IllegalArgumentException e) {
                throw Fault.badRequest("blob", "Invalid blob in credential: it is not a secret in base32.");
            }
        }
        return blob;
    }

    private static void requireProject(String type, Optional<String> projectId) {
        if (type.equals(Credential.EC2) && projectId.isEmpty()) {
            throw Fault.badRequest(
                    "project_id",
                    "Expecting to find project_id in credential. The server could not comply with the request since it is"
                            + " either malformed or otherwise incorrect.");
        }
    }

    static Map<String, ?> target(String userId) {
        return Map.of("target", Map.of("credential", Map.of("user_id", userId)));
    }
}
