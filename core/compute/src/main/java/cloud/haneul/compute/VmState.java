package cloud.haneul.compute;

/** What a server is at rest; {@code OS-EXT-STS:vm_state} in the API. */
public enum VmState {
    BUILDING("building", "BUILD"),
    ACTIVE("active", "ACTIVE"),
    STOPPED("stopped", "SHUTOFF"),
    PAUSED("paused", "PAUSED"),
    ERROR("error", "ERROR");

    private final String apiName;
    private final String status;

    VmState(String apiName, String status) {
        this.apiName = apiName;
        this.status = status;
    }

    public String apiName() {
        return apiName;
    }

    /** The API's {@code status} of a server in this state with no task at work. */
    public String status() {
        return status;
    }
}
