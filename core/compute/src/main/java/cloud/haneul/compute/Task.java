package cloud.haneul.compute;

import java.util.Optional;

/** What is being done to a server; {@code OS-EXT-STS:task_state} in the API. */
public enum Task {
    SCHEDULING("scheduling"),
    SPAWNING("spawning"),
    POWERING_ON("powering-on"),
    POWERING_OFF("powering-off"),
    REBOOTING("rebooting", "REBOOT"),
    REBOOTING_HARD("rebooting_hard", "HARD_REBOOT"),
    PAUSING("pausing"),
    UNPAUSING("unpausing"),
    DELETING("deleting");

    private final String apiName;
    private final String status;

    Task(String apiName) {
        this(apiName, "");
    }

    Task(String apiName, String status) {
        this.apiName = apiName;
        this.status = status;
    }

    public String apiName() {
        return apiName;
    }

    /** The API's {@code status} while this task is at work, where it differs from the state's. */
    Optional<String> status() {
        return status.isEmpty() ? Optional.empty() : Optional.of(status);
    }
}
