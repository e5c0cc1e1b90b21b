package cloud.haneul.kernel.access;

import cloud.haneul.kernel.Caller;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A parsed policy check: a small tree that answers yes or no for a caller and the thing he wants to act on. References to
 * other rules are followed when the tree is built, so testing one never looks a rule up. {@link #toString()} is the check in
 * the policy language again.
 */
sealed interface Check {

    boolean test(Caller caller, Map<String, ?> target);

    /** {@code @} and the empty text: everybody. */
    record Always() implements Check {
        @Override
        public boolean test(Caller caller, Map<String, ?> target) {
            return true;
        }

        @Override
        public String toString() {
            return "@";
        }
    }

    /** {@code !}: nobody. */
    record Never() implements Check {
        @Override
        public boolean test(Caller caller, Map<String, ?> target) {
            return false;
        }

        @Override
        public String toString() {
            return "!";
        }
    }

    record Not(Check check) implements Check {
        @Override
        public boolean test(Caller caller, Map<String, ?> target) {
            return !check.test(caller, target);
        }

        @Override
        public String toString() {
            return "not " + check;
        }
    }

    record And(List<Check> checks) implements Check {
        public And {
            checks = List.copyOf(checks);
        }

        @Override
        public boolean test(Caller caller, Map<String, ?> target) {
            for (int i = 0; i < checks.size(); i++) {
                if (!checks.get(i).test(caller, target)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public String toString() {
            return joined(checks, " and ");
        }
    }

    record Or(List<Check> checks) implements Check {
        public Or {
            checks = List.copyOf(checks);
        }

        @Override
        public boolean test(Caller caller, Map<String, ?> target) {
            for (int i = 0; i < checks.size(); i++) {
                if (checks.get(i).test(caller, target)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public String toString() {
            return joined(checks, " or ");
        }
    }

    /** {@code rule:name}, with the rule it leads to. */
    record RuleCheck(String name, Check check) implements Check {
        @Override
        public boolean test(Caller caller, Map<String, ?> target) {
            return check.test(caller, target);
        }

        @Override
        public String toString() {
            return "rule:" + name;
        }
    }

    /** {@code role:name}; a caller's roles are in lower case, so the name is too. */
    record RoleCheck(String role) implements Check {
        @Override
        public boolean test(Caller caller, Map<String, ?> target) {
            return caller.hasRole(role);
        }

        @Override
        public String toString() {
            return "role:" + role;
        }
    }

    /**
     * {@code subject:%(attribute)s}: something about the caller, or a literal, equals something about the target.
     *
     * <p>What has no value on both sides is not equal: a caller without a project does not own what belongs to no project.
     * (Python compares the two as {@code "None"}; there every rule has to guard itself against that.)
     */
    record Same(Subject subject, Template template) implements Check {
        @Override
        public boolean test(Caller caller, Map<String, ?> target) {
            return template.same(subject, caller, target);
        }

        @Override
        public String toString() {
            return subject + ":" + template;
        }
    }

    /**
     * Neutron's {@code field:networks:shared=True}: the target's attribute has this value; {@code =~} matches its beginning
     * with a regular expression. The resource's name is there for readers only.
     */
    record FieldCheck(String resource, Attribute field, String value, Pattern pattern) implements Check {
        private static final Set<String> TRUE = Set.of("true", "t", "yes", "y", "on", "1");

        FieldCheck(String resource, Attribute field, String value) {
            this(resource, field, value, value.startsWith("~") ? Pattern.compile(value.substring(1)) : null);
        }

        @Override
        public boolean test(Caller caller, Map<String, ?> target) {
            Object actual = Values.plain(field.of(target));
            if (actual == null || actual == Attribute.MISSING) {
                return false;
            }
            if (actual instanceof Boolean flag) {
                return flag == TRUE.contains(value.toLowerCase(Locale.ROOT));
            }
            String text = Values.text(actual);
            return pattern == null ? text.equals(value) : pattern.matcher(text).lookingAt();
        }

        @Override
        public String toString() {
            return "field:" + resource + ":" + field + "=" + value;
        }
    }

    private static String joined(List<Check> checks, String word) {
        return checks.stream().map(Check::toString).collect(Collectors.joining(word, "(", ")"));
    }
}
