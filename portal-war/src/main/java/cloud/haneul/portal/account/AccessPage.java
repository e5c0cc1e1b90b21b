package cloud.haneul.portal.account;

import cloud.haneul.identity.Project;
import cloud.haneul.identity.ProjectFilter;
import cloud.haneul.identity.Projects;
import cloud.haneul.identity.User;
import cloud.haneul.identity.UserFilter;
import cloud.haneul.identity.Users;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.access.CallerBook;
import cloud.haneul.kernel.access.Explanations;
import cloud.haneul.kernel.access.Explanations.Explanation;
import cloud.haneul.kernel.access.Explanations.Question;
import cloud.haneul.kernel.access.Mistake;
import cloud.haneul.kernel.data.Page;
import cloud.haneul.portal.Me;
import cloud.haneul.portal.Notices;
import cloud.haneul.portal.Requested;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Access explained: may this user do that with this thing, and if not, which rule says so and which role would be needed. The
 * question is the page's address, so an answer can be sent to somebody.
 */
@Named("accessPage")
@RequestScoped
public class AccessPage {
    private static final int SUGGESTIONS = 200;

    private final Explanations explanations;
    private final Users users;
    private final Projects projects;
    private final Me me;
    private final Notices notices;
    private final String rule = Requested.text("rule").strip();
    private final String user = Requested.text("user").strip();
    private final String project = Requested.text("project").strip();
    private final String type = Requested.text("type").strip();
    private final String id = Requested.text("id").strip();
    private Explanation answer;
    private Notices.Problem problem;

    /** For the proxy. */
    protected AccessPage() {
        this(null, null, null, null, null);
    }

    @Inject
    AccessPage(Explanations explanations, Users users, Projects projects, Me me, Notices notices) {
        this.explanations = explanations;
        this.users = users;
        this.projects = projects;
        this.me = me;
        this.notices = notices;
    }

    /** Null while nothing was asked, or the question has no answer. */
    public Explanation getAnswer() {
        if (answer == null && problem == null && !rule.isEmpty()) {
            try {
                answer = explanations.explain(me.caller(), question());
            } catch (RuntimeException e) {
                problem = notices.explain(e);
            }
        }
        return answer;
    }

    /** Why there is no answer; null when there is one or nothing was asked. */
    public Notices.Problem getProblem() {
        getAnswer();
        return problem;
    }

    private Question question() {
        return new Question(
                rule,
                said(user).map(this::userId),
                said(project)
                        .map(this::projectId)
                        .map(known -> new CallerBook.Scope(Optional.of(known), Optional.empty(), false)),
                said(id).flatMap(any -> said(type)),
                said(id));
    }

    private static Optional<String> said(String text) {
        return Optional.of(text).filter(value -> !value.isEmpty());
    }

    /** People type names; what is nobody's name is taken as an id. */
    private String userId(String text) {
        try {
            return users.named(me.caller(), me.getDomainId(), text).id();
        } catch (Fault e) {
            if (e.kind() == Fault.Kind.NOT_FOUND) {
                return text;
            }
            throw e;
        }
    }

    private String projectId(String text) {
        return isForProjects()
                ? projects.list(me.caller(), ProjectFilter.ALL.named(text), Page.first(1)).stream()
                        .findFirst()
                        .map(Project::id)
                        .orElse(text)
                : text;
    }

    /** Whether others than oneself can be asked about. */
    public boolean isForOthers() {
        return me.may("identity:find_user");
    }

    /** Whether other projects than the one that is worked in can be asked about. */
    public boolean isForProjects() {
        return me.may("identity:list_projects");
    }

    public List<String> getUsers() {
        return me.may("identity:list_users")
                ? users.list(me.caller(), UserFilter.ALL, Page.first(SUGGESTIONS)).stream()
                        .map(User::name)
                        .toList()
                : List.of();
    }

    public List<String> getProjects() {
        return isForProjects()
                ? projects.list(me.caller(), ProjectFilter.ALL, Page.first(SUGGESTIONS)).stream()
                        .map(Project::name)
                        .toList()
                : List.of();
    }

    public List<String> getRules() {
        return explanations.ruleNames();
    }

    public Set<String> getTypes() {
        return explanations.targetTypes();
    }

    public Set<String> getRoles() {
        return new TreeSet<>(getAnswer().subject().roles());
    }

    /** What did not hold, in the language of the page. */
    public List<String> getReasons() {
        return getAnswer().decision().whys().stream()
                .map(why ->
                        notices.word("access.reason." + why.kind(), why.values().toArray()))
                .toList();
    }

    /** Whether the rule's text and the line it is written in are for these eyes. */
    public boolean isOpen() {
        return explanations.maySeeRules(me.caller());
    }

    /** What is wrong in the operator's policy file; nothing to those who may not see it. */
    public List<Mistake> getMistakes() {
        return isOpen() ? explanations.mistakes(me.caller()) : List.of();
    }

    public String getRule() {
        return rule;
    }

    public String getUser() {
        return user;
    }

    public String getProject() {
        return project;
    }

    public String getType() {
        return type;
    }

    public String getId() {
        return id;
    }
}
