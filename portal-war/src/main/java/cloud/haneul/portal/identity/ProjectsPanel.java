package cloud.haneul.portal.identity;

import cloud.haneul.identity.NewProject;
import cloud.haneul.identity.Project;
import cloud.haneul.identity.ProjectChange;
import cloud.haneul.identity.ProjectFilter;
import cloud.haneul.identity.Projects;
import cloud.haneul.kernel.Caller;
import cloud.haneul.portal.RowAction;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Optional;

/** Identity &gt; Projects. */
@Named("projects")
@ViewScoped
public class ProjectsPanel extends DomainThingsPanel<Project> {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient Projects projects;

    public ProjectsPanel() {
        super("projects", "project", Project::id, Project::name);
    }

    @Override
    protected List<Project> read(Caller caller, Query query) {
        return projects.list(caller, ProjectFilter.ALL.containing(query.search()), query.page());
    }

    @Override
    protected Optional<String> domainId(Project row) {
        return row.domainId();
    }

    @Override
    protected List<RowAction<Project>> offers() {
        return List.of(
                RowAction.<Project>link("members", "pi-users", row -> "members.xhtml?project=" + row.id()),
                RowAction.<Project>opens("edit", "pi-pencil", "editProject", (c, row) -> {
                            form.begin(row.id(), row.name());
                            form.put("name", row.name());
                            form.put("description", row.description());
                        })
                        .needs("identity:update_project")
                        .when(row -> !row.isImmutable()),
                RowAction.<Project>link("quotas", "pi-chart-pie", row -> "quotas.xhtml?search=" + row.id())
                        .needs("os_compute_api:os-quota-sets:update"),
                RowAction.<Project>of("enable", "pi-check", (c, row) -> enable(c, row, true))
                        .needs("identity:update_project")
                        .when(row -> !row.isEnabled())
                        .bulk(),
                RowAction.<Project>of("disable", "pi-ban", (c, row) -> enable(c, row, false))
                        .needs("identity:update_project")
                        .when(Project::isEnabled)
                        .bulk()
                        .confirmed(),
                RowAction.<Project>deletes((c, row) -> projects.delete(c, row.id()))
                        .needs("identity:delete_project")
                        .when(row -> !row.isImmutable()));
    }

    private void enable(Caller caller, Project row, boolean on) {
        projects.update(caller, row.id(), ProjectChange.NONE.enabled(on));
    }

    public void create() {
        NewProject plain = NewProject.named(form.text("name")).described(form.text("description"));
        submit(
                () -> projects.create(me.caller(), wantedDomain().map(plain::in).orElse(plain)),
                "projects.create.done",
                form.text("name"));
    }

    public void save() {
        ProjectChange change = ProjectChange.NONE.name(form.text("name")).description(form.text("description"));
        submit(() -> projects.update(me.caller(), form.id(), change), "projects.edit.done", form.text("name"));
    }
}
