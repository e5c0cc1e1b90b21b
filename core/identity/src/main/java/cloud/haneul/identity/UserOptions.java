package cloud.haneul.identity;

import cloud.haneul.kernel.Fault;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What can be set for a single user: exemptions from the rules on passwords, and rules on how he must log in. */
final class UserOptions {
    static final String IGNORE_FIRST_USE = "ignore_change_password_upon_first_use";
    static final String IGNORE_EXPIRY = "ignore_password_expiry";
    static final String IGNORE_LOCKOUT = "ignore_lockout_failure_attempts";
    static final String IGNORE_INACTIVITY = "ignore_user_inactivity";
    static final String LOCK_PASSWORD = "lock_password";
    static final String METHOD_RULES_ON = "multi_factor_auth_enabled";
    static final String METHOD_RULES = "multi_factor_auth_rules";

    private static final Set<String> FLAGS =
            Set.of(IGNORE_FIRST_USE, IGNORE_EXPIRY, IGNORE_LOCKOUT, IGNORE_INACTIVITY, LOCK_PASSWORD, METHOD_RULES_ON);
    private static final int MOST_RULES = 64;

    private UserOptions() {}

    static boolean has(User user, String flag) {
        return Boolean.TRUE.equals(user.options().get(flag));
    }

    /** The sets of methods of which a login must show one whole; empty when there is no such rule or it is switched off. */
    static List<List<String>> methodRules(User user) {
        if (Boolean.FALSE.equals(user.options().get(METHOD_RULES_ON))
                || !(user.options().get(METHOD_RULES) instanceof List<?> rules)) {
            return List.of();
        }
        Set<List<String>> sets = new LinkedHashSet<>();
        for (Object rule : rules) {
            List<String> set =
                    ((List<?>) rule).stream().map(String.class::cast).distinct().toList();
            if (!set.isEmpty()) {
                sets.add(set);
            }
        }
        return List.copyOf(sets);
    }

    /** @throws Fault BAD_REQUEST naming the option that is unknown or of the wrong type; null drops one and passes */
    static Map<String, Object> checked(Map<String, Object> options) {
        options.forEach((name, wish) -> {
            Object value = wish instanceof Optional<?> optional ? optional.orElse(null) : wish;
            if (FLAGS.contains(name)) {
                if (value != null && !(value instanceof Boolean)) {
                    throw mistyped(name, "boolean");
                }
            } else if (name.equals(METHOD_RULES)) {
                if (value != null) {
                    checkRules(value);
                }
            } else {
                throw Fault.badRequest(
                        "options/" + name,
                        "Invalid input for field 'options': Additional properties are not allowed ('" + name
                                + "' was unexpected)");
            }
        });
        return options;
    }

    private static void checkRules(Object value) {
        if (!(value instanceof List<?> rules) || rules.size() > MOST_RULES) {
            throw mistyped(METHOD_RULES, "array");
        }
        List<List<?>> seen = new ArrayList<>();
        for (Object rule : rules) {
            if (!(rule instanceof List<?> methods)
                    || methods.isEmpty()
                    || methods.size() > MOST_RULES
                    || !methods.stream().allMatch(method -> method instanceof String s && !s.isEmpty())
                    || seen.contains(methods)) {
                throw Fault.badRequest(
                        "options/" + METHOD_RULES,
                        "Invalid input for field 'options/" + METHOD_RULES
                                + "': it must be a list of lists of method names, none of them empty or given twice.");
            }
            seen.add(methods);
        }
    }

    private static Fault mistyped(String name, String type) {
        return Fault.badRequest(
                "options/" + name,
                "Invalid input for field 'options/" + name + "': the value is not of type '" + type + "'");
    }
}
