package cloud.haneul.portal.identity;

import cloud.haneul.identity.NewRole;
import cloud.haneul.identity.Role;
import cloud.haneul.identity.Roles;
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
import java.util.Set;

/** Identity &gt; Roles. */
@Named("roles")
@ViewScoped
public class RolesPanel extends ResourcePanel<Role> {
    private static final long serialVersionUID = 1L;
    /** Whose end would lock everybody out; the API lets them go. */
    private static final Set<String> OF_THE_HOUSE = Set.of("admin", "manager", "member", "reader", "service");

    @Inject
    private transient Roles roles;

    public RolesPanel() {
        super("roles", "role", Role::id, Role::name);
    }

    @Override
    protected List<Role> load(Caller caller, Query query) {
        return Sift.search(
                query, page -> roles.list(caller, Optional.empty(), Optional.empty(), page), this::id, this::name);
    }

    @Override
    protected List<RowAction<Role>> offers() {
        return List.of(RowAction.<Role>deletes((c, row) -> roles.delete(c, row.id()))
                .when(row -> !row.isImmutable() && !OF_THE_HOUSE.contains(row.name())));
    }

    public void create() {
        NewRole wanted = new NewRole(form.text("name"), Optional.empty(), form.text("description"), false, Map.of());
        submit(() -> roles.create(me.caller(), wanted), "roles.create.done", form.text("name"));
    }
}
