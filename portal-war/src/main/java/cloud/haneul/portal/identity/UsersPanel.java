package cloud.haneul.portal.identity;

import cloud.haneul.identity.NewUser;
import cloud.haneul.identity.User;
import cloud.haneul.identity.UserChange;
import cloud.haneul.identity.UserFilter;
import cloud.haneul.identity.Users;
import cloud.haneul.kernel.Caller;
import cloud.haneul.portal.ResourcePanel;
import cloud.haneul.portal.RowAction;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Optional;

/** Identity &gt; Users. */
@Named("users")
@ViewScoped
public class UsersPanel extends ResourcePanel<User> {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient Users users;

    private String newName;
    private String email;
    private String chosen = "";
    private String chosenName = "";
    // not kept between requests
    private transient String password;

    public UsersPanel() {
        super("users", "user");
    }

    @Override
    protected List<User> load(Caller caller, Query query) {
        UserFilter filter =
                new UserFilter(Optional.empty(), Optional.empty(), Optional.of(query.search()), Optional.empty());
        return users.list(caller, filter, query.page());
    }

    @Override
    public String id(User row) {
        return row.id();
    }

    @Override
    public String name(User row) {
        return row.name();
    }

    @Override
    protected List<RowAction<User>> offers() {
        return List.of(
                RowAction.<User>opens("password", "pi-lock", "setPassword", (c, row) -> {
                    chosen = row.id();
                    chosenName = row.name();
                }),
                RowAction.<User>of("enable", "pi-check", (c, row) -> change(c, row, UserChange.NONE.enabled(true)))
                        .when(row -> !row.isEnabled())
                        .bulk(),
                RowAction.<User>of("disable", "pi-ban", (c, row) -> change(c, row, UserChange.NONE.enabled(false)))
                        .when(row -> row.isEnabled() && !row.id().equals(me.getUserId()))
                        .bulk()
                        .confirmed(),
                RowAction.<User>of("delete", "pi-trash", (c, row) -> users.delete(c, row.id()))
                        .when(row -> !row.id().equals(me.getUserId()))
                        .bulk()
                        .dangerous());
    }

    private void change(Caller caller, User row, UserChange what) {
        users.update(caller, row.id(), what);
    }

    public void create() {
        NewUser plain = NewUser.named(newName).withPassword(password);
        boolean done = notices.attempt(
                () -> users.create(me.caller(), email == null ? plain : plain.withEmail(email)),
                "users.create.done",
                newName);
        if (done) {
            newName = email = null;
        }
    }

    public void savePassword() {
        notices.attempt(
                () -> users.update(me.caller(), chosen, UserChange.NONE.password(password)),
                "users.password.done",
                1,
                chosenName);
    }

    public String getChosenName() {
        return chosenName;
    }

    public String getNewName() {
        return newName;
    }

    public void setNewName(String text) {
        newName = text;
    }

    public String getEmail() {
        return email;
    }

    public void setEmail(String text) {
        email = text;
    }

    public String getPassword() {
        return password;
    }

    public void setPassword(String text) {
        password = text;
    }
}
