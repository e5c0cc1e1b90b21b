package cloud.haneul.kernel.access;

/** A text that is not a check; {@link #position} counts from 1. */
final class SyntaxError extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int position;

    SyntaxError(int position, String text) {
        super(text);
        this.position = position;
    }

    int position() {
        return position;
    }
}
