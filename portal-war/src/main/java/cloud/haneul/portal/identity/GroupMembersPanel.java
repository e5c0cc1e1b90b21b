package cloud.haneul.portal.identity;

import cloud.haneul.identity.Group;
import cloud.haneul.identity.Groups;
import cloud.haneul.identity.User;
import cloud.haneul.identity.UserFilter;
import cloud.haneul.kernel.Caller;
import cloud.haneul.portal.Requested;
import cloud.haneul.portal.ResourcePanel;
import cloud.haneul.portal.RowAction;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;

/** The users in a group; {@code ?id=} says which. */
@Named("groupMembers")
@ViewScoped
public class GroupMembersPanel extends ResourcePanel<User> {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient Groups groups;

    @Inject
    private transient People people;

    @Inject
    private transient DomainChoice choice;

    private final String groupId = Requested.text("id");
    private transient Group group;

    public GroupMembersPanel() {
        super("groupMembers", "user group", User::id, User::name);
    }

    public Group getGroup() {
        if (group == null) {
            group = groups.get(me.caller(), groupId);
        }
        return group;
    }

    public String getDomain() {
        String id = getGroup().domainId();
        return choice.names(List.of(id)).getOrDefault(id, id);
    }

    @Override
    protected List<User> load(Caller caller, Query query) {
        return groups.users(caller, groupId, UserFilter.ALL.containing(query.search()), query.page());
    }

    @Override
    protected List<RowAction<User>> offers() {
        return List.of(RowAction.<User>of("remove", "pi-user-minus", (c, row) -> groups.remove(c, groupId, row.id()))
                .needs("identity:remove_user_from_group")
                .bulk()
                .dangerous());
    }

    public void add() {
        submit(
                () -> groups.add(
                        me.caller(),
                        groupId,
                        people.user(domainOfUser(), form.text("user")).id()),
                "groupMembers.add.done",
                form.text("user"));
    }

    private String domainOfUser() {
        return choice.of(form).orElse(getGroup().domainId());
    }

    /** For {@code hn:userField}. */
    public List<String> getPeople() {
        return people.users(form, getGroup().domainId());
    }

    /** For {@code hn:domainField}. */
    public List<String> getDomains() {
        return choice.suggestions();
    }
}
