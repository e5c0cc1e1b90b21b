package cloud.haneul.kernel.access;

import cloud.haneul.kernel.Caller;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Walks a check that refused and says in words what did not hold, and which role would have helped. */
final class Explainer {
    /** OpenStack's roles from weak to strong; any other comes after these. */
    private static final List<String> STRENGTH = List.of("reader", "member", "manager", "service", "admin");

    private static final int LONGEST = 100;

    private final Caller caller;
    private final Map<String, ?> target;
    private final Set<String> reasons = new LinkedHashSet<>();

    private Explainer(Caller caller, Map<String, ?> target) {
        this.caller = caller;
        this.target = target;
    }

    static Decision explain(Rule rule, Caller caller, Map<String, ?> target) {
        boolean allowed = rule.test(caller, target);
        Explainer explainer = new Explainer(caller, target);
        if (!allowed) {
            explainer.why(rule.scope().test(caller, target) ? rule.check() : rule.scope());
        }
        return new Decision(
                allowed,
                rule.name(),
                rule.text(),
                rule.source(),
                List.copyOf(explainer.reasons),
                allowed ? Optional.empty() : explainer.roleNeeded(rule));
    }

    /** The check did not hold: collect the reasons of the smallest parts of it that did not. */
    private void why(Check check) {
        if (check instanceof Check.And and) {
            and.checks().stream().filter(part -> !part.test(caller, target)).forEach(this::why);
        } else if (check instanceof Check.Or or) {
            or.checks().forEach(this::why);
        } else if (check instanceof Check.RuleCheck reference) {
            why(reference.check());
        } else if (check instanceof Check.RoleCheck role) {
            reasons.add("the caller has not the role " + role.role());
        } else if (check instanceof Check.Same same) {
            reasons.add(why(same));
        } else if (check instanceof Check.FieldCheck field) {
            reasons.add(why(field));
        } else if (check instanceof Check.Not not) {
            reasons.add(not.check() + " holds, and must not");
        } else {
            reasons.add("nobody may do this");
        }
    }

    private String why(Check.Same same) {
        for (Attribute attribute : same.template().attributes()) {
            if (attribute.of(target) == Attribute.MISSING) {
                return "the target has no " + attribute;
            }
        }
        Object left = same.subject().of(caller);
        String subject = same.subject() instanceof Subject.Literal
                ? same.subject().toString()
                : "the caller's " + same.subject() + " " + (left == null ? "(none)" : shown(left));
        String values = same.template().attributes().stream()
                .map(attribute -> "the target's " + attribute + " " + shown(attribute.of(target)))
                .collect(Collectors.joining(" and "));
        return subject + " is not " + (values.isEmpty() ? same.template() : values);
    }

    private String why(Check.FieldCheck field) {
        Object actual = field.field().of(target);
        return actual == Attribute.MISSING
                ? "the target has no " + field.field()
                : "the target's " + field.field() + " is " + shown(actual) + ", not " + field.value();
    }

    /** A value as it may stand in a log: what users sent is cut and kept on its line. */
    private static String shown(Object value) {
        String text = Values.text(Values.plain(value)).replaceAll("\\p{Cntrl}", "?");
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }

    private Optional<String> roleNeeded(Rule rule) {
        Set<String> roles = new TreeSet<>();
        roles(rule.check(), roles);
        List<String> enough = new ArrayList<>();
        for (String role : roles) {
            if (rule.test(with(role), target)) {
                enough.add(role);
            }
        }
        return enough.stream().min((a, b) -> Integer.compare(strength(a), strength(b)));
    }

    private static int strength(String role) {
        int index = STRENGTH.indexOf(role);
        return index < 0 ? STRENGTH.size() : index;
    }

    private static void roles(Check check, Set<String> found) {
        if (check instanceof Check.RoleCheck role) {
            found.add(role.role());
        } else if (check instanceof Check.And and) {
            and.checks().forEach(part -> roles(part, found));
        } else if (check instanceof Check.Or or) {
            or.checks().forEach(part -> roles(part, found));
        } else if (check instanceof Check.Not not) {
            roles(not.check(), found);
        } else if (check instanceof Check.RuleCheck reference) {
            roles(reference.check(), found);
        }
    }

    private Caller with(String role) {
        Set<String> roles = new TreeSet<>(caller.roles());
        roles.add(role);
        return new Caller(
                caller.userId(),
                caller.userName(),
                caller.userDomainId(),
                caller.userDomainName(),
                caller.projectId(),
                caller.projectName(),
                caller.projectDomainId(),
                caller.projectDomainName(),
                caller.domainId(),
                caller.domainName(),
                caller.system(),
                roles,
                caller.requestId(),
                caller.globalRequestId(),
                caller.locale(),
                caller.address());
    }
}
