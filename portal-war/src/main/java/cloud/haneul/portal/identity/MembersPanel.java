package cloud.haneul.portal.identity;

import cloud.haneul.identity.AssignmentFilter;
import cloud.haneul.identity.AssignmentNames;
import cloud.haneul.identity.AssignmentNames.Named;
import cloud.haneul.identity.Assignments;
import cloud.haneul.identity.Grant;
import cloud.haneul.identity.HeldRole;
import cloud.haneul.identity.Project;
import cloud.haneul.identity.Projects;
import cloud.haneul.identity.Role;
import cloud.haneul.identity.Roles;
import cloud.haneul.identity.User;
import cloud.haneul.identity.Users;
import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Fault;
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

/**
 * Who has which role in a project, as it was given; implied roles follow from that. Of the project one works in when the address names
 * none: who manages it needs no administrator.
 */
@jakarta.inject.Named("members")
@ViewScoped
public class MembersPanel extends ResourcePanel<MembersPanel.Row> {
    private static final long serialVersionUID = 1L;

    /** A role given to a user or group. */
    public record Row(Grant grant, String marker, String who, String role) {
        public boolean isGroup() {
            return grant.actor().type() == Grant.ActorType.GROUP;
        }
    }

    @Inject
    private transient Projects projects;

    @Inject
    private transient Users users;

    @Inject
    private transient Roles roles;

    @Inject
    private transient Assignments assignments;

    @Inject
    private transient AssignmentNames assignmentNames;

    private final String asked = Requested.text("project");
    private transient Project project;

    public MembersPanel() {
        super("members", "project user", Row::marker, row -> row.who() + " (" + row.role() + ")");
    }

    public Project getProject() {
        if (project == null) {
            project = projects.get(me.caller(), isOther() ? asked : me.caller().project());
        }
        return project;
    }

    /** Whether it is not simply the project one works in. */
    public boolean isOther() {
        return !asked.isEmpty();
    }

    @Override
    protected List<Row> load(Caller caller, Query query) {
        return Sift.search(query, page -> rows(caller, page), this::id, row -> row.who() + " " + row.role());
    }

    private List<Row> rows(Caller caller, Page page) {
        Page inItsOrder = new Page(page.limit(), page.marker(), List.of());
        List<HeldRole> held = assignments.list(
                caller,
                AssignmentFilter.ALL.at(Grant.Target.project(getProject().id())),
                inItsOrder);
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
        return List.of(RowAction.<Row>of("remove", "pi-user-minus", (c, row) -> assignments.revoke(c, row.grant()))
                .bulk()
                .dangerous());
    }

    public void add() {
        submit(
                () -> {
                    User user = user(form.text("user"));
                    assignments.grant(
                            me.caller(),
                            Grant.of(
                                    Grant.Actor.user(user.id()),
                                    Grant.Target.project(getProject().id()),
                                    form.text("role")));
                },
                "members.add.done",
                form.text("user"));
    }

    private User user(String name) {
        try {
            return users.named(me.caller(), getProject().domainId().orElse(Project.DEFAULT_DOMAIN), name);
        } catch (Fault e) {
            throw e.kind() == Fault.Kind.NOT_FOUND ? notices.wrong("user", "members.unknown") : e;
        }
    }

    public List<Role> getRoles() {
        return roles.list(me.caller(), Optional.empty(), Optional.empty(), Page.all());
    }
}
