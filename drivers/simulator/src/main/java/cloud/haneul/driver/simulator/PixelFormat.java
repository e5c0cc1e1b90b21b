package cloud.haneul.driver.simulator;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** How a viewer wants a pixel's colours laid out in bytes: RFB's PIXEL_FORMAT, true colour only. */
record PixelFormat(
        int bits,
        boolean bigEndian,
        int redMax,
        int greenMax,
        int blueMax,
        int redShift,
        int greenShift,
        int blueShift) {
    static final PixelFormat PLAIN = new PixelFormat(32, false, 255, 255, 255, 16, 8, 0);
    static final int LENGTH = 16;

    /** @return the fallback when the viewer wants a colour map or nonsense */
    static PixelFormat read(ByteBuffer in, PixelFormat fallback) {
        int bits = in.get() & 0xff;
        in.get();
        boolean bigEndian = in.get() != 0;
        boolean trueColour = in.get() != 0;
        int redMax = in.getShort() & 0xffff;
        int greenMax = in.getShort() & 0xffff;
        int blueMax = in.getShort() & 0xffff;
        int redShift = in.get() & 31;
        int greenShift = in.get() & 31;
        int blueShift = in.get() & 31;
        in.get();
        in.getShort();
        boolean usable = trueColour && (bits == 8 || bits == 16 || bits == 32);
        return usable
                ? new PixelFormat(bits, bigEndian, redMax, greenMax, blueMax, redShift, greenShift, blueShift)
                : fallback;
    }

    void write(ByteBuffer out) {
        out.put((byte) bits).put((byte) 24).put((byte) (bigEndian ? 1 : 0)).put((byte) 1);
        out.putShort((short) redMax).putShort((short) greenMax).putShort((short) blueMax);
        out.put((byte) redShift)
                .put((byte) greenShift)
                .put((byte) blueShift)
                .put((byte) 0)
                .putShort((short) 0);
    }

    int bytes() {
        return bits / 8;
    }

    /** A colour 0xRRGGBB as the viewer's bytes. */
    byte[] encode(int colour) {
        int value = (colour >> 16 & 255) * redMax / 255 << redShift
                | (colour >> 8 & 255) * greenMax / 255 << greenShift
                | (colour & 255) * blueMax / 255 << blueShift;
        ByteBuffer out = ByteBuffer.allocate(4).order(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        switch (bits) {
            case 8 -> out.put((byte) value);
            case 16 -> out.putShort((short) value);
            default -> out.putInt(value);
        }
        return java.util.Arrays.copyOf(out.array(), bytes());
    }
}
