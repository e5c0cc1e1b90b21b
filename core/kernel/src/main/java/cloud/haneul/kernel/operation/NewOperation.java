package cloud.haneul.kernel.operation;

import java.util.Optional;

/**
 * An operation to be begun.
 *
 * @param resourceType such as {@code server}; with the id what the operation locks and whose Activity shows it
 * @param resourceName the resource's name now, for lists of operations that outlive it
 * @param cancelsActive when another operation is at work on the resource: true asks it to stop and unwind and queues this one
 *     behind it, false is refused with CONFLICT
 */
public record NewOperation(
        String kind,
        String resourceType,
        String resourceId,
        String resourceName,
        Optional<String> projectId,
        Object params,
        boolean cancelsActive) {

    public static NewOperation of(
            String kind,
            String resourceType,
            Object resourceId,
            String resourceName,
            Optional<String> projectId,
            Object params) {
        return new NewOperation(kind, resourceType, resourceId.toString(), resourceName, projectId, params, false);
    }

    public NewOperation cancellingActive() {
        return new NewOperation(kind, resourceType, resourceId, resourceName, projectId, params, true);
    }
}
