package cloud.haneul.identity;

import static cloud.haneul.identity.World.in;
import static cloud.haneul.identity.World.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.data.Page;
import cloud.haneul.kernel.testing.TestCloud;
import cloud.haneul.kernel.testing.With;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Users, groups, projects and domains. */
@Tag("postgresql")
@ExtendWith(TestCloud.class)
@With("haneul.identity.password-hash-memory=1024")
class DirectoryTest {
    private final World world;
    private final Caller admin;

    DirectoryTest(TestCloud cloud) {
        world = new World(cloud);
        admin = world.admin;
    }

    private static void refused(Fault.Kind kind, ThrowingCallable work) {
        assertThatThrownBy(work).isInstanceOfSatisfying(Fault.class, fault -> assertThat(fault.kind())
                .isEqualTo(kind));
    }

    @Test
    void namesAreUniqueInADomainAndFreeInAnother() {
        Domain domain = world.domain();
        String name = name("same");
        world.users.create(admin, NewUser.named(name));
        world.users.create(admin, NewUser.named(name).in(domain.id()));
        refused(Fault.Kind.CONFLICT, () -> world.users.create(admin, NewUser.named(name)));
        world.projects.create(admin, NewProject.named(name));
        world.projects.create(admin, NewProject.named(name).in(domain.id()));
        refused(Fault.Kind.CONFLICT, () -> world.projects.create(admin, NewProject.named(name)));
        refused(Fault.Kind.CONFLICT, () -> world.domains.create(admin, NewProject.named(domain.name())));
        User other = world.user();
        refused(Fault.Kind.CONFLICT, () -> world.users.update(admin, other.id(), UserChange.NONE.name(name)));
    }

    @Test
    void badNamesAreRefusedByField() {
        for (String bad : List.of("", "   ", "x".repeat(256), "a\u0000b", "line\nbreak")) {
            assertThatThrownBy(() -> world.users.create(admin, NewUser.named(bad)))
                    .isInstanceOfSatisfying(Fault.class, fault -> {
                        assertThat(fault.kind()).isEqualTo(Fault.Kind.BAD_REQUEST);
                        assertThat(fault.field()).contains("name");
                    });
        }
        refused(Fault.Kind.BAD_REQUEST, () -> world.projects.create(admin, NewProject.named("x".repeat(65))));
        world.projects.create(admin, NewProject.named("하늘".repeat(32)));
        world.users.create(admin, NewUser.named("<script>alert(1)</script>" + name("x")));
    }

    @Test
    void whatTheApiDoesNotKnowIsKeptForTheClient() {
        User user = world.users.create(
                admin,
                new NewUser(
                        name("user"),
                        Optional.empty(),
                        Optional.empty(),
                        true,
                        Optional.empty(),
                        Optional.of("a text"),
                        Optional.of("a@example.org"),
                        Map.of(),
                        Map.of("colour", "blue", "list", List.of(1, 2))));
        User read = world.users.get(admin, user.id());
        assertThat(read.extra()).containsEntry("colour", "blue").containsEntry("list", List.of(1, 2));
        assertThat(read.email()).contains("a@example.org");
        UserChange change = UserChange.NONE.email("").description("another");
        assertThat(world.users.update(admin, user.id(), change).email()).isEmpty();
        assertThat(world.users.get(admin, user.id()).description()).contains("another");
    }

    @Test
    void aMemberSeesHimselfAndNobodyElse() {
        Project project = world.project();
        User user = world.member(project, "member");
        Caller caller = world.as(user, in(project));
        assertThat(world.users.get(caller, user.id()).id()).isEqualTo(user.id());
        refused(Fault.Kind.FORBIDDEN, () -> world.users.get(caller, world.user().id()));
        refused(Fault.Kind.FORBIDDEN, () -> world.users.get(caller, "there-is-none"));
        refused(Fault.Kind.FORBIDDEN, () -> world.users.list(caller, UserFilter.ALL, Page.all()));
        refused(Fault.Kind.FORBIDDEN, () -> world.users.create(caller, NewUser.named(name("x"))));
        refused(Fault.Kind.FORBIDDEN, () -> world.users.update(caller, user.id(), UserChange.NONE.name("x")));
        refused(Fault.Kind.FORBIDDEN, () -> world.users.delete(caller, user.id()));
        assertThat(world.projects.get(caller, project.id()).id()).isEqualTo(project.id());
        refused(
                Fault.Kind.FORBIDDEN,
                () -> world.projects.get(caller, world.project().id()));
        refused(Fault.Kind.FORBIDDEN, () -> world.projects.list(caller, ProjectFilter.ALL, Page.all()));
        assertThat(world.tokens.projects(caller)).extracting(Project::id).containsExactly(project.id());
    }

    @Test
    void aDomainsManagerRulesHisDomainAndNoOther() {
        Domain domain = world.domain();
        User manager = world.user(domain.id());
        world.give(manager, "manager", Grant.Target.domain(domain.id()));
        Caller caller = world.as(manager, in(domain));
        User made = world.users.create(caller, NewUser.named(name("made")));
        assertThat(made.domainId()).isEqualTo(domain.id());
        Project project = world.projects.create(caller, NewProject.named(name("made")));
        assertThat(project.domainId()).contains(domain.id());
        world.assignments.grant(
                caller,
                Grant.of(Grant.Actor.user(made.id()), Grant.Target.project(project.id()), world.role("member")));
        refused(
                Fault.Kind.FORBIDDEN,
                () -> world.assignments.grant(
                        caller,
                        Grant.of(
                                Grant.Actor.user(made.id()), Grant.Target.project(project.id()), world.role("admin"))));
        User foreign = world.user();
        refused(Fault.Kind.FORBIDDEN, () -> world.users.get(caller, foreign.id()));
        refused(Fault.Kind.FORBIDDEN, () -> world.users.delete(caller, foreign.id()));
        refused(
                Fault.Kind.FORBIDDEN,
                () -> world.users.create(caller, NewUser.named(name("x")).in(Project.DEFAULT_DOMAIN)));
        assertThat(world.users.list(caller, UserFilter.ALL, Page.all()))
                .extracting(User::id)
                .containsExactlyInAnyOrder(manager.id(), made.id());
        assertThat(world.users.list(caller, UserFilter.ALL.in(Project.DEFAULT_DOMAIN), Page.all()))
                .isEmpty();
        assertThat(world.projects.list(caller, ProjectFilter.ALL, Page.all()))
                .extracting(Project::id)
                .containsExactly(project.id());
        assertThat(world.domains.list(caller, Optional.empty(), Optional.empty(), Page.all()))
                .extracting(Domain::id)
                .containsExactly(domain.id());
        assertThat(world.roles.list(caller, Optional.empty(), Optional.empty(), Page.all()))
                .extracting(Role::name)
                .containsExactly("manager", "member", "reader");
    }

    @Test
    void aProjectsManagerRulesItsMembersAndNothingElse() {
        Project project = world.project();
        Project other = world.project();
        User manager = world.user();
        User friend = world.user();
        world.give(manager, "manager", Grant.Target.project(project.id()));
        Caller caller = world.as(manager, in(project));
        Grant member = Grant.of(
                Grant.Actor.user(world.users
                        .named(caller, Project.DEFAULT_DOMAIN, friend.name())
                        .id()),
                Grant.Target.project(project.id()),
                world.role("member"));

        world.assignments.grant(caller, member);

        assertThat(world.assignments.list(
                        caller, AssignmentFilter.ALL.at(Grant.Target.project(project.id())), Page.all()))
                .extracting(held -> held.grant().actor().id())
                .containsExactlyInAnyOrder(manager.id(), friend.id());
        world.assignments.revoke(caller, member);
        Grant.Actor actor = Grant.Actor.user(friend.id());
        for (Grant tooMuch : List.of(
                Grant.of(actor, Grant.Target.project(project.id()), world.role("admin")),
                Grant.of(actor, Grant.Target.project(other.id()), world.role("reader")),
                Grant.of(actor, Grant.Target.domain(Project.DEFAULT_DOMAIN), world.role("reader")),
                Grant.of(actor, Grant.Target.SYSTEM, world.role("reader")))) {
            refused(Fault.Kind.FORBIDDEN, () -> world.assignments.grant(caller, tooMuch));
        }
        refused(
                Fault.Kind.FORBIDDEN,
                () -> world.assignments.list(
                        caller, AssignmentFilter.ALL.at(Grant.Target.project(other.id())), Page.all()));
        refused(Fault.Kind.FORBIDDEN, () -> world.assignments.list(caller, AssignmentFilter.ALL, Page.all()));
        refused(Fault.Kind.FORBIDDEN, () -> world.users.list(caller, UserFilter.ALL, Page.all()));
        refused(
                Fault.Kind.FORBIDDEN,
                () -> world.users.named(caller, world.domain().id(), "anybody"));
        refused(Fault.Kind.NOT_FOUND, () -> world.users.named(caller, Project.DEFAULT_DOMAIN, "nobody"));
    }

    @Test
    void listsComeInPagesByName() {
        Domain domain = world.domain();
        for (String name : List.of("c", "a", "e", "b", "d")) {
            world.users.create(admin, NewUser.named(name).in(domain.id()));
        }
        UserFilter filter = UserFilter.ALL.in(domain.id());
        List<User> first = world.users.list(admin, filter, Page.first(2));
        assertThat(first).extracting(User::name).containsExactly("a", "b");
        Page second = new Page(2, Optional.of(first.get(1).id()), List.of());
        assertThat(world.users.list(admin, filter, second))
                .extracting(User::name)
                .containsExactly("c", "d");
        Page down = new Page(2, Optional.of(first.get(1).id()), List.of(new Page.Sort("name", false)));
        assertThat(world.users.list(admin, filter, down)).extracting(User::name).containsExactly("a");
        assertThat(world.users.count(admin, filter)).isEqualTo(5);
        refused(
                Fault.Kind.BAD_REQUEST,
                () -> world.users.list(admin, filter, new Page(2, Optional.of("none"), List.of())));
        UserFilter part = new UserFilter(
                Optional.of(domain.id()), Optional.empty(), Optional.of("E"), Optional.empty(), Optional.empty());
        assertThat(world.users.list(admin, part, Page.all()))
                .extracting(User::name)
                .containsExactly("e");
        UserFilter wild = new UserFilter(
                Optional.of(domain.id()), Optional.empty(), Optional.of("%"), Optional.empty(), Optional.empty());
        assertThat(world.users.list(admin, wild, Page.all())).isEmpty();
    }

    @Test
    void aTreeOfProjectsGrowsAndIsCutFromItsLeaves() {
        Project root = world.project();
        Project child =
                world.projects.create(admin, NewProject.named(name("child")).below(root.id()));
        Project leaf =
                world.projects.create(admin, NewProject.named(name("leaf")).below(child.id()));
        assertThat(world.projects.parents(admin, leaf.id()))
                .extracting(Project::id)
                .containsExactly(child.id(), root.id());
        assertThat(world.projects.subtree(admin, root.id()))
                .extracting(Project::id)
                .containsExactly(child.id(), leaf.id());
        refused(Fault.Kind.FORBIDDEN, () -> world.projects.delete(admin, child.id()));
        refused(Fault.Kind.FORBIDDEN, () -> world.projects.update(admin, root.id(), ProjectChange.NONE.enabled(false)));
        Project fourth =
                world.projects.create(admin, NewProject.named(name("4")).below(leaf.id()));
        refused(
                Fault.Kind.FORBIDDEN,
                () -> world.projects.create(admin, NewProject.named(name("5")).below(fourth.id())));
        world.projects.delete(admin, fourth.id());
        world.projects.update(admin, leaf.id(), ProjectChange.NONE.enabled(false));
        world.projects.update(admin, child.id(), ProjectChange.NONE.enabled(false));
        refused(Fault.Kind.FORBIDDEN, () -> world.projects.update(admin, leaf.id(), ProjectChange.NONE.enabled(true)));
        refused(
                Fault.Kind.FORBIDDEN,
                () -> world.projects.create(admin, NewProject.named(name("x")).below(child.id())));
        world.projects.delete(admin, leaf.id());
        world.projects.delete(admin, child.id());
        assertThat(world.projects.subtree(admin, root.id())).isEmpty();
        Domain domain = world.domain();
        refused(
                Fault.Kind.BAD_REQUEST,
                () -> world.projects.create(
                        admin, NewProject.named(name("x")).in(domain.id()).below(root.id())));
    }

    @Test
    void aDomainIsAProjectThatActsAsOne() {
        Project made = world.projects.create(
                admin,
                new NewProject(
                        name("domain"), Optional.empty(), Optional.empty(), true, true, "", Set.of(), false, Map.of()));
        assertThat(made.isDomain()).isTrue();
        assertThat(made.domainId()).isEmpty();
        assertThat(world.domains.get(admin, made.id()).name()).isEqualTo(made.name());
        assertThat(world.projects.list(admin, ProjectFilter.ALL, Page.all()))
                .extracting(Project::id)
                .doesNotContain(made.id());
        refused(Fault.Kind.FORBIDDEN, () -> world.projects.delete(admin, made.id()));
    }

    @Test
    void deletingADomainTakesAllThatIsInItAndNeedsItDisabled() {
        Domain domain = world.domain();
        User user = world.user(domain.id());
        Project project = world.projects.create(admin, NewProject.named("p").in(domain.id()));
        Project child = world.projects.create(admin, NewProject.named("c").below(project.id()));
        Group group = world.groups.create(admin, new NewGroup("g", Optional.of(domain.id()), "", Map.of()));
        world.groups.add(admin, group.id(), user.id());
        world.give(user, "member", Grant.Target.project(child.id()));
        world.roles.create(admin, new NewRole("own", Optional.of(domain.id()), "", false, Map.of()));
        User outside = world.member(child, "member");
        world.users.update(admin, outside.id(), UserChange.NONE.defaultProject(child.id()));
        refused(Fault.Kind.FORBIDDEN, () -> world.domains.delete(admin, domain.id()));
        world.domains.update(admin, domain.id(), ProjectChange.NONE.enabled(false));
        world.domains.delete(admin, domain.id());
        for (ThrowingCallable gone : List.<ThrowingCallable>of(
                () -> world.domains.get(admin, domain.id()),
                () -> world.users.get(admin, user.id()),
                () -> world.projects.get(admin, project.id()),
                () -> world.projects.get(admin, child.id()),
                () -> world.groups.get(admin, group.id()))) {
            refused(Fault.Kind.NOT_FOUND, gone);
        }
        assertThat(world.users.get(admin, outside.id()).defaultProjectId()).isEmpty();
        assertThat(world.assignments.list(admin, AssignmentFilter.ALL.user(outside.id()), Page.all()))
                .isEmpty();
        refused(Fault.Kind.FORBIDDEN, () -> world.domains.delete(admin, Project.DEFAULT_DOMAIN));
        refused(
                Fault.Kind.FORBIDDEN,
                () -> world.domains.update(admin, Project.DEFAULT_DOMAIN, ProjectChange.NONE.enabled(false)));
    }

    @Test
    void whatIsImmutableIsOnlyUnlocked() {
        Project project = world.project();
        world.projects.update(admin, project.id(), ProjectChange.NONE.immutable(true));
        refused(
                Fault.Kind.FORBIDDEN,
                () -> world.projects.update(admin, project.id(), ProjectChange.NONE.description("x")));
        refused(Fault.Kind.FORBIDDEN, () -> world.projects.delete(admin, project.id()));
        refused(Fault.Kind.FORBIDDEN, () -> world.tagging.addTag(admin, project.id(), "x"));
        world.projects.update(admin, project.id(), ProjectChange.NONE.immutable(false));
        world.projects.delete(admin, project.id());
    }

    @Test
    void tagsAreSetAndFound() {
        Domain domain = world.domain();
        Project red = world.projects.create(admin, NewProject.named("red").in(domain.id()));
        Project both = world.projects.create(admin, NewProject.named("both").in(domain.id()));
        Project none = world.projects.create(admin, NewProject.named("none").in(domain.id()));
        world.tagging.setTags(admin, red.id(), Set.of("red"));
        world.tagging.setTags(admin, both.id(), Set.of("red", "blue"));
        assertThat(world.tagging.tags(admin, both.id())).containsExactly("blue", "red");
        ProjectFilter all = ProjectFilter.ALL.in(domain.id());
        assertThat(names(tagged(all, Set.of("red", "blue"), Set.of(), Set.of(), Set.of())))
                .containsExactly("both");
        assertThat(names(tagged(all, Set.of(), Set.of("red", "green"), Set.of(), Set.of())))
                .containsExactly("both", "red");
        assertThat(names(tagged(all, Set.of(), Set.of(), Set.of("red", "blue"), Set.of())))
                .containsExactly("none", "red");
        assertThat(names(tagged(all, Set.of(), Set.of(), Set.of(), Set.of("red"))))
                .containsExactly("none");
        world.tagging.removeTag(admin, both.id(), "red");
        world.tagging.checkTag(admin, both.id(), "blue");
        refused(Fault.Kind.NOT_FOUND, () -> world.tagging.checkTag(admin, both.id(), "red"));
        refused(Fault.Kind.NOT_FOUND, () -> world.tagging.removeTag(admin, none.id(), "red"));
        refused(Fault.Kind.BAD_REQUEST, () -> world.tagging.addTag(admin, none.id(), "a,b"));
    }

    private static ProjectFilter tagged(
            ProjectFilter f, Set<String> tags, Set<String> any, Set<String> not, Set<String> notAny) {
        return new ProjectFilter(
                f.domainId(), f.parentId(), f.name(), f.nameContains(), f.enabled(), false, tags, any, not, notAny);
    }

    private List<String> names(ProjectFilter filter) {
        return world.projects.list(admin, filter, Page.all()).stream()
                .map(Project::name)
                .toList();
    }

    @Test
    void groupsHaveMembers() {
        Group group = world.group();
        User user = world.user();
        refused(Fault.Kind.NOT_FOUND, () -> world.groups.check(admin, group.id(), user.id()));
        world.groups.add(admin, group.id(), user.id());
        world.groups.add(admin, group.id(), user.id());
        world.groups.check(admin, group.id(), user.id());
        assertThat(world.groups.users(admin, group.id(), UserFilter.ALL, Page.all()))
                .extracting(User::id)
                .containsExactly(user.id());
        assertThat(world.users.groups(admin, user.id())).extracting(Group::id).containsExactly(group.id());
        world.groups.remove(admin, group.id(), user.id());
        refused(Fault.Kind.NOT_FOUND, () -> world.groups.remove(admin, group.id(), user.id()));
        refused(Fault.Kind.NOT_FOUND, () -> world.groups.add(admin, group.id(), "none"));
    }

    @Test
    void everyChangeIsInTheAuditTrailWithoutSecrets(cloud.haneul.kernel.event.Audit audit) {
        User user = world.users.create(admin, NewUser.named(name("audited")).withPassword("sesame"));
        world.users.update(admin, user.id(), UserChange.NONE.password("sesame2"));
        world.users.delete(admin, user.id());
        assertThat(audit.list(admin, Page.first(100)))
                .filteredOn(record -> record.targetId().equals(user.id()))
                .extracting(record -> record.action())
                .containsExactly("identity:delete_user", "identity:update_user", "identity:create_user");
    }

    @Test
    void whatComesIntoADomainThatHasJustGoneIsRefusedAsStale(Database database) {
        assertThatThrownBy(() -> database.run(
                        em -> em.persist(new User("u", "a domain that is gone", "u", java.time.Instant.now()))))
                .isInstanceOf(Database.StaleRow.class);
    }
}
