package cloud.haneul.portal.admin;

import cloud.haneul.compute.ComputeQuotas;
import cloud.haneul.identity.Project;
import cloud.haneul.identity.ProjectFilter;
import cloud.haneul.identity.Projects;
import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.quota.Quotas.Quota;
import cloud.haneul.network.NetworkQuotas;
import cloud.haneul.portal.ResourcePanel;
import cloud.haneul.portal.RowAction;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Admin &gt; Quotas: how much each project may have; -1 is without limit. */
@Named("quotas")
@ViewScoped
public class QuotasPanel extends ResourcePanel<Project> {
    private static final long serialVersionUID = 1L;

    /** A line of the form. */
    public static class Line implements Serializable {
        private static final long serialVersionUID = 1L;

        private final String resource;
        private final long used;
        private final boolean network;
        private long limit;

        Line(Quota quota, boolean network) {
            this.resource = quota.resource();
            this.used = quota.used();
            this.network = network;
            this.limit = quota.limit();
        }

        public String getResource() {
            return resource;
        }

        public long getUsed() {
            return used;
        }

        public long getLimit() {
            return limit;
        }

        public void setLimit(long number) {
            limit = number;
        }
    }

    @Inject
    private transient Projects projects;

    @Inject
    private transient ComputeQuotas compute;

    @Inject
    private transient NetworkQuotas network;

    private List<Line> lines = new ArrayList<>();

    public QuotasPanel() {
        super("quotas", "project", Project::id, Project::name);
    }

    @Override
    protected List<Project> load(Caller caller, Query query) {
        return projects.list(caller, ProjectFilter.ALL.containing(query.search()), query.page());
    }

    @Override
    protected List<RowAction<Project>> offers() {
        return List.of(
                RowAction.<Project>opens("edit", "pi-pencil", "editQuotas", (c, row) -> {
                    form.begin(row.id(), row.name());
                    lines = new ArrayList<>();
                    compute.detail(c, row.id(), ComputeQuotas.OF_PROJECTS)
                            .forEach(quota -> lines.add(new Line(quota, false)));
                    network.show(c, row.id()).forEach(quota -> lines.add(new Line(quota, true)));
                }),
                RowAction.<Project>of("reset", "pi-undo", (c, row) -> {
                            compute.reset(c, row.id(), ComputeQuotas.OF_PROJECTS);
                            network.reset(c, row.id());
                        })
                        .bulk()
                        .confirmed());
    }

    public void save() {
        Map<String, Long> ofCompute = new HashMap<>();
        Map<String, Long> ofNetwork = new HashMap<>();
        lines.forEach(line -> (line.network ? ofNetwork : ofCompute).put(line.resource, line.limit));
        submit(
                () -> {
                    compute.update(me.caller(), form.id(), ofCompute);
                    network.update(me.caller(), form.id(), ofNetwork);
                },
                "quotas.edit.done",
                1,
                form.about());
    }

    public List<Line> getLines() {
        return lines;
    }
}
