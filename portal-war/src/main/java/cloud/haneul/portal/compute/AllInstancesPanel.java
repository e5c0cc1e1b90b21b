package cloud.haneul.portal.compute;

import cloud.haneul.compute.Server;
import cloud.haneul.compute.ServerFilter;
import cloud.haneul.compute.Servers;
import cloud.haneul.identity.Projects;
import cloud.haneul.kernel.Caller;
import cloud.haneul.portal.ResourcePanel;
import cloud.haneul.portal.RowAction;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The instances of all projects, for the administrator. */
@Named("allInstances")
@ViewScoped
public class AllInstancesPanel extends ResourcePanel<Server> {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient Servers servers;

    @Inject
    private transient ServerActions serverActions;

    @Inject
    private transient Projects projects;

    private transient Map<String, String> projectNames;

    public AllInstancesPanel() {
        super("instances", "server", Server::id, Server::name);
    }

    @Override
    protected List<Server> load(Caller caller, Query query) {
        List<Server> found = servers.list(caller, ServerFilter.all().named(query.search()), query.page());
        projectNames = projects.names(found.stream().map(Server::projectId).collect(Collectors.toSet()));
        return found;
    }

    @Override
    protected List<RowAction<Server>> offers() {
        return serverActions.all(true);
    }

    public String project(Server row) {
        return projectNames.getOrDefault(row.projectId(), row.projectId());
    }
}
