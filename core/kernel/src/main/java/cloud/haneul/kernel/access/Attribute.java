package cloud.haneul.kernel.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The name of something about a target, as in {@code %(target.user.domain_id)s} or {@code %(network:tenant_id)s}. A target
 * may hold it under the whole name or as maps within maps, split at dots and colons. {@code project_id}, {@code tenant_id} and
 * {@code owner} are three names of one thing: whichever the target has answers for the others.
 */
final class Attribute {
    /** What {@link #of} answers when the target says nothing at all; different from a null, which is "no value". */
    static final Object MISSING = new Object();

    private static final List<String> OWNER = List.of("project_id", "tenant_id", "owner");

    /** One way to cut the name in two: {@code target} and {@code user.domain_id}. */
    private record Cut(String head, Attribute rest) {}

    private final String name;
    private final List<Cut> cuts;
    private final List<Attribute> aliases;

    Attribute(String name) {
        this(name, true);
    }

    private Attribute(String name, boolean withAliases) {
        this.name = name;
        this.cuts = cuts(name);
        this.aliases = withAliases ? aliases(name) : List.of();
    }

    private static List<Cut> cuts(String name) {
        List<Cut> cuts = new ArrayList<>();
        for (int i = 1; i < name.length() - 1; i++) {
            if (name.charAt(i) == '.' || name.charAt(i) == ':') {
                cuts.add(new Cut(name.substring(0, i), new Attribute(name.substring(i + 1), false)));
            }
        }
        return List.copyOf(cuts);
    }

    private static List<Attribute> aliases(String name) {
        int start = Math.max(name.lastIndexOf('.'), name.lastIndexOf(':')) + 1;
        String last = name.substring(start);
        if (!OWNER.contains(last)) {
            return List.of();
        }
        return OWNER.stream()
                .filter(other -> !other.equals(last))
                .map(other -> new Attribute(name.substring(0, start) + other, false))
                .toList();
    }

    /** The target's value, null for a value that is not set, {@link #MISSING} when the target has no such attribute. */
    Object of(Map<?, ?> target) {
        Object value = direct(target);
        for (int i = 0; value == MISSING && i < aliases.size(); i++) {
            value = aliases.get(i).direct(target);
        }
        return value;
    }

    private Object direct(Map<?, ?> target) {
        Object value = target.get(name);
        if (value != null || target.containsKey(name)) {
            return value;
        }
        for (int i = 0; i < cuts.size(); i++) {
            Cut cut = cuts.get(i);
            if (target.get(cut.head) instanceof Map<?, ?> inner) {
                value = cut.rest.direct(inner);
                if (value != MISSING) {
                    return value;
                }
            }
        }
        return MISSING;
    }

    @Override
    public String toString() {
        return name;
    }
}
