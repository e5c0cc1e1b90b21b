package cloud.haneul.identity;

import cloud.haneul.identity.NewApplicationCredential.RoleRef;
import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What may be lent: never more than one has, and never more than was lent to him. */
@Component
class TrustRules {
    private final RoleBook roles;
    private final Clock clock;

    @Inject
    TrustRules(RoleBook roles, Clock clock) {
        this.roles = roles;
        this.clock = clock;
    }

    /** The trust as it will be made. */
    NewTrust checked(EntityManager em, Caller caller, NewTrust wanted, Optional<String> parentId) {
        Users.existing(em, wanted.trusteeId());
        wanted.projectId().ifPresent(project -> Projects.existing(em, project));
        if (wanted.projectId().isPresent() && wanted.roles().isEmpty()) {
            throw Fault.forbidden("At least one role should be specified.");
        }
        if (wanted.projectId().isEmpty() && !wanted.roles().isEmpty()) {
            throw Fault.badRequest("project_id", "Expecting to find project_id in trust: roles are lent in a project.");
        }
        wanted.expiresAt().filter(end -> !end.isAfter(clock.instant())).ifPresent(end -> {
            throw Fault.badRequest("expires_at", "The 'expires_at' must not be before now.");
        });
        if (wanted.remainingUses().isPresent() && wanted.allowRedelegation()) {
            throw Fault.badRequest("remaining_uses", "remaining_uses must not be set if redelegation is allowed");
        }
        int most = IdentitySettings.REDELEGATION.get().intValue();
        if (wanted.redelegationCount().filter(count -> count > most).isPresent()) {
            throw Fault.forbidden("Requested redelegation depth of "
                    + wanted.redelegationCount().get() + " is greater than allowed " + most + ".");
        }
        int depth = wanted.allowRedelegation() ? wanted.redelegationCount().orElse(most) : 0;
        if (parentId.isPresent()) {
            return fromParent(em, caller, wanted, parentId.get());
        }
        return Delegations.credential(em, caller)
                .map(credential -> fromCredential(credential, wanted, depth))
                .orElseGet(() -> wanted.within(wanted.expiresAt(), depth));
    }

    /** The ids of the roles lent, which the trustor, or the trust or application credential he acts by, must have. */
    List<String> roles(EntityManager em, Caller caller, NewTrust trust, Optional<String> parentId) {
        if (trust.projectId().isEmpty()) {
            return List.of();
        }
        Set<String> held = caller.delegation().isPresent()
                ? roles.named(caller.roles()).stream().map(Role::id).collect(Collectors.toSet())
                : held(em, trust.trustorId(), trust.projectId().get());
        return trust.roles().stream()
                .map(ref -> roles.all(held).stream()
                        .filter(role -> is(role, ref))
                        .findFirst()
                        .orElseThrow(() -> parentId.isPresent()
                                ? Fault.forbidden("Some of requested roles are not in redelegated trust")
                                : Faults.notFound("role", ref.toString())))
                .map(Role::id)
                .distinct()
                .toList();
    }

    private NewTrust fromParent(EntityManager em, Caller caller, NewTrust wanted, String parentId) {
        Trust parent = Optional.ofNullable(em.find(Trust.class, parentId))
                .orElseThrow(() -> Faults.notFound("trust", parentId));
        int most = IdentitySettings.REDELEGATION.get().intValue();
        if (parent.redelegationCount() < 1 || parent.redelegationCount() > most) {
            throw Fault.forbidden("Remaining redelegation depth of " + parent.redelegationCount()
                    + " out of allowed range of [0.." + most + "].");
        }
        if (wanted.remainingUses().isPresent()) {
            throw Fault.forbidden("Field \"remaining_uses\" is set to "
                    + wanted.remainingUses().get() + " while it must not be set in order to redelegate a trust");
        }
        if (wanted.impersonation() && !parent.isImpersonation()) {
            throw Fault.forbidden("Impersonation is not allowed because redelegated trust does not specify"
                    + " impersonation. Redelegated trust id: " + parentId);
        }
        if (!wanted.projectId().equals(parent.projectId())) {
            throw Fault.forbidden("The project of a redelegated trust cannot be another one.");
        }
        if (!wanted.trustorId().equals(caller.userId())) {
            throw Fault.forbidden("The trustor of a redelegated trust must be the one who acts.");
        }
        Optional<Instant> end = wanted.expiresAt().or(parent::expiresAt);
        if (parent.expiresAt().isPresent()
                && end.get().isAfter(parent.expiresAt().get())) {
            throw Fault.forbidden("Requested expiration time is more than redelegated trust can provide");
        }
        return wanted.within(end, wanted.allowRedelegation() ? parent.redelegationCount() - 1 : 0);
    }

    /** Only where it is for itself and no longer than it lasts; a trust has no access rules to be held to. */
    private static NewTrust fromCredential(ApplicationCredential credential, NewTrust wanted, int depth) {
        if (!credential.accessRules().isEmpty()) {
            throw Fault.forbidden("An application credential with access rules cannot make trusts.");
        }
        if (!wanted.projectId().equals(Optional.of(credential.projectId()))) {
            throw Fault.forbidden("An application credential can make trusts only for its own project.");
        }
        Optional<Instant> end = wanted.expiresAt().or(credential::expiresAt);
        if (credential.expiresAt().filter(last -> end.get().isAfter(last)).isPresent()) {
            throw Fault.forbidden("An application credential cannot make a trust that expires later than itself.");
        }
        return wanted.within(end, depth);
    }

    private Set<String> held(EntityManager em, String userId, String projectId) {
        List<String> actors = new ArrayList<>(Effective.groupsOf(em, userId));
        actors.add(userId);
        return roles.expand(
                Effective.roleIds(em, actors, Grant.Target.project(projectId), Effective.path(em, projectId)));
    }

    private static boolean is(Role role, RoleRef ref) {
        return role.domainId().isEmpty()
                && ref.id()
                        .map(role.id()::equals)
                        .orElseGet(() -> ref.name().filter(role.name()::equals).isPresent());
    }
}
