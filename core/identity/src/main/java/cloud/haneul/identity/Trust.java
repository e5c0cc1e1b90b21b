package cloud.haneul.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One user's leave for another to act with some of his roles in a project, as himself or in the other's own name. It never
 * changes but for its uses left; it ends when it expires, is used up or deleted, with all that were made from it.
 */
@Entity(name = "Trust")
@Table(name = "identity_trust")
class Trust {
    @Id
    private String id;

    @Column(name = "trustor_id")
    private String trustorId;

    @Column(name = "trustee_id")
    private String trusteeId;

    @Column(name = "project_id")
    private String projectId;

    private boolean impersonation;

    @Convert(converter = IdsConverter.class)
    private List<String> roles;

    @Column(name = "expires_at")
    private Instant expiresAt;

    @Column(name = "remaining_uses")
    private Integer remainingUses;

    @Column(name = "redelegation_count")
    private int redelegationCount;

    @Column(name = "parent_id")
    private String parentId;

    @Column(name = "created_at")
    private Instant createdAt;

    protected Trust() {}

    /** @param parentId the trust this one hands on */
    Trust(String id, NewTrust wanted, List<String> roles, Optional<String> parentId, Instant createdAt) {
        this.id = id;
        this.trustorId = wanted.trustorId();
        this.trusteeId = wanted.trusteeId();
        this.projectId = wanted.projectId().orElse(null);
        this.impersonation = wanted.impersonation();
        this.roles = List.copyOf(roles);
        this.expiresAt = wanted.expiresAt().orElse(null);
        this.remainingUses = wanted.remainingUses().orElse(null);
        this.redelegationCount = wanted.redelegationCount().orElse(0);
        this.parentId = parentId.orElse(null);
        this.createdAt = createdAt;
    }

    String id() {
        return id;
    }

    String trustorId() {
        return trustorId;
    }

    String trusteeId() {
        return trusteeId;
    }

    Optional<String> projectId() {
        return Optional.ofNullable(projectId);
    }

    boolean isImpersonation() {
        return impersonation;
    }

    List<String> roles() {
        return roles;
    }

    Optional<Instant> expiresAt() {
        return Optional.ofNullable(expiresAt);
    }

    /** Tokens that may still be got by it; empty is any number. */
    Optional<Integer> remainingUses() {
        return Optional.ofNullable(remainingUses);
    }

    /** How many times over it may be handed on. */
    int redelegationCount() {
        return redelegationCount;
    }

    Optional<String> parentId() {
        return Optional.ofNullable(parentId);
    }

    boolean isOver(Instant now) {
        return expiresAt != null && !now.isBefore(expiresAt);
    }

    boolean isUsedUp() {
        return remainingUses != null && remainingUses <= 0;
    }
}
