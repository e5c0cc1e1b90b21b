package cloud.haneul.identity;

import java.util.Optional;

/**
 * A role that somebody has somewhere: given to him there, or come to him.
 *
 * @param groupId the group through which he has it
 * @param from the project or domain above, from which it was inherited
 * @param priorRoleId the role that was given and implies this one
 */
public record HeldRole(
        Grant grant, Optional<String> groupId, Optional<Grant.Target> from, Optional<String> priorRoleId) {

    static HeldRole given(Grant grant) {
        return new HeldRole(grant, Optional.empty(), Optional.empty(), Optional.empty());
    }

    HeldRole by(String userId) {
        return new HeldRole(
                new Grant(Grant.Actor.user(userId), grant.target(), grant.roleId(), grant.inherited()),
                Optional.of(grant.actor().id()),
                from,
                priorRoleId);
    }

    HeldRole at(String projectId) {
        return new HeldRole(
                new Grant(grant.actor(), Grant.Target.project(projectId), grant.roleId(), false),
                groupId,
                Optional.of(grant.target()),
                priorRoleId);
    }

    HeldRole as(String roleId) {
        return roleId.equals(grant.roleId())
                ? this
                : new HeldRole(
                        new Grant(grant.actor(), grant.target(), roleId, grant.inherited()),
                        groupId,
                        from,
                        Optional.of(grant.roleId()));
    }

    /** The assignment it comes from: as given, or as a member of the group has it. */
    HeldRole origin() {
        Grant.Target target = from.orElse(grant.target());
        return new HeldRole(
                new Grant(grant.actor(), target, priorRoleId.orElse(grant.roleId()), isInherited()),
                groupId,
                Optional.empty(),
                Optional.empty());
    }

    private boolean isInherited() {
        return grant.inherited() || from.isPresent();
    }

    /** Whose the assignment is: the group's, if it is one's. */
    String actorId() {
        return groupId.orElse(grant.actor().id());
    }

    /** Whether both are of the same assignment but for what has no id. */
    boolean sameIds(HeldRole other) {
        return actorId().equals(other.actorId())
                && grant.actor().id().equals(other.grant.actor().id())
                && grant.target().id().equals(other.grant.target().id())
                && grant.roleId().equals(other.grant.roleId());
    }

    /** Whether it comes after another one of the same origin. */
    boolean isBehind(HeldRole other) {
        int place = grant.target().id().compareTo(other.grant.target().id());
        return place > 0 || place == 0 && grant.roleId().compareTo(other.grant.roleId()) > 0;
    }

    /** What to go on from with the next page of a list. */
    public String marker() {
        return HeldRoleMarker.of(this);
    }
}
