package cloud.haneul.kernel.rest;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A point in the history of one API, such as 2.96 of compute: what {@code @Since} and {@code @Until} are compared with. */
public record Microversion(int major, int minor) implements Comparable<Microversion> {
    private static final Pattern FORM = Pattern.compile("([1-9]\\d{0,8})\\.(0|[1-9]\\d{0,8})");

    /**
     * Reads {@code "2.96"} from source code.
     *
     * @throws IllegalArgumentException when it is nothing of the kind
     */
    public static Microversion of(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException("Not a microversion: " + text));
    }

    /** Reads what a client sent; empty when it is ill-formed. */
    static Optional<Microversion> parse(String text) {
        Matcher m = FORM.matcher(text);
        return m.matches()
                ? Optional.of(new Microversion(Integer.parseInt(m.group(1)), Integer.parseInt(m.group(2))))
                : Optional.empty();
    }

    public boolean isAtLeast(Microversion other) {
        return compareTo(other) >= 0;
    }

    public boolean isAtLeast(String other) {
        return isAtLeast(of(other));
    }

    @Override
    public int compareTo(Microversion other) {
        return major != other.major ? Integer.compare(major, other.major) : Integer.compare(minor, other.minor);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
