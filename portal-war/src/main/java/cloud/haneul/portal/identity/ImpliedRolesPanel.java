package cloud.haneul.portal.identity;

import cloud.haneul.identity.Role;
import cloud.haneul.identity.Roles;
import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.data.Page;
import cloud.haneul.portal.Requested;
import cloud.haneul.portal.ResourcePanel;
import cloud.haneul.portal.RowAction;
import cloud.haneul.portal.Sift;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The roles that whoever has a role has with it; {@code ?id=} says which. */
@Named("impliedRoles")
@ViewScoped
public class ImpliedRolesPanel extends ResourcePanel<Role> {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient Roles roles;

    @Inject
    private transient DomainChoice choice;

    private final String roleId = Requested.text("id");
    private transient Role role;

    public ImpliedRolesPanel() {
        super("implied", "role", Role::id, Role::name);
    }

    public Role getRole() {
        if (role == null) {
            role = roles.get(me.caller(), roleId);
        }
        return role;
    }

    /** Name of its domain; empty for a role of the whole cloud. */
    public String getDomain() {
        return getRole()
                .domainId()
                .map(id -> choice.names(List.of(id)).getOrDefault(id, id))
                .orElse("");
    }

    @Override
    protected List<Role> load(Caller caller, Query query) {
        return Sift.whole(query, page -> roles.implied(caller, roleId), this::id, this::name, row -> true);
    }

    @Override
    protected List<RowAction<Role>> offers() {
        return List.of(RowAction.<Role>of("remove", "pi-times", (c, row) -> roles.unimply(c, roleId, row.id()))
                .needs("identity:delete_implied_role")
                .bulk()
                .dangerous());
    }

    public void add() {
        submit(
                () -> roles.imply(me.caller(), roleId, form.text("role")),
                "implied.add.done",
                getRole().name());
    }

    /** What it could imply and does not: not the administrator's, nor another domain's. */
    public List<Role> getChoices() {
        Set<String> already =
                roles.implied(me.caller(), roleId).stream().map(Role::id).collect(Collectors.toSet());
        Stream<Role> ofItsDomain = getRole().domainId().stream()
                .flatMap(id -> roles.list(me.caller(), Optional.of(id), Optional.empty(), Page.all()).stream());
        return Stream.concat(
                        roles.list(me.caller(), Optional.empty(), Optional.empty(), Page.all()).stream()
                                .filter(one -> !one.name().equals("admin")),
                        ofItsDomain)
                .filter(one -> !one.id().equals(roleId) && !already.contains(one.id()))
                .toList();
    }
}
