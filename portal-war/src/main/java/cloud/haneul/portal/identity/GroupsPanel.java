package cloud.haneul.portal.identity;

import cloud.haneul.identity.Group;
import cloud.haneul.identity.GroupChange;
import cloud.haneul.identity.GroupFilter;
import cloud.haneul.identity.Groups;
import cloud.haneul.identity.NewGroup;
import cloud.haneul.kernel.Caller;
import cloud.haneul.portal.RowAction;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Optional;

/** Identity &gt; Groups of users. */
@Named("groups")
@ViewScoped
public class GroupsPanel extends DomainThingsPanel<Group> {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient Groups groups;

    public GroupsPanel() {
        super("groups", "group", Group::id, Group::name);
    }

    @Override
    protected List<Group> read(Caller caller, Query query) {
        return groups.list(caller, GroupFilter.ALL.containing(query.search()), query.page());
    }

    @Override
    protected Optional<String> domainId(Group row) {
        return Optional.of(row.domainId());
    }

    @Override
    protected List<RowAction<Group>> offers() {
        return List.of(
                RowAction.<Group>link("members", "pi-users", row -> "group.xhtml?id=" + row.id()),
                RowAction.<Group>link("roles", "pi-key", row -> "group-roles.xhtml?id=" + row.id()),
                RowAction.<Group>opens("edit", "pi-pencil", "editGroup", (c, row) -> {
                            form.begin(row.id(), row.name());
                            form.put("name", row.name());
                            form.put("description", row.description());
                        })
                        .needs("identity:update_group"),
                RowAction.<Group>deletes((c, row) -> groups.delete(c, row.id())).needs("identity:delete_group"));
    }

    public void create() {
        NewGroup plain = NewGroup.named(form.text("name")).described(form.text("description"));
        submit(
                () -> groups.create(me.caller(), wantedDomain().map(plain::in).orElse(plain)),
                "groups.create.done",
                form.text("name"));
    }

    public void save() {
        GroupChange change = GroupChange.of(form.text("name"), form.text("description"));
        submit(() -> groups.update(me.caller(), form.id(), change), "groups.edit.done", form.text("name"));
    }
}
