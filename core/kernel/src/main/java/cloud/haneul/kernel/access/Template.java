package cloud.haneul.kernel.access;

import cloud.haneul.kernel.Caller;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The right side of {@code subject:%(attribute)s}: text with the target's attributes in it; nearly always exactly one
 * attribute and nothing else. {@code %%} is a percent sign.
 */
final class Template {
    /** Strings and {@link Attribute}s, in order. */
    private final List<Object> parts;

    private final Attribute single;
    private final String constant;

    /** @throws IllegalArgumentException in words for the author of the rule */
    Template(String written) {
        this.parts = List.copyOf(parts(written));
        this.single = parts.size() == 1 && parts.get(0) instanceof Attribute attribute ? attribute : null;
        this.constant = parts.stream().allMatch(String.class::isInstance)
                ? parts.stream().map(String.class::cast).collect(Collectors.joining())
                : null;
    }

    private static List<Object> parts(String written) {
        List<Object> parts = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < written.length(); i++) {
            char c = written.charAt(i);
            if (c != '%') {
                text.append(c);
            } else if (written.startsWith("%%", i)) {
                text.append('%');
                i++;
            } else {
                int close = written.startsWith("%(", i) ? written.indexOf(")s", i) : -1;
                if (close <= i + 2) {
                    throw new IllegalArgumentException(
                            "an attribute of the target is written %(name)s, not " + written.substring(i));
                }
                if (text.length() > 0) {
                    parts.add(text.toString());
                    text.setLength(0);
                }
                parts.add(new Attribute(written.substring(i + 2, close)));
                i = close + 1;
            }
        }
        if (text.length() > 0 || parts.isEmpty()) {
            parts.add(text.toString());
        }
        return parts;
    }

    boolean same(Subject subject, Caller caller, Map<String, ?> target) {
        Object left = subject.of(caller);
        if (constant != null) {
            return equal(left, constant);
        }
        if (single != null) {
            Object right = Values.plain(single.of(target));
            if (right == Attribute.MISSING) {
                return false;
            }
            return subject instanceof Subject.Literal
                    ? equal(left, right)
                    : left != null && right != null && equal(left, right);
        }
        String right = filled(target);
        return right != null && left != null && equal(left, right);
    }

    /** A list on either side matches when one of its elements does. */
    private static boolean equal(Object left, Object right) {
        if (left instanceof Collection<?> several) {
            for (Object one : several) {
                if (equal(one, right)) {
                    return true;
                }
            }
            return false;
        }
        if (right instanceof Collection<?> several) {
            for (Object one : several) {
                if (equal(left, Values.plain(one))) {
                    return true;
                }
            }
            return false;
        }
        return Values.text(left).equals(Values.text(right));
    }

    private String filled(Map<String, ?> target) {
        StringBuilder text = new StringBuilder();
        for (Object part : parts) {
            Object value = part instanceof Attribute attribute ? Values.plain(attribute.of(target)) : part;
            if (value == null || value == Attribute.MISSING) {
                return null;
            }
            text.append(Values.text(value));
        }
        return text.toString();
    }

    /** The attributes in it, for explanations. */
    List<Attribute> attributes() {
        return parts.stream()
                .filter(Attribute.class::isInstance)
                .map(Attribute.class::cast)
                .toList();
    }

    @Override
    public String toString() {
        return parts.stream()
                .map(part -> part instanceof Attribute
                        ? "%(" + part + ")s"
                        : part.toString().replace("%", "%%"))
                .collect(Collectors.joining());
    }
}
