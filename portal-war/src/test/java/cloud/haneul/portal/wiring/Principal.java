package cloud.haneul.portal.wiring;

import cloud.haneul.identity.Assignments;
import cloud.haneul.identity.Grant;
import cloud.haneul.identity.Login;
import cloud.haneul.identity.NewUser;
import cloud.haneul.identity.Role;
import cloud.haneul.identity.Roles;
import cloud.haneul.identity.Tokens;
import cloud.haneul.identity.Users;
import cloud.haneul.kernel.Authenticator.RequestInfo;
import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Ids;
import cloud.haneul.kernel.data.Page;
import cloud.haneul.kernel.testing.TestCloud;
import java.util.Locale;
import java.util.Optional;

/**
 * Somebody who asks, as a column of the table.
 *
 * @param where {@code own}, {@code foreign} (another project), {@code domain} (that of the own project), {@code system},
 *     {@code unscoped}, {@code nobody}
 * @param role empty for none
 * @param letter of the column
 * @param userId empty for nobody
 * @param token empty for nobody
 */
record Principal(String where, String role, char letter, String userId, String token) {
    boolean isForeign() {
        return where.equals("foreign");
    }

    /** Somebody new with a role in a project. */
    static Principal of(TestCloud cloud, String project, String roleName) {
        Caller inner = Caller.inner("test");
        String password = Ids.newSecret(9);
        String user = cloud.get(Users.class)
                .create(inner, NewUser.named(Ids.newHexId()).withPassword(password))
                .id();
        String role = cloud.get(Roles.class).list(inner, Optional.empty(), Optional.of(roleName), Page.all()).stream()
                .map(Role::id)
                .findFirst()
                .orElseThrow();
        cloud.get(Assignments.class)
                .grant(inner, Grant.of(Grant.Actor.user(user), Grant.Target.project(project), role));
        RequestInfo request = new RequestInfo(
                Ids.newRequestId(), Optional.empty(), "POST", "/", Optional.empty(), Locale.ENGLISH, "127.0.0.1");
        String token = cloud.get(Tokens.class)
                .issue(
                        Login.password(
                                Login.UserRef.id(user), password, new Login.OfProject(Login.ProjectRef.id(project))),
                        request)
                .token();
        return new Principal("own", roleName, roleName.charAt(0), user, token);
    }
}
