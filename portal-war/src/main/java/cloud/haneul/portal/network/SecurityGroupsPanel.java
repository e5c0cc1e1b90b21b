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

    private String newName;
    private String description;

    public SecurityGroupsPanel() {
        super("securityGroups", "security_group security_group_rule");
    }

    @Override
    protected List<SecurityGroup> load(Caller caller, Query query) {
        Map<String, List<String>> own = Map.of("project_id", List.of(caller.project()));
        return Sift.search(query, page -> groups.list(caller, new ListQuery(own, page, false)), this::id, this::name);
    }

    @Override
    public String id(SecurityGroup row) {
        return row.id().toString();
    }

    @Override
    public String name(SecurityGroup row) {
        return row.name();
    }

    @Override
    protected List<RowAction<SecurityGroup>> offers() {
        return List.of(
                RowAction.<SecurityGroup>link("open", "pi-list", row -> "security-group.xhtml?id=" + id(row)),
                RowAction.<SecurityGroup>of("delete", "pi-trash", (c, row) -> groups.delete(c, row.id()))
                        .when(row -> !row.isDefault())
                        .bulk()
                        .dangerous());
    }

    public void create() {
        if (notices.attempt(
                () -> groups.create(me.caller(), Optional.empty(), newName, Optional.ofNullable(description)),
                "securityGroups.create.done",
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
