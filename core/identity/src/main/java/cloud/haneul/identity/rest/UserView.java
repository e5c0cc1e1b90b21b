package cloud.haneul.identity.rest;

import cloud.haneul.identity.User;
import cloud.haneul.kernel.rest.Call;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** A user as JSON; never with anything of his password. */
final class UserView {
    private UserView() {}

    /** @param passwordEnds when whose passwords expire */
    static View of(Call call, User user, Map<String, Instant> passwordEnds) {
        return View.of()
                .with("id", user.id())
                .with("name", user.name())
                .with("domain_id", user.domainId())
                .with("enabled", user.isEnabled())
                .ifPresent("default_project_id", user.defaultProjectId())
                .ifPresent("description", user.description())
                .ifPresent("email", user.email())
                .with(
                        "password_expires_at",
                        Optional.ofNullable(passwordEnds.get(user.id())).map(Times::plain))
                .with("options", user.options())
                .self(call, "/users/" + user.id())
                .extra(user.extra());
    }
}
