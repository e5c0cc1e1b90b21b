package cloud.haneul.portal.identity;

import cloud.haneul.identity.NewProject;
import cloud.haneul.identity.Project;
import cloud.haneul.identity.ProjectChange;
import cloud.haneul.identity.ProjectFilter;
import cloud.haneul.identity.Projects;
import cloud.haneul.kernel.Caller;
import cloud.haneul.portal.ResourcePanel;
import cloud.haneul.portal.RowAction;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;

/** Identity &gt; Projects. */
@Named("projects")
@ViewScoped
public class ProjectsPanel extends ResourcePanel<Project> {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient Projects projects;

    public ProjectsPanel() {
        super("projects", "project", Project::id, Project::name);
    }

    @Override
    protected List<Project> load(Caller caller, Query query) {
        return projects.list(caller, ProjectFilter.ALL.containing(query.search()), query.page());
    }

    @Override
    protected List<RowAction<Project>> offers() {
        return List.of(
                RowAction.<Project>link("members", "pi-users", row -> "members.xhtml?project=" + row.id()),
                RowAction.<Project>of("enable", "pi-check", (c, row) -> enable(c, row, true))
                        .when(row -> !row.isEnabled())
                        .bulk(),
                RowAction.<Project>of("disable", "pi-ban", (c, row) -> enable(c, row, false))
                        .when(Project::isEnabled)
                        .bulk()
                        .confirmed(),
                RowAction.<Project>deletes((c, row) -> projects.delete(c, row.id())));
    }

    private void enable(Caller caller, Project row, boolean on) {
        projects.update(caller, row.id(), ProjectChange.NONE.enabled(on));
    }

    public void create() {
        NewProject wanted = NewProject.named(form.text("name")).described(form.text("description"));
        submit(() -> projects.create(me.caller(), wanted), "projects.create.done", form.text("name"));
    }
}
