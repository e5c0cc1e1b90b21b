package cloud.haneul.portal.identity;

import cloud.haneul.identity.AssignmentFilter;
import cloud.haneul.identity.AssignmentNames;
import cloud.haneul.identity.AssignmentNames.Named;
import cloud.haneul.identity.Assignments;
import cloud.haneul.identity.Domain;
import cloud.haneul.identity.Domains;
import cloud.haneul.identity.Grant;
import cloud.haneul.identity.HeldRole;
import cloud.haneul.identity.Project;
import cloud.haneul.identity.Projects;
import cloud.haneul.identity.Role;
import cloud.haneul.identity.Roles;
import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.data.Page;
import cloud.haneul.portal.Requested;
import cloud.haneul.portal.ResourcePanel;
import cloud.haneul.portal.RowAction;
import cloud.haneul.portal.Sift;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who has which role in a project or domain, as it was given; implied roles follow from that. Of what one works in when the address
 * names none: who manages it needs no administrator.
 */
@jakarta.inject.Named("members")
@ViewScoped
public class MembersPanel extends ResourcePanel<MembersPanel.Row> {
    private static final long serialVersionUID = 1L;
    private static final String GROUP = "group";

    /** A role given to a user or group. */
    public record Row(Grant grant, String marker, String who, String role) {
        public boolean isGroup() {
            return grant.actor().type() == Grant.ActorType.GROUP;
        }

        /** The page about who has it. */
        public String address() {
            return (isGroup() ? "group.xhtml?id=" : "user.xhtml?id=")
                    + grant.actor().id();
        }
    }

    /**
     * The project or domain.
     *
     * @param domainId its own for a domain
     */
    public record Place(Grant.Target target, String name, String domainId) {
        public boolean isDomain() {
            return target.type() == Grant.TargetType.DOMAIN;
        }
    }

    @Inject
    private transient Projects projects;

    @Inject
    private transient Domains domains;

    @Inject
    private transient People people;

    @Inject
    private transient DomainChoice choice;

    @Inject
    private transient Roles roles;

    @Inject
    private transient Assignments assignments;

    @Inject
    private transient AssignmentNames assignmentNames;

    private final String askedProject = Requested.text("project");
    private final String askedDomain = Requested.text("domain");
    private transient Place place;
    private transient List<Role> givable;

    public MembersPanel() {
        super("members", "project user group", Row::marker, row -> row.who() + " (" + row.role() + ")");
        form.with("kind", "user");
    }

    public Place getPlace() {
        if (place == null) {
            Optional<String> domain = Optional.of(askedDomain)
                    .filter(id -> !id.isEmpty())
                    .or(() -> askedProject.isEmpty() ? me.caller().domainId() : Optional.empty());
            place = domain.map(this::domain).orElseGet(this::project);
        }
        return place;
    }

    private Place domain(String id) {
        Domain domain = domains.get(me.caller(), id);
        return new Place(Grant.Target.domain(id), domain.name(), id);
    }

    private Place project() {
        Project project =
                projects.get(me.caller(), askedProject.isEmpty() ? me.caller().project() : askedProject);
        return new Place(
                Grant.Target.project(project.id()),
                project.name(),
                project.domainId().orElse(Project.DEFAULT_DOMAIN));
    }

    /** The list one came from; empty when it is simply what one works in. */
    public String getUp() {
        return askedDomain.isEmpty() ? askedProject.isEmpty() ? "" : "projects" : "domains";
    }

    @Override
    protected List<Row> load(Caller caller, Query query) {
        return Sift.search(query, page -> rows(caller, page), this::id, row -> row.who() + " " + row.role());
    }

    private List<Row> rows(Caller caller, Page page) {
        Page inItsOrder = new Page(page.limit(), page.marker(), List.of());
        List<HeldRole> held =
                assignments.list(caller, AssignmentFilter.ALL.at(getPlace().target()), inItsOrder);
        Map<String, Named> names = assignmentNames.of(held);
        return held.stream()
                .map(each -> new Row(
                        each.grant(),
                        each.marker(),
                        name(names, each.grant().actor().id()),
                        name(names, each.grant().roleId())))
                .toList();
    }

    private static String name(Map<String, Named> names, String id) {
        return Optional.ofNullable(names.get(id)).map(Named::name).orElse(id);
    }

    @Override
    protected List<RowAction<Row>> offers() {
        Set<String> mine = getRoles().stream().map(Role::id).collect(Collectors.toSet());
        return List.of(RowAction.<Row>of("remove", "pi-user-minus", (c, row) -> assignments.revoke(c, row.grant()))
                // whoever may not give a role may not take it away either
                .when(row -> mine.contains(row.grant().roleId()))
                .needs("identity:find_user")
                .bulk()
                .dangerous());
    }

    public void add() {
        submit(
                () -> assignments.grant(
                        me.caller(), new Grant(actor(), getPlace().target(), form.text("role"), form.is("inherited"))),
                "members.add.done",
                form.text("user"));
    }

    private Grant.Actor actor() {
        String domain = choice.of(form).orElse(getPlace().domainId());
        String name = form.text("user");
        return isOfGroups()
                ? Grant.Actor.group(people.group(domain, name).id())
                : Grant.Actor.user(people.user(domain, name).id());
    }

    private boolean isOfGroups() {
        return form.text("kind").equals(GROUP);
    }

    /** For {@code hn:userField}. */
    public List<String> getPeople() {
        String domain = getPlace().domainId();
        return isOfGroups() ? people.groups(form, domain) : people.users(form, domain);
    }

    /** For {@code hn:domainField}. */
    public List<String> getDomains() {
        return choice.suggestions();
    }

    /** Those one may give here: of the whole cloud, and the domain's own. */
    public List<Role> getRoles() {
        if (givable == null) {
            Stream<Role> own = me.may("identity:list_domain_roles")
                    ? roles.list(me.caller(), Optional.of(getPlace().domainId()), Optional.empty(), Page.all()).stream()
                    : Stream.empty();
            givable = Stream.concat(
                            roles.list(me.caller(), Optional.empty(), Optional.empty(), Page.all()).stream(), own)
                    .toList();
        }
        return givable;
    }
}
