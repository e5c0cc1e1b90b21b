package cloud.haneul.portal.network;

import cloud.haneul.kernel.Caller;
import cloud.haneul.network.ListQuery;
import cloud.haneul.network.SecurityGroup;
import cloud.haneul.network.SecurityGroups;
import cloud.haneul.portal.ResourcePanel;
import cloud.haneul.portal.RowAction;
import cloud.haneul.portal.Sift;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Project &gt; Security groups. */
@Named("securityGroups")
@ViewScoped
public class SecurityGroupsPanel extends ResourcePanel<SecurityGroup> {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient SecurityGroups groups;

    public SecurityGroupsPanel() {
        super("securityGroups", "security_group security_group_rule", SecurityGroup::id, SecurityGroup::name);
    }

    @Override
    protected List<SecurityGroup> load(Caller caller, Query query) {
        Map<String, List<String>> own = Map.of("project_id", List.of(caller.project()));
        return Sift.search(query, page -> groups.list(caller, new ListQuery(own, page, false)), this::id, this::name);
    }

    @Override
    protected List<RowAction<SecurityGroup>> offers() {
        return List.of(
                RowAction.<SecurityGroup>link("open", "pi-list", row -> "security-group.xhtml?id=" + id(row)),
                RowAction.<SecurityGroup>deletes((c, row) -> groups.delete(c, row.id()))
                        .when(row -> !row.isDefault()));
    }

    public void create() {
        submit(
                () -> groups.create(me.caller(), Optional.empty(), form.text("name"), form.optional("description")),
                "securityGroups.create.done",
                form.text("name"));
    }
}
