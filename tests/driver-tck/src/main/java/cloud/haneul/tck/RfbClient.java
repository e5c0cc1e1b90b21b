package cloud.haneul.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** As much of a VNC viewer as it takes to see one picture: RFB 3.8, no password, raw encoding. */
public final class RfbClient {
    private static final int RAW = 0;
    private static final int DESKTOP_SIZE = -223;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ConsoleSession session;
    private int width;
    private int height;
    private final String name;

    private RfbClient(ConsoleSession session, int width, int height, String name) {
        this.session = session;
        this.width = width;
        this.height = height;
        this.name = name;
    }

    /** Shakes hands on a fresh console session. */
    public static RfbClient on(ConsoleSession session) {
        session.read(12);
        session.type("RFB 003.008\n");
        byte[] types = session.read(session.read(1)[0]);
        assertThat(types)
                .as("security types: the console's token is the protection")
                .contains((byte) 1);
        session.write(new byte[] {1});
        assertThat(session.read(4)).as("security result").containsOnly(0);
        session.write(new byte[] {1});
        ByteBuffer init = ByteBuffer.wrap(session.read(24));
        int width = init.getShort() & 0xffff;
        int height = init.getShort() & 0xffff;
        String name = new String(session.read(init.getInt(20)), StandardCharsets.UTF_8);
        RfbClient client = new RfbClient(session, width, height, name);
        client.chooseFormat();
        return client;
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    public String name() {
        return name;
    }

    /** The whole screen as 0x00RRGGBB, row by row. */
    public int[] picture() {
        int[] pixels = new int[width * height];
        boolean[] seen = new boolean[pixels.length];
        int left = pixels.length;
        Instant end = Instant.now().plus(PATIENCE);
        request(false);
        while (left > 0) {
            assertThat(Instant.now()).as("time at which the screen was painted").isBefore(end);
            int width = this.width;
            int height = this.height;
            // a server may send several updates before all is painted
            List<Rectangle> rectangles = update();
            if (this.width != width || this.height != height) {
                // the guest changed its mode: what was painted so far is of another screen
                pixels = new int[this.width * this.height];
                seen = new boolean[pixels.length];
                left = pixels.length;
                request(false);
                continue;
            }
            for (Rectangle rectangle : rectangles) {
                for (int y = 0; y < rectangle.h(); y++) {
                    for (int x = 0; x < rectangle.w(); x++) {
                        int at = (rectangle.y() + y) * width + rectangle.x() + x;
                        pixels[at] = rectangle.pixels().getInt() & 0xffffff;
                        left -= seen[at] ? 0 : 1;
                        seen[at] = true;
                    }
                }
            }
            if (left > 0) {
                request(true);
            }
        }
        return pixels;
    }

    /** Presses and releases a key by its X11 keysym; for Latin-1 that is the character. */
    public void press(int keysym) {
        for (int down = 1; down >= 0; down--) {
            session.write(ByteBuffer.allocate(8)
                    .put((byte) 4)
                    .put((byte) down)
                    .putShort((short) 0)
                    .putInt(keysym)
                    .array());
        }
    }

    private record Rectangle(int x, int y, int w, int h, ByteBuffer pixels) {}

    private void request(boolean incremental) {
        session.write(ByteBuffer.allocate(10)
                .put((byte) 3)
                .put((byte) (incremental ? 1 : 0))
                .putInt(0)
                .putShort((short) width)
                .putShort((short) height)
                .array());
    }

    private List<Rectangle> update() {
        int type = session.read(1)[0];
        while (type != 0) {
            skip(type);
            type = session.read(1)[0];
        }
        int count = ByteBuffer.wrap(session.read(3)).getShort(1) & 0xffff;
        List<Rectangle> rectangles = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ByteBuffer head = ByteBuffer.wrap(session.read(12));
            int x = head.getShort() & 0xffff;
            int y = head.getShort() & 0xffff;
            int w = head.getShort() & 0xffff;
            int h = head.getShort() & 0xffff;
            int encoding = head.getInt();
            assertThat(encoding).as("encoding").isIn(RAW, DESKTOP_SIZE);
            if (encoding == DESKTOP_SIZE) {
                width = w;
                height = h;
                continue;
            }
            rectangles.add(new Rectangle(x, y, w, h, ByteBuffer.wrap(session.read(w * h * 4))));
        }
        return rectangles;
    }

    /** Bell and cut text may come between updates. */
    private void skip(int type) {
        assertThat(type).as("message type").isIn(2, 3);
        if (type == 3) {
            session.read(ByteBuffer.wrap(session.read(7)).getInt(3));
        }
    }

    /** 32 bits, big endian, true colour, raw encoding only. */
    private void chooseFormat() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(
                new byte[] {0, 0, 0, 0, 32, 24, 1, 1, 0, (byte) 255, 0, (byte) 255, 0, (byte) 255, 16, 8, 0, 0, 0, 0});
        out.writeBytes(ByteBuffer.allocate(12)
                .put((byte) 2)
                .put((byte) 0)
                .putShort((short) 2)
                .putInt(RAW)
                .putInt(DESKTOP_SIZE)
                .array());
        session.write(out.toByteArray());
    }
}
