package cloud.haneul.identity;

import cloud.haneul.kernel.Fault;
import java.util.Optional;

/**
 * Which assignments are wanted.
 *
 * @param inherited only those that count below their target, or only those that count at it
 * @param effective what they come to, user by user, instead of what was given
 * @param subtree those in the projects below the given project, too
 */
public record AssignmentFilter(
        Optional<String> userId,
        Optional<String> groupId,
        Optional<String> roleId,
        Optional<Grant.Target> target,
        Optional<Boolean> inherited,
        boolean effective,
        boolean subtree) {
    public static final AssignmentFilter ALL = new AssignmentFilter(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false, false);

    public AssignmentFilter user(String id) {
        return new AssignmentFilter(Optional.of(id), groupId, roleId, target, inherited, effective, subtree);
    }

    public AssignmentFilter group(String id) {
        return new AssignmentFilter(userId, Optional.of(id), roleId, target, inherited, effective, subtree);
    }

    public AssignmentFilter role(String id) {
        return new AssignmentFilter(userId, groupId, Optional.of(id), target, inherited, effective, subtree);
    }

    public AssignmentFilter at(Grant.Target where) {
        return new AssignmentFilter(userId, groupId, roleId, Optional.of(where), inherited, effective, subtree);
    }

    public AssignmentFilter effectively() {
        return new AssignmentFilter(userId, groupId, roleId, target, inherited, true, subtree);
    }

    public AssignmentFilter withSubtree() {
        return new AssignmentFilter(userId, groupId, roleId, target, inherited, effective, true);
    }

    /** @throws Fault BAD_REQUEST when it contradicts itself */
    void requireSensible() {
        if (userId.isPresent() && groupId.isPresent()) {
            throw Fault.badRequest("group.id", "Specify a user or group, not both");
        }
        if (effective && inherited.orElse(false) && is(Grant.TargetType.DOMAIN)) {
            throw Fault.badRequest(
                    "scope.domain.id",
                    "Combining effective, domain and inherited filters will always result in an empty list.");
        }
        if (effective && groupId.isPresent()) {
            throw Fault.badRequest(
                    "group.id", "Combining effective and group filter will always result in an empty list.");
        }
        if (subtree && !is(Grant.TargetType.PROJECT)) {
            throw Fault.badRequest(
                    "scope.project.id", "scope.project.id must be specified if include_subtree is also specified");
        }
    }

    private boolean is(Grant.TargetType type) {
        return target.filter(t -> t.type() == type).isPresent();
    }
}
