package cloud.haneul.portal.identity;

import cloud.haneul.identity.NewProject;
import cloud.haneul.identity.Project;
import cloud.haneul.identity.ProjectChange;
import cloud.haneul.identity.ProjectFilter;
import cloud.haneul.identity.Projects;
import cloud.haneul.kernel.Caller;
import cloud.haneul.portal.ResourcePanel;
import cloud.haneul.portal.RowAction;
import cloud.haneul.portal.Sift;
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

    private String newName;
    private String description;

    public ProjectsPanel() {
        super("projects", "project");
    }

    @Override
    protected List<Project> load(Caller caller, Query query) {
        return Sift.search(query, page -> projects.list(caller, ProjectFilter.ALL, page), this::id, this::name);
    }

    @Override
    public String id(Project row) {
        return row.id();
    }

    @Override
    public String name(Project row) {
        return row.name();
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
                RowAction.<Project>of("delete", "pi-trash", (c, row) -> projects.delete(c, row.id()))
                        .bulk()
                        .dangerous());
    }

    private void enable(Caller caller, Project row, boolean on) {
        projects.update(caller, row.id(), ProjectChange.NONE.enabled(on));
    }

    public void create() {
        if (notices.attempt(
                () -> projects.create(
                        me.caller(), NewProject.named(newName).described(description == null ? "" : description)),
                "projects.create.done",
                newName)) {
            newName = description = null;
        }
    }

    public String getNewName() {
        return newName;
    }

    public void setNewName(String text) {
        newName = text;
    }

    public String getDescription() {
        return description;
    }

    public void setDescription(String text) {
        description = text;
    }
}
