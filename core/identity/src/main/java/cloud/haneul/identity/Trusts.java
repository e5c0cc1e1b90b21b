package cloud.haneul.identity;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Delegation;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.Ids;
import cloud.haneul.kernel.access.Access;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.data.Page;
import cloud.haneul.kernel.event.Audit;
import jakarta.inject.Inject;
import jakarta.persistence.TypedQuery;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The use cases around trusts. */
@Component
public class Trusts {
    private final Database database;
    private final Access access;
    private final TrustRules rules;
    private final RoleBook roles;
    private final Delegations delegations;
    private final Audit audit;
    private final Clock clock;

    @Inject
    Trusts(
            Database database,
            Access access,
            TrustRules rules,
            RoleBook roles,
            Delegations delegations,
            Audit audit,
            Clock clock) {
        this.database = database;
        this.access = access;
        this.rules = rules;
        this.roles = roles;
        this.delegations = delegations;
        this.audit = audit;
        this.clock = clock;
    }

    /** One as it is shown. */
    public record Shown(
            String id,
            String trustorId,
            String trusteeId,
            Optional<String> projectId,
            boolean impersonation,
            List<Role> roles,
            Optional<Instant> expiresAt,
            Optional<Integer> remainingUses,
            int redelegationCount,
            Optional<String> parentId) {}

    /**
     * @throws Fault FORBIDDEN for a caller who is not the trustor, cannot hand on what he acts by, or wants to lend more than that;
     *     NOT_FOUND for a role he does not have, or an unknown trustee or project
     */
    public Shown create(Caller caller, NewTrust wanted) {
        access.require(
                caller,
                "identity:create_trust",
                Map.of("target", Map.of("trust", Map.of("trustor_user_id", wanted.trustorId()))));
        Optional<String> parentId = caller.delegation()
                .filter(d -> d.kind() == Delegation.Kind.TRUST)
                .map(Delegation::id);
        if (parentId.isEmpty()) {
            Delegations.requireOwnPower(caller, "managing trusts");
        }
        return database.write(em -> {
            NewTrust allowed = rules.checked(em, caller, wanted, parentId);
            List<String> roleIds = rules.roles(em, caller, allowed, parentId);
            Trust trust = new Trust(Ids.newHexId(), allowed, roleIds, parentId, clock.instant());
            em.persist(trust);
            audit.success(caller, "identity:create_trust", "trust", trust.id(), "for " + trust.trusteeId());
            return shown(trust);
        });
    }

    public Shown get(Caller caller, String id) {
        return shown(visible(caller, "identity:get_trust", id));
    }

    /** The roles that a trust lends. */
    public List<Role> roles(Caller caller, String id, String rule) {
        return roles.all(visible(caller, rule, id).roles());
    }

    /** By the one who gives or the one who is given; all of them is for administrators. */
    public List<Shown> list(Caller caller, Optional<String> trustorId, Optional<String> trusteeId, Page page) {
        if (trustorId.isEmpty() && trusteeId.isEmpty()) {
            access.require(caller, "identity:list_trusts", Map.of());
        }
        trustorId.ifPresent(user -> requireList(caller, "identity:list_trusts_for_trustor", "trustor_user_id", user));
        trusteeId.ifPresent(user -> requireList(caller, "identity:list_trusts_for_trustee", "trustee_user_id", user));
        Map<String, Object> parameters = new HashMap<>();
        StringBuilder where = new StringBuilder("(t.expiresAt is null or t.expiresAt > :now)"
                + " and (t.remainingUses is null or t.remainingUses > 0)");
        parameters.put("now", clock.instant());
        trustorId.ifPresent(user -> {
            where.append(" and t.trustorId = :trustor");
            parameters.put("trustor", user);
        });
        trusteeId.ifPresent(user -> {
            where.append(" and t.trusteeId = :trustee");
            parameters.put("trustee", user);
        });
        page.marker().ifPresent(marker -> {
            where.append(" and t.id > :marker");
            parameters.put("marker", marker);
        });
        return database.read(em -> {
            TypedQuery<Trust> query =
                    em.createQuery("select t from Trust t where " + where + " order by t.id", Trust.class);
            parameters.forEach(query::setParameter);
            return query.setMaxResults(page.limit()).getResultList().stream()
                    .map(this::shown)
                    .toList();
        });
    }

    /**
     * Tokens got by it, and by trusts made from it, are dead.
     *
     * @throws Fault FORBIDDEN for a caller who acts by leave and may not hand it on, unless it is by this trust or the one above
     */
    public void delete(Caller caller, String id) {
        Trust trust = visible(caller, "identity:delete_trust", id);
        boolean own = caller.delegation()
                .filter(d -> d.kind() == Delegation.Kind.TRUST)
                .map(Delegation::id)
                .filter(by ->
                        by.equals(id) || trust.parentId().filter(by::equals).isPresent())
                .isPresent();
        if (!own) {
            Delegations.requireOwnPower(caller, "managing trusts");
        }
        database.run(em -> {
            delegations.deleteTrust(em, id);
            audit.success(caller, "identity:delete_trust", "trust", id, "for " + trust.trusteeId());
        });
    }

    /**
     * Takes one of the uses a trust has left, if they are counted.
     *
     * @throws Fault FORBIDDEN when none is
     */
    static void use(Database database, String id) {
        int used = database.write(em -> em.createQuery("update Trust t set t.remainingUses = t.remainingUses - 1"
                        + " where t.id = :id and t.remainingUses > 0")
                .setParameter("id", id)
                .executeUpdate());
        if (used == 0
                && database.read(em -> Optional.ofNullable(em.find(Trust.class, id))
                        .flatMap(Trust::remainingUses)
                        .isPresent())) {
            throw Fault.forbidden("No remaining uses for trust: " + id + ".");
        }
    }

    private Trust visible(Caller caller, String rule, String id) {
        Trust trust = database.read(em -> Optional.ofNullable(em.find(Trust.class, id)))
                .filter(t -> !t.isOver(clock.instant()) && !t.isUsedUp())
                .orElseThrow(() -> Faults.notFound("trust", id));
        access.require(
                caller,
                rule,
                Map.of(
                        "target",
                        Map.of(
                                "trust",
                                Map.of(
                                        "trustor_user_id", trust.trustorId(),
                                        "trustee_user_id", trust.trusteeId()))));
        return trust;
    }

    private void requireList(Caller caller, String rule, String who, String user) {
        access.require(caller, rule, Map.of("target", Map.of("trust", Map.of(who, user))));
    }

    private Shown shown(Trust trust) {
        return new Shown(
                trust.id(),
                trust.trustorId(),
                trust.trusteeId(),
                trust.projectId(),
                trust.isImpersonation(),
                roles.all(trust.roles()),
                trust.expiresAt(),
                trust.remainingUses(),
                trust.redelegationCount(),
                trust.parentId());
    }
}
