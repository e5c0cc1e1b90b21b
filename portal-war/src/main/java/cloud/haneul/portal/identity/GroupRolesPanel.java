package cloud.haneul.portal.identity;

import cloud.haneul.identity.AssignmentFilter;
import cloud.haneul.identity.Group;
import cloud.haneul.identity.Groups;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** A group's roles, as they were given. */
@Named("groupRoles")
@ViewScoped
public class GroupRolesPanel extends HeldRolesPanel {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient Groups groups;

    private transient Group group;

    public GroupRolesPanel() {
        super("held");
    }

    @Override
    protected AssignmentFilter filter() {
        return AssignmentFilter.ALL.group(of);
    }

    public Group getGroup() {
        if (group == null) {
            group = groups.get(me.caller(), of);
        }
        return group;
    }
}
