package cloud.haneul.compute;

/**
 * A host as its servers are shown with it.
 *
 * @param status in nova's words: {@code UP}, {@code MAINTENANCE} when it takes no new servers, {@code UNKNOWN} when it does not
 *     answer (compute API reference, "Show Server Details", {@code host_status})
 */
public record HostBrief(String name, String status) {
    static final String UNKNOWN = "UNKNOWN";

    static HostBrief of(String name, boolean enabled, Host.Connection connection) {
        return new HostBrief(name, !enabled ? "MAINTENANCE" : connection == Host.Connection.UP ? "UP" : UNKNOWN);
    }

    public boolean isUnknown() {
        return status.equals(UNKNOWN);
    }
}
