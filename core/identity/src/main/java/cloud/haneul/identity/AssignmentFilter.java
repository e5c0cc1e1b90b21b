package cloud.haneul.identity;

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
}
