package cloud.haneul.spi.compute;

/** Ways to sit at a server's screen or serial line. */
public enum ConsoleKind {
    VNC,
    SERIAL
}
