package cloud.haneul.kernel.access;

import java.util.Locale;
import java.util.Optional;

/**
 * How values of the two sides are written so that they can be compared: as Python writes them, because policy files say
 * {@code True:%(enabled)s} and {@code None:%(domain_id)s}.
 */
final class Values {
    private Values() {}

    /** The value itself; null for an empty {@link Optional}. */
    static Object plain(Object value) {
        return value instanceof Optional<?> optional ? optional.orElse(null) : value;
    }

    static String text(Object value) {
        if (value instanceof String text) {
            return text;
        }
        if (value == null) {
            return "None";
        }
        if (value instanceof Boolean flag) {
            return flag ? "True" : "False";
        }
        if (value instanceof Enum<?> constant) {
            return constant.toString().toLowerCase(Locale.ROOT);
        }
        return value.toString();
    }
}
