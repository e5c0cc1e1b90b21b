package cloud.haneul.portal.identity;

import cloud.haneul.identity.AssignmentFilter;
import cloud.haneul.identity.Group;
import cloud.haneul.identity.User;
import cloud.haneul.identity.Users;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Map;

/** A user: who he is, his groups, and as the list what he may do where, whatever it comes from. */
@Named("userPage")
@ViewScoped
public class UserPage extends HeldRolesPanel {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient Users users;

    @Inject
    private transient DomainChoice choice;

    private transient User user;
    private transient List<Group> groups;
    private transient Map<String, String> domain;

    public UserPage() {
        super("held");
    }

    @Override
    protected AssignmentFilter filter() {
        return AssignmentFilter.ALL.user(of).effectively();
    }

    public User getUser() {
        if (user == null) {
            user = users.get(me.caller(), of);
        }
        return user;
    }

    public String getDomain() {
        if (domain == null) {
            domain = choice.names(List.of(getUser().domainId()));
        }
        return domain.getOrDefault(getUser().domainId(), getUser().domainId());
    }

    public List<Group> getGroups() {
        if (groups == null) {
            groups = users.groups(me.caller(), of);
        }
        return groups;
    }
}
