package cloud.haneul.spi.compute;

/** What can be asked of a domain's power. */
public enum PowerAction {
    /** Running, whatever it was (shut off, paused). */
    START,
    /** Shut off by the guest itself, forced when the grace ends. */
    SHUT_DOWN,
    /** Shut off now. */
    FORCE_OFF,
    /** Restarted by the guest itself, reset when the grace ends. */
    REBOOT,
    /** Restarted now, started when it was off. */
    RESET,
    PAUSE,
    RESUME
}
