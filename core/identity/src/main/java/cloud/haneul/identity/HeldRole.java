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
}
