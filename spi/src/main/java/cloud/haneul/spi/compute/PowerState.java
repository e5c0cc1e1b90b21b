package cloud.haneul.spi.compute;

/** Power states of a domain. */
public enum PowerState {
    RUNNING,
    PAUSED,
    SHUT_OFF,
    CRASHED,
    UNKNOWN
}
