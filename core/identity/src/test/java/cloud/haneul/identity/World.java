package cloud.haneul.identity;

import cloud.haneul.identity.Login.DomainRef;
import cloud.haneul.identity.Login.OfDomain;
import cloud.haneul.identity.Login.OfProject;
import cloud.haneul.identity.Login.ProjectRef;
import cloud.haneul.identity.Login.Scope;
import cloud.haneul.identity.Login.UserRef;
import cloud.haneul.kernel.Authenticator.RequestInfo;
import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Ids;
import cloud.haneul.kernel.data.Page;
import cloud.haneul.kernel.testing.TestCloud;
import java.util.Locale;
import java.util.Optional;

/** People and places for tests, with names that are never used twice. */
final class World {
    static final String PASSWORD = "correct horse battery staple";

    final Users users;
    final Groups groups;
    final Projects projects;
    final Tagging tagging;
    final Domains domains;
    final Roles roles;
    final Assignments assignments;
    final Tokens tokens;
    final Caller admin = Caller.inner("test");

    World(TestCloud cloud) {
        users = cloud.get(Users.class);
        groups = cloud.get(Groups.class);
        projects = cloud.get(Projects.class);
        tagging = cloud.get(Tagging.class);
        domains = cloud.get(Domains.class);
        roles = cloud.get(Roles.class);
        assignments = cloud.get(Assignments.class);
        tokens = cloud.get(Tokens.class);
    }

    static String name(String what) {
        return what + "-" + Ids.newSecret(6);
    }

    static RequestInfo from(String address) {
        return new RequestInfo(
                Ids.newRequestId(), Optional.empty(), "POST", "/test", Optional.empty(), Locale.ENGLISH, address);
    }

    static RequestInfo request() {
        return from("192.0.2.1");
    }

    User user() {
        return users.create(admin, NewUser.named(name("user")).withPassword(PASSWORD));
    }

    User user(String domain) {
        return users.create(admin, NewUser.named(name("user")).in(domain).withPassword(PASSWORD));
    }

    Project project() {
        return projects.create(admin, NewProject.named(name("project")));
    }

    Domain domain() {
        return domains.create(admin, NewProject.named(name("domain")));
    }

    Group group() {
        return groups.create(admin, new NewGroup(name("group"), Optional.empty(), "", java.util.Map.of()));
    }

    String role(String name) {
        return roles.list(admin, Optional.empty(), Optional.of(name), Page.all())
                .get(0)
                .id();
    }

    void give(User user, String role, Grant.Target where) {
        assignments.grant(admin, Grant.of(Grant.Actor.user(user.id()), where, role(role)));
    }

    void take(User user, String role, Grant.Target where) {
        assignments.revoke(admin, Grant.of(Grant.Actor.user(user.id()), where, role(role)));
    }

    /** A user with a role in a project. */
    User member(Project project, String role) {
        User user = user();
        give(user, role, Grant.Target.project(project.id()));
        return user;
    }

    String token(User user, Scope scope) {
        return tokens.issue(Login.password(UserRef.id(user.id()), PASSWORD, scope), request())
                .token();
    }

    String token(User user, Project project) {
        return token(user, in(project));
    }

    /** The user as a caller in this scope. */
    Caller as(User user, Scope scope) {
        return tokens.authenticate(token(user, scope), request());
    }

    static Scope in(Project project) {
        return new OfProject(ProjectRef.id(project.id()));
    }

    static Scope in(Domain domain) {
        return new OfDomain(DomainRef.id(domain.id()));
    }
}
