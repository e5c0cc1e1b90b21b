package cloud.haneul.kernel.access;

import java.util.List;

/**
 * One thing that did not hold when somebody was refused: which kind of thing, and the names and values it speaks of, so that it
 * can be told in any language. {@link #toString()} tells it in English.
 *
 * @param values in the order of the kind's placeholders
 */
public record Reason(Kind kind, List<String> values) {

    public Reason {
        values = List.copyOf(values);
    }

    static Reason of(Kind kind, Object... values) {
        return new Reason(kind, List.of(values).stream().map(Object::toString).toList());
    }

    /** With the sentence it is told in. */
    public enum Kind {
        ROLE("the caller has not the role {0}"),
        MISSING("the target has no {0}"),
        CALLER_NOT_TARGETS("the caller''s {0} {1} is not the target''s {2} {3}"),
        CALLER_NOT("the caller''s {0} {1} is not {2}"),
        NOT_TARGETS("{0} is not the target''s {1} {2}"),
        FIELD("the target''s {0} is {1}, not {2}"),
        HOLDS("{0} holds, and must not"),
        NOBODY("nobody may do this"),
        /** What is compared with several things at once. */
        OTHER("{0}");

        private final String pattern;

        Kind(String pattern) {
            this.pattern = pattern;
        }
    }

    @Override
    public String toString() {
        return java.text.MessageFormat.format(kind.pattern, values.toArray());
    }
}
