package cloud.haneul.kernel.rest;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.access.CallerBook;
import cloud.haneul.kernel.access.Decision;
import cloud.haneul.kernel.access.Explanations;
import cloud.haneul.kernel.access.Explanations.Explanation;
import cloud.haneul.kernel.access.Explanations.Question;
import cloud.haneul.kernel.access.TargetSource;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Why somebody may or may not: explanations, the rules in force, and what is wrong with the operator's own. */
@Component
@Path("/haneul/v1/access")
@Produces(MediaType.APPLICATION_JSON)
public class AccessResource {
    private final Explanations explanations;

    @Inject
    AccessResource(Explanations explanations) {
        this.explanations = explanations;
    }

    @GET
    @Path("explain")
    public Object explain(@BeanParam Call call) {
        call.onlyQueries("rule", "user_id", "project_id", "domain_id", "system", "target_type", "target_id");
        Question question = new Question(
                call.query("rule")
                        .orElseThrow(() -> Fault.badRequest("rule", "Say which rule, such as rule=create_network.")),
                call.query("user_id"),
                scope(call),
                call.query("target_type"),
                call.query("target_id"));
        return Map.of("explanation", view(explanations.explain(call.caller(), question), call.caller()));
    }

    @GET
    @Path("rules")
    public Object rules(@BeanParam Call call) {
        return Map.of("rules", explanations.rules(call.caller()));
    }

    @GET
    @Path("mistakes")
    public Object mistakes(@BeanParam Call call) {
        return Map.of("mistakes", explanations.mistakes(call.caller()));
    }

    private static Optional<CallerBook.Scope> scope(Call call) {
        Optional<String> project = call.query("project_id");
        Optional<String> domain = call.query("domain_id");
        boolean system = call.queryBool("system").orElse(false);
        long said = Stream.of(project.isPresent(), domain.isPresent(), system)
                .filter(is -> is)
                .count();
        if (said > 1) {
            throw Fault.badRequest("project_id", "A token has one scope: say one of project_id, domain_id and system.");
        }
        return said == 0 ? Optional.empty() : Optional.of(new CallerBook.Scope(project, domain, system));
    }

    private Map<String, Object> view(Explanation explanation, Caller asker) {
        Decision decision = explanation.decision();
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("allowed", decision.allowed());
        view.put("rule", decision.rule());
        if (explanations.maySeeRules(asker)) {
            view.put("check", decision.check());
            view.put("source", decision.source());
        }
        view.put("reasons", decision.reasons());
        view.put("role_needed", decision.roleNeeded());
        Caller subject = explanation.subject();
        Map<String, Object> user = new LinkedHashMap<>();
        user.put("id", subject.userId());
        user.put("name", subject.userName());
        user.put("project_id", subject.projectId());
        user.put("domain_id", subject.domainId());
        user.put("system", subject.system());
        user.put("roles", new TreeSet<>(subject.roles()));
        view.put("user", user);
        view.put("target_name", explanation.target().map(TargetSource.Target::name));
        return view;
    }
}
