package cloud.haneul.driver.simulator;

import java.nio.charset.StandardCharsets;

/** Somebody at the serial line. */
final class SerialSession extends ConsoleChannel {
    private final Tty tty;

    private SerialSession(Tty tty) {
        this.tty = tty;
    }

    static SerialSession of(Tty tty) {
        SerialSession session = new SerialSession(tty);
        tty.watch(session);
        return session;
    }

    @Override
    void received(byte[] bytes) {
        tty.type(bytes);
    }

    @Override
    public void printed(String text) {
        // a line does not wait for a slow reader: what he misses is in the log
        send(text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    void left() {
        tty.leave(this);
    }
}
