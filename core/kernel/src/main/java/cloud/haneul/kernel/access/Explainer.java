package cloud.haneul.kernel.access;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.access.Reason.Kind;
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
    private final Set<Reason> reasons = new LinkedHashSet<>();

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
            reasons.add(Reason.of(Kind.ROLE, role.role()));
        } else if (check instanceof Check.Same same) {
            reasons.add(why(same));
        } else if (check instanceof Check.FieldCheck field) {
            reasons.add(why(field));
        } else if (check instanceof Check.Not not) {
            reasons.add(Reason.of(Kind.HOLDS, not.check()));
        } else {
            reasons.add(Reason.of(Kind.NOBODY));
        }
    }

    private Reason why(Check.Same same) {
        List<Attribute> attributes = same.template().attributes();
        for (Attribute attribute : attributes) {
            if (attribute.of(target) == Attribute.MISSING) {
                return Reason.of(Kind.MISSING, attribute);
            }
        }
        boolean literal = same.subject() instanceof Subject.Literal;
        Object left = same.subject().of(caller);
        String value = left == null ? "(none)" : shown(left);
        if (attributes.size() == 1) {
            String wanted = shown(attributes.get(0).of(target));
            return literal
                    ? Reason.of(Kind.NOT_TARGETS, same.subject(), attributes.get(0), wanted)
                    : Reason.of(Kind.CALLER_NOT_TARGETS, same.subject(), value, attributes.get(0), wanted);
        }
        if (attributes.isEmpty() && !literal) {
            return Reason.of(Kind.CALLER_NOT, same.subject(), value, same.template());
        }
        String values = attributes.stream()
                .map(attribute -> "the target's " + attribute + " " + shown(attribute.of(target)))
                .collect(Collectors.joining(" and "));
        return Reason.of(
                Kind.OTHER,
                (literal ? same.subject().toString() : "the caller's " + same.subject() + " " + value) + " is not "
                        + (values.isEmpty() ? same.template() : values));
    }

    private Reason why(Check.FieldCheck field) {
        Object actual = field.field().of(target);
        return actual == Attribute.MISSING
                ? Reason.of(Kind.MISSING, field.field())
                : Reason.of(Kind.FIELD, field.field(), shown(actual), field.value());
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
