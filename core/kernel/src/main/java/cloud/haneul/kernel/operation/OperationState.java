package cloud.haneul.kernel.operation;

/** Life of an operation: PENDING, RUNNING and WAITING in turn, then DONE; or UNWINDING and then FAILED or STUCK. */
public enum OperationState {
    /** Accepted, not begun. */
    PENDING,
    RUNNING,
    /** A step asked to be called again later, or a failed call is retried after a pause. */
    WAITING,
    /** A step failed or the run was cancelled: steps are being undone, last first. */
    UNWINDING,
    DONE,
    /** Undone completely. */
    FAILED,
    /** An undo failed: an operator must retry or abandon it. */
    STUCK;

    public boolean isEnded() {
        return this == DONE || this == FAILED;
    }
}
