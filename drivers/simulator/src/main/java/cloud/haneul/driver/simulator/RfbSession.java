package cloud.haneul.driver.simulator;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Somebody at the screen: a VNC server for one viewer, RFB 3.3 to 3.8 without password and with raw pixels. A viewer's bytes move
 * it through the handshake to the messages; it answers a request for an update when a row changed since the last one. The
 * machine's monitor guards it.
 */
final class RfbSession extends ConsoleChannel {
    private static final int NO_PASSWORD = 1;
    private static final int LONGEST_MESSAGE = 1 << 20;

    private final Tty tty;
    private State state = State.VERSION;
    private ByteBuffer pending = ByteBuffer.allocate(0);
    private PixelFormat format = PixelFormat.PLAIN;
    private String[] shown = new String[Screen.ROWS];
    private boolean wanted;
    private int version;

    private enum State {
        VERSION,
        SECURITY,
        INIT,
        MESSAGES
    }

    private RfbSession(Tty tty) {
        this.tty = tty;
    }

    static RfbSession of(Tty tty) {
        RfbSession session = new RfbSession(tty);
        session.send("RFB 003.008\n".getBytes(StandardCharsets.US_ASCII));
        tty.watch(session);
        return session;
    }

    @Override
    void received(byte[] bytes) {
        synchronized (tty.monitor()) {
            ByteBuffer all = ByteBuffer.allocate(pending.remaining() + bytes.length)
                    .put(pending)
                    .put(bytes)
                    .flip();
            int understood = 0;
            try {
                while (all.hasRemaining() && isOpen()) {
                    step(all);
                    understood = all.position();
                }
            } catch (BufferUnderflowException e) {
                // the rest of the message is still to come
            }
            pending = all.position(understood).slice();
            if (pending.remaining() > LONGEST_MESSAGE) {
                close();
            }
        }
    }

    @Override
    public void printed(String text) {
        update();
    }

    @Override
    void drained() {
        synchronized (tty.monitor()) {
            update();
        }
    }

    @Override
    void left() {
        tty.leave(this);
    }

    private void step(ByteBuffer in) {
        switch (state) {
            case VERSION -> version(in);
            case SECURITY -> {
                security(in.get());
            }
            case INIT -> {
                in.get(); // whether others may watch: they may
                state = State.MESSAGES;
                init();
            }
            case MESSAGES -> message(in);
        }
    }

    private void version(ByteBuffer in) {
        byte[] text = new byte[12];
        in.get(text);
        version = text[10] - '0';
        if (version < 7) {
            state = State.INIT;
            send(new byte[] {0, 0, 0, NO_PASSWORD});
        } else {
            state = State.SECURITY;
            send(new byte[] {1, NO_PASSWORD});
        }
    }

    private void security(int type) {
        state = State.INIT;
        if (type != NO_PASSWORD) {
            close();
        } else if (version >= 8) {
            send(new byte[] {0, 0, 0, 0});
        }
    }

    private void init() {
        byte[] name = ("Haneul simulated guest: " + tty.title()).getBytes(StandardCharsets.UTF_8);
        ByteBuffer out = ByteBuffer.allocate(8 + PixelFormat.LENGTH + name.length);
        out.putShort((short) Screen.WIDTH).putShort((short) Screen.HEIGHT);
        format.write(out);
        send(out.putInt(name.length).put(name).array());
    }

    private void message(ByteBuffer in) {
        switch (in.get()) {
            case 0 -> {
                skip(in, 3);
                ByteBuffer wish = in.slice().limit(Math.min(in.remaining(), PixelFormat.LENGTH));
                skip(in, PixelFormat.LENGTH);
                format = PixelFormat.read(wish, format);
                shown = new String[Screen.ROWS];
            }
            case 2 -> {
                skip(in, 1);
                skip(in, 4 * (in.getShort() & 0xffff)); // whatever else it knows, it must know raw
            }
            case 3 -> {
                boolean incremental = in.get() != 0;
                skip(in, 8);
                if (!incremental) {
                    shown = new String[Screen.ROWS];
                }
                wanted = true;
                update();
            }
            case 4 -> {
                boolean down = in.get() != 0;
                skip(in, 2);
                int key = in.getInt();
                if (down) {
                    press(key);
                }
            }
            case 5 -> skip(in, 5);
            case 6 -> {
                skip(in, 3);
                skip(in, in.getInt() & 0x7fffffff);
            }
            default -> close();
        }
    }

    private static void skip(ByteBuffer in, int bytes) {
        if (in.remaining() < bytes) {
            throw new BufferUnderflowException();
        }
        in.position(in.position() + bytes);
    }

    /** X11 keysyms: Latin-1 is itself, Return, keypad Enter and Backspace are meant as such, the rest is not for a terminal. */
    private void press(int key) {
        switch (key) {
            case 0xff0d, 0xff8d -> tty.type('\n');
            case 0xff08 -> tty.type('\b');
            default -> {
                if (key >= ' ' && key <= 0xff) {
                    tty.type((char) key);
                }
            }
        }
    }

    /** Sends the changed rows when the viewer waits for them and has taken what it got before. */
    private void update() {
        if (!wanted || state != State.MESSAGES || !isDrained()) {
            return;
        }
        String[] now = Screen.rows(tty);
        int changed = 0;
        for (int row = 0; row < Screen.ROWS; row++) {
            changed += now[row].equals(shown[row]) ? 0 : 1;
        }
        if (changed == 0) {
            return;
        }
        int bytes = 12 + Screen.WIDTH * Screen.CELL_HEIGHT * format.bytes();
        ByteBuffer out = ByteBuffer.allocate(4 + changed * bytes);
        out.put((byte) 0).put((byte) 0).putShort((short) changed);
        for (int row = 0; row < Screen.ROWS; row++) {
            if (!now[row].equals(shown[row])) {
                out.putShort((short) 0).putShort((short) (row * Screen.CELL_HEIGHT));
                out.putShort((short) Screen.WIDTH)
                        .putShort((short) Screen.CELL_HEIGHT)
                        .putInt(0);
                out.put(Screen.paint(row, now[row], format));
            }
        }
        wanted = false;
        shown = now;
        send(out.array());
    }
}
