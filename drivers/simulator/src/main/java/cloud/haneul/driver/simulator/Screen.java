package cloud.haneul.driver.simulator;

/**
 * Paints a terminal: a title line with the guest's name, and the rows below in a 12 by 16 font. Text is painted without AWT,
 * which would want fonts on the machine.
 */
final class Screen {
    static final int CELL_WIDTH = 12;
    static final int CELL_HEIGHT = 16;
    static final int MARGIN = 4;
    static final int WIDTH = 2 * MARGIN + Tty.COLUMNS * CELL_WIDTH;
    static final int ROWS = Tty.ROWS + 1;
    static final int HEIGHT = ROWS * CELL_HEIGHT;

    private static final int[] COLOURS = {0x10182a, 0xd7e3f4, 0x2f6fdd, 0xffffff};
    private static final int PAPER = 0;
    private static final int INK = 1;
    private static final int TITLE_PAPER = 2;
    private static final int TITLE_INK = 3;

    private Screen() {}

    /** The text of all rows as it is on the screen now; what is compared to see which rows changed. */
    static String[] rows(Tty tty) {
        String[] rows = new String[ROWS];
        rows[0] = pad(" Haneul simulated guest: " + tty.title());
        for (int i = 0; i < Tty.ROWS; i++) {
            rows[i + 1] = new String(tty.cells()[i]);
        }
        int cursor = Math.min(tty.cursorColumn(), Tty.COLUMNS - 1);
        StringBuilder withCursor = new StringBuilder(rows[tty.cursorRow() + 1]);
        withCursor.setCharAt(cursor, Font.BLOCK);
        rows[tty.cursorRow() + 1] = withCursor.toString();
        return rows;
    }

    private static String pad(String text) {
        return (text + " ".repeat(Tty.COLUMNS)).substring(0, Tty.COLUMNS);
    }

    /** One row of text as pixels, {@link #WIDTH} by {@link #CELL_HEIGHT}. */
    static byte[] paint(int row, String text, PixelFormat format) {
        int ink = row == 0 ? TITLE_INK : INK;
        int paper = row == 0 ? TITLE_PAPER : PAPER;
        byte[][] colours = {format.encode(COLOURS[paper]), format.encode(COLOURS[ink])};
        int size = format.bytes();
        byte[] pixels = new byte[WIDTH * CELL_HEIGHT * size];
        int at = 0;
        for (int y = 0; y < CELL_HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++, at += size) {
                System.arraycopy(colours[isInk(text, x - MARGIN, y) ? 1 : 0], 0, pixels, at, size);
            }
        }
        return pixels;
    }

    private static boolean isInk(String text, int x, int y) {
        if (x < 0 || x >= Tty.COLUMNS * CELL_WIDTH) {
            return false;
        }
        return Font.isInk(text.charAt(x / CELL_WIDTH), x % CELL_WIDTH / 2, y / 2);
    }
}
