package cloud.haneul.portal.identity;

import cloud.haneul.identity.NewUser;
import cloud.haneul.identity.OneTimeDevices;
import cloud.haneul.identity.OneTimeDevices.Use;
import cloud.haneul.identity.User;
import cloud.haneul.identity.UserChange;
import cloud.haneul.identity.UserFilter;
import cloud.haneul.identity.Users;
import cloud.haneul.kernel.Caller;
import cloud.haneul.portal.RowAction;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Optional;

/** Identity &gt; Users. */
@Named("users")
@ViewScoped
public class UsersPanel extends DomainThingsPanel<User> {
    private static final long serialVersionUID = 1L;
    private static final String UPDATE = "identity:update_user";

    @Inject
    private transient Users users;

    @Inject
    private transient OneTimeDevices devices;

    public UsersPanel() {
        super("users", "user", User::id, User::name);
    }

    @Override
    protected List<User> read(Caller caller, Query query) {
        UserFilter filter = UserFilter.ALL.containing(query.search());
        return users.list(caller, filter, query.page());
    }

    @Override
    protected Optional<String> domainId(User row) {
        return Optional.of(row.domainId());
    }

    @Override
    protected List<RowAction<User>> offers() {
        return List.of(
                RowAction.<User>link("roles", "pi-key", row -> "user.xhtml?id=" + row.id()),
                RowAction.<User>opens("edit", "pi-pencil", "editUser", (c, row) -> {
                            form.begin(row.id(), row.name());
                            form.put("name", row.name());
                            form.put("email", row.email().orElse(""));
                            form.put("description", row.description().orElse(""));
                        })
                        .needs(UPDATE),
                form("password", "pi-lock", "setPassword").needs(UPDATE),
                RowAction.<User>of("enable", "pi-check", (c, row) -> change(c, row, UserChange.NONE.enabled(true)))
                        .needs(UPDATE)
                        .when(row -> !row.isEnabled())
                        .bulk(),
                RowAction.<User>of("disable", "pi-ban", (c, row) -> change(c, row, UserChange.NONE.enabled(false)))
                        .needs(UPDATE)
                        .when(row -> row.isEnabled() && !row.id().equals(me.getUserId()))
                        .bulk()
                        .confirmed(),
                RowAction.<User>of("demand", "pi-mobile", (c, row) -> devices.demand(c, row.id(), true))
                        .needs(UPDATE)
                        .when(row -> OneTimeDevices.use(row) == Use.NOT_ASKED),
                RowAction.<User>of("waive", "pi-mobile", (c, row) -> devices.demand(c, row.id(), false))
                        .needs(UPDATE)
                        .when(row -> OneTimeDevices.use(row) != Use.NOT_ASKED)
                        .confirmed(),
                RowAction.<User>deletes((c, row) -> users.delete(c, row.id()))
                        .needs("identity:delete_user")
                        .when(row -> !row.id().equals(me.getUserId())));
    }

    private void change(Caller caller, User row, UserChange what) {
        users.update(caller, row.id(), what);
    }

    public void create() {
        NewUser plain = NewUser.named(form.text("name"))
                .withPassword(form.secret("password"))
                .described(form.text("description"));
        NewUser wanted = form.optional("email").map(plain::withEmail).orElse(plain);
        submit(
                () -> users.create(me.caller(), wantedDomain().map(wanted::in).orElse(wanted)),
                "users.create.done",
                form.text("name"));
    }

    public void save() {
        UserChange change = UserChange.NONE
                .name(form.text("name"))
                .email(form.text("email"))
                .description(form.text("description"));
        submit(() -> users.update(me.caller(), form.id(), change), "users.edit.done", form.text("name"));
    }

    public void savePassword() {
        UserChange change = UserChange.NONE.password(form.secret("password"));
        submit(() -> users.update(me.caller(), form.id(), change), "users.password.done", 1, form.about());
    }
}
