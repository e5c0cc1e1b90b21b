package cloud.haneul.portal.identity;

import cloud.haneul.identity.NewRole;
import cloud.haneul.identity.Role;
import cloud.haneul.identity.RoleChange;
import cloud.haneul.identity.Roles;
import cloud.haneul.kernel.Caller;
import cloud.haneul.portal.RowAction;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Optional;

/** Identity &gt; Roles, of the whole cloud and of domains. Those that came with the cloud are immutable and stay as they are. */
@Named("roles")
@ViewScoped
public class RolesPanel extends DomainThingsPanel<Role> {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient Roles roles;

    public RolesPanel() {
        super("roles", "role", Role::id, Role::name);
    }

    @Override
    protected List<Role> read(Caller caller, Query query) {
        return roles.everywhere(caller, query.search(), query.page());
    }

    @Override
    protected Optional<String> domainId(Role row) {
        return row.domainId();
    }

    @Override
    protected List<RowAction<Role>> offers() {
        return List.of(
                RowAction.<Role>link("implied", "pi-sitemap", row -> "role.xhtml?id=" + row.id())
                        .needs("identity:list_implied_roles"),
                RowAction.<Role>opens("edit", "pi-pencil", "editRole", (c, row) -> {
                            form.begin(row.id(), row.name());
                            form.put("name", row.name());
                            form.put("description", row.description().orElse(""));
                        })
                        .needs("identity:update_role")
                        .when(row -> !row.isImmutable()),
                RowAction.<Role>deletes((c, row) -> roles.delete(c, row.id()))
                        .needs("identity:delete_role")
                        .when(row -> !row.isImmutable()));
    }

    public void create() {
        NewRole plain = NewRole.named(form.text("name")).described(form.text("description"));
        submit(
                () -> roles.create(me.caller(), wantedDomain().map(plain::in).orElse(plain)),
                "roles.create.done",
                form.text("name"));
    }

    public void save() {
        RoleChange change = RoleChange.NONE.name(form.text("name")).description(form.text("description"));
        submit(() -> roles.update(me.caller(), form.id(), change), "roles.edit.done", form.text("name"));
    }
}
