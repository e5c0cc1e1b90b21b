package cloud.haneul.identity;

import cloud.haneul.identity.NewApplicationCredential.RoleRef;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A trust to be made.
 *
 * @param impersonation whether the trustee will act as the trustor
 * @param remainingUses tokens that may be got by it, at least 1; any number when empty
 * @param redelegationCount how many times over it may be handed on; the most allowed when empty and {@code allowRedelegation}
 */
public record NewTrust(
        String trustorId,
        String trusteeId,
        Optional<String> projectId,
        boolean impersonation,
        List<RoleRef> roles,
        Optional<Instant> expiresAt,
        Optional<Integer> remainingUses,
        boolean allowRedelegation,
        Optional<Integer> redelegationCount) {

    public NewTrust {
        roles = List.copyOf(roles);
    }

    NewTrust within(Optional<Instant> end, int depth) {
        return new NewTrust(
                trustorId,
                trusteeId,
                projectId,
                impersonation,
                roles,
                end,
                remainingUses,
                allowRedelegation,
                Optional.of(depth));
    }
}
