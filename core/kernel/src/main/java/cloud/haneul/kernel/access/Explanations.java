package cloud.haneul.kernel.access;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Answers "may this user do that with this thing, and if not, which rule says so and which role would be needed". Everybody may
 * ask for himself, a manager for his project, an administrator for everybody; only of what the asker may see himself.
 */
@Component
public class Explanations {
    private static final String EXPLAIN = "haneul:policy:explain";

    private final Access access;
    private final Instance<CallerBook> callers;
    private final Instance<TargetSource> targets;

    @Inject
    Explanations(Access access, @Any Instance<CallerBook> callers, @Any Instance<TargetSource> targets) {
        this.access = access;
        this.callers = callers;
        this.targets = targets;
    }

    /**
     * A question.
     *
     * @param userId the asker himself when empty
     * @param scope of the token the user would have; the asker's own when empty
     * @param targetType with {@code targetId}; without them the target is whatever belongs to the user and the scope
     */
    public record Question(
            String rule,
            Optional<String> userId,
            Optional<CallerBook.Scope> scope,
            Optional<String> targetType,
            Optional<String> targetId) {}

    /**
     * An answer.
     *
     * @param subject the user as he would be
     * @param target empty when there was no particular one
     */
    public record Explanation(Decision decision, Caller subject, Optional<TargetSource.Target> target) {}

    /**
     * A rule in force.
     *
     * @param source where it is written, with the line
     * @param overridden whether it is the operator's own
     */
    public record RuleText(String service, String name, String check, String source, boolean overridden) {}

    /** @throws Fault BAD_REQUEST naming the parameter, NOT_FOUND for what is not there or not to be seen, FORBIDDEN */
    public Explanation explain(Caller asker, Question question) {
        Caller subject = subject(asker, question);
        if (!access.knows(question.rule)) {
            throw Fault.badRequest(
                    "rule",
                    "There is no rule " + question.rule
                            + Nearest.hint(question.rule, access.book().names()) + ".");
        }
        Optional<TargetSource.Target> target = target(asker, question);
        Map<String, ?> attributes =
                target.<Map<String, ?>>map(TargetSource.Target::attributes).orElseGet(() -> own(subject));
        return new Explanation(access.explain(subject, question.rule, attributes), subject, target);
    }

    private Caller subject(Caller asker, Question question) {
        CallerBook.Scope own = CallerBook.Scope.of(asker);
        CallerBook.Scope scope = question.scope.orElse(own);
        String userId = question.userId.orElse(asker.userId());
        // of oneself with any token: who has none for a project, too, wants to know why nothing works
        if (!userId.equals(asker.userId())) {
            Map<String, Object> about = new HashMap<>(Map.of("user_id", userId));
            scope.projectId().ifPresent(project -> about.put("project_id", project));
            access.require(asker, EXPLAIN, about);
        }
        if (userId.equals(asker.userId()) && scope.equals(own)) {
            return asker;
        }
        if (!callers.isResolvable()) {
            throw Fault.notFound("User", userId);
        }
        return callers.get().caller(asker, userId, scope).orElseThrow(() -> Fault.notFound("User", userId));
    }

    private Optional<TargetSource.Target> target(Caller asker, Question question) {
        if (question.targetId.isEmpty() && question.targetType.isEmpty()) {
            return Optional.empty();
        }
        String type = question.targetType
                .orElseThrow(() -> Fault.badRequest("target_type", "A target_id needs its target_type."))
                .toLowerCase(Locale.ROOT);
        String id = question.targetId.orElseThrow(
                () -> Fault.badRequest("target_id", "A target_type needs the target_id of one."));
        TargetSource source = targets.stream()
                .filter(known -> known.types().contains(type))
                .findFirst()
                .orElseThrow(() -> Fault.badRequest(
                        "target_type", "There is no target_type " + type + "; the types are " + targetTypes() + "."));
        return Optional.of(source.target(type, id)
                .filter(found -> access.allowed(asker, found.seeRule(), found.attributes()))
                .orElseThrow(() -> Fault.notFound(type, id)));
    }

    /** What belongs to a user and to the scope of his token, by the names that rules have for that. */
    private static Map<String, Object> own(Caller subject) {
        Map<String, Object> own = new HashMap<>();
        own.put("user_id", subject.userId());
        own.put("target.user.id", subject.userId());
        own.put("target.user.domain_id", subject.userDomainId());
        subject.projectId().ifPresent(project -> {
            for (String name : List.of("project_id", "tenant_id", "owner", "target.project.id", "network:tenant_id")) {
                own.put(name, project);
            }
        });
        subject.projectDomainId().or(subject::domainId).ifPresent(domain -> {
            for (String name : List.of("target.project.domain_id", "target.domain.id", "target.domain_id")) {
                own.put(name, domain);
            }
        });
        return own;
    }

    /** What can be named as a target. */
    public Set<String> targetTypes() {
        Set<String> types = new TreeSet<>();
        targets.forEach(source -> types.addAll(source.types()));
        return types;
    }

    /** The names of all rules that are asked by some operation, in order; no secret, they are in OpenStack's documentation. */
    public List<String> ruleNames() {
        return access.book().rules().stream()
                .map(Rule::name)
                .filter(name -> name.contains(":") || name.contains("_"))
                .distinct()
                .sorted()
                .toList();
    }

    /** @throws Fault FORBIDDEN */
    public List<RuleText> rules(Caller caller) {
        access.require(caller, "haneul:policy:show", Map.of());
        return access.book().rules().stream()
                .map(rule -> new RuleText(rule.service(), rule.name(), rule.text(), rule.source(), rule.overridden()))
                .toList();
    }

    /**
     * What is wrong in the operator's policy file now.
     *
     * @throws Fault FORBIDDEN
     */
    public List<Mistake> mistakes(Caller caller) {
        access.require(caller, "haneul:policy:show", Map.of());
        return access.mistakes();
    }

    /** Whether the rules' texts and where they are written are for the caller's eyes. */
    public boolean maySeeRules(Caller caller) {
        return access.allowed(caller, "haneul:policy:show", Map.of());
    }
}
