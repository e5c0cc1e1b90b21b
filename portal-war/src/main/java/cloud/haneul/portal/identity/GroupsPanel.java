package cloud.haneul.portal.identity;

import cloud.haneul.identity.Group;
import cloud.haneul.identity.GroupFilter;
import cloud.haneul.identity.Groups;
import cloud.haneul.identity.NewGroup;
import cloud.haneul.kernel.Caller;
import cloud.haneul.portal.ResourcePanel;
import cloud.haneul.portal.RowAction;
import cloud.haneul.portal.Sift;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Identity &gt; Groups of users. */
@Named("groups")
@ViewScoped
public class GroupsPanel extends ResourcePanel<Group> {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient Groups groups;

    public GroupsPanel() {
        super("groups", "group", Group::id, Group::name);
    }

    @Override
    protected List<Group> load(Caller caller, Query query) {
        return Sift.search(query, page -> groups.list(caller, GroupFilter.ALL, page), this::id, this::name);
    }

    @Override
    protected List<RowAction<Group>> offers() {
        return List.of(RowAction.<Group>deletes((c, row) -> groups.delete(c, row.id())));
    }

    public void create() {
        NewGroup wanted = new NewGroup(form.text("name"), Optional.empty(), form.text("description"), Map.of());
        submit(() -> groups.create(me.caller(), wanted), "groups.create.done", form.text("name"));
    }
}
