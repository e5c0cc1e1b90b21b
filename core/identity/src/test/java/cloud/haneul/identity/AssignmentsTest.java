package cloud.haneul.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.data.Page;
import cloud.haneul.kernel.testing.TestCloud;
import cloud.haneul.kernel.testing.With;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestCloud.class)
@With("haneul.identity.password-hash-memory=1024")
class AssignmentsTest {
    private final World world;

    AssignmentsTest(TestCloud cloud) {
        world = new World(cloud);
    }

    private static void refused(Fault.Kind kind, ThrowingCallable work) {
        assertThatThrownBy(work).isInstanceOfSatisfying(Fault.class, fault -> assertThat(fault.kind())
                .isEqualTo(kind));
    }

    private List<HeldRole> list(AssignmentFilter filter) {
        return world.assignments.list(world.admin, filter, Page.all());
    }

    @Test
    void aRoleIsGivenOnceAndTakenOnce() {
        Project project = world.project();
        User user = world.user();
        Grant grant = Grant.of(Grant.Actor.user(user.id()), Grant.Target.project(project.id()), world.role("member"));
        refused(Fault.Kind.NOT_FOUND, () -> world.assignments.check(world.admin, grant));
        world.assignments.grant(world.admin, grant);
        world.assignments.grant(world.admin, grant);
        world.assignments.check(world.admin, grant);
        assertThat(world.assignments.granted(world.admin, grant.actor(), grant.target(), false))
                .extracting(Role::name)
                .containsExactly("member");
        assertThat(world.assignments.granted(world.admin, grant.actor(), grant.target(), true))
                .isEmpty();
        assertThat(list(AssignmentFilter.ALL.user(user.id()))).containsExactly(HeldRole.given(grant));
        world.assignments.revoke(world.admin, grant);
        refused(Fault.Kind.NOT_FOUND, () -> world.assignments.revoke(world.admin, grant));
    }

    @Test
    void whatIsNotThereCannotBeGiven() {
        Project project = world.project();
        User user = world.user();
        String member = world.role("member");
        Grant.Actor actor = Grant.Actor.user(user.id());
        Grant.Target target = Grant.Target.project(project.id());
        for (Grant grant : List.of(
                Grant.of(actor, target, "none"),
                Grant.of(Grant.Actor.user("none"), target, member),
                Grant.of(Grant.Actor.group(user.id()), target, member),
                Grant.of(actor, Grant.Target.project("none"), member),
                Grant.of(actor, Grant.Target.domain(project.id()), member))) {
            refused(Fault.Kind.NOT_FOUND, () -> world.assignments.grant(world.admin, grant));
        }
    }

    @Test
    void theEffectIsToldUserByUserDownTheTreeAndRoleByRole() {
        Project parent = world.project();
        Project child = world.projects.create(
                world.admin, NewProject.named(World.name("child")).below(parent.id()));
        Group group = world.group();
        User user = world.user();
        world.groups.add(world.admin, group.id(), user.id());
        Grant given =
                new Grant(Grant.Actor.group(group.id()), Grant.Target.project(parent.id()), world.role("member"), true);
        world.assignments.grant(world.admin, given);
        assertThat(list(AssignmentFilter.ALL.group(group.id()))).containsExactly(HeldRole.given(given));
        assertThat(list(AssignmentFilter.ALL.user(user.id()))).isEmpty();
        Grant.Target at = Grant.Target.project(child.id());
        HeldRole member = new HeldRole(
                Grant.of(Grant.Actor.user(user.id()), at, world.role("member")),
                Optional.of(group.id()),
                Optional.of(given.target()),
                Optional.empty());
        assertThat(list(AssignmentFilter.ALL.user(user.id()).effectively()))
                .containsExactlyInAnyOrder(member, member.as(world.role("reader")));
        assertThat(list(AssignmentFilter.ALL.at(at).effectively())).hasSize(2);
        assertThat(list(AssignmentFilter.ALL.at(at).role(world.role("reader")).effectively()))
                .hasSize(1);
        assertThat(list(AssignmentFilter.ALL
                        .at(Grant.Target.project(parent.id()))
                        .effectively()))
                .isEmpty();
        assertThat(list(AssignmentFilter.ALL.at(at))).isEmpty();
        assertThat(list(AssignmentFilter.ALL
                        .at(Grant.Target.project(parent.id()))
                        .withSubtree()))
                .hasSize(1);
        refused(
                Fault.Kind.BAD_REQUEST,
                () -> list(AssignmentFilter.ALL.group(group.id()).effectively()));
        refused(Fault.Kind.BAD_REQUEST, () -> list(AssignmentFilter.ALL.withSubtree()));
    }

    @Test
    void aDomainsInheritedRoleCountsInAllItsProjects() {
        Domain domain = world.domain();
        Project project =
                world.projects.create(world.admin, NewProject.named("p").in(domain.id()));
        User user = world.user();
        world.assignments.grant(
                world.admin,
                new Grant(Grant.Actor.user(user.id()), Grant.Target.domain(domain.id()), world.role("reader"), true));
        assertThat(world.users.projects(world.admin, user.id()))
                .extracting(Project::id)
                .containsExactly(project.id());
        assertThat(world.as(user, World.in(project)).roles()).containsExactly("reader");
        assertThat(world.tokens.domains(world.as(user, World.in(project)))).isEmpty();
    }

    @Test
    void namesComeWithTheirDomains(AssignmentNames all) {
        Domain domain = world.domain();
        Project project =
                world.projects.create(world.admin, NewProject.named("place").in(domain.id()));
        User user = world.member(project, "member");
        List<HeldRole> held = list(AssignmentFilter.ALL.user(user.id()));
        Map<String, AssignmentNames.Named> names = all.of(held);
        assertThat(names.get(user.id()).domainName()).isEqualTo("Default");
        assertThat(names.get(project.id()))
                .isEqualTo(new AssignmentNames.Named(project.id(), "place", Optional.of(domain.id()), domain.name()));
        assertThat(names.get(world.role("member")).name()).isEqualTo("member");
    }

    @Test
    void theRolesOfTheFirstStartStay() {
        for (String name : List.of("admin", "manager", "member", "reader", "service")) {
            String id = world.role(name);
            refused(Fault.Kind.FORBIDDEN, () -> world.roles.delete(world.admin, id));
            refused(Fault.Kind.FORBIDDEN, () -> world.roles.update(world.admin, id, RoleChange.NONE.name("x")));
        }
        assertThat(world.roles.implied(world.admin, world.role("admin")))
                .extracting(Role::name)
                .containsExactly("manager");
        assertThat(world.roles.inferences(world.admin)).hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    void aDeletedRoleIsNobodysAnyMore() {
        Role role = world.roles.create(world.admin, NewRole.named(World.name("role")));
        Project project = world.project();
        User user = world.user();
        world.give(user, role.name(), Grant.Target.project(project.id()));
        String token = world.token(user, project);
        world.roles.imply(world.admin, role.id(), world.role("reader"));
        world.roles.delete(world.admin, role.id());
        assertThatThrownBy(() -> world.tokens.check(token)).isInstanceOf(Fault.class);
        assertThat(list(AssignmentFilter.ALL.user(user.id()))).isEmpty();
        refused(Fault.Kind.NOT_FOUND, () -> world.roles.get(world.admin, role.id()));
    }

    @Test
    void adminIsNeverImplied() {
        Role role = world.roles.create(world.admin, NewRole.named(World.name("role")));
        refused(Fault.Kind.FORBIDDEN, () -> world.roles.imply(world.admin, role.id(), world.role("admin")));
    }

    @Test
    void aDomainsOwnRoleIsGivenInThatDomainAndCountsByWhatItImplies() {
        Domain domain = world.domain();
        Role own = world.roles.create(world.admin, new NewRole("own", Optional.of(domain.id()), "", false, Map.of()));
        world.roles.imply(world.admin, own.id(), world.role("member"));
        User user = world.user();
        Project inside =
                world.projects.create(world.admin, NewProject.named("p").in(domain.id()));
        Grant grant = Grant.of(Grant.Actor.user(user.id()), Grant.Target.project(inside.id()), own.id());
        world.assignments.grant(world.admin, grant);
        assertThat(world.as(user, World.in(inside)).roles()).containsExactlyInAnyOrder("member", "reader");
        refused(
                Fault.Kind.FORBIDDEN,
                () -> world.assignments.grant(
                        world.admin,
                        Grant.of(
                                grant.actor(),
                                Grant.Target.project(world.project().id()),
                                own.id())));
        assertThat(world.roles.list(world.admin, Optional.empty(), Optional.of("own"), Page.all()))
                .isEmpty();
        assertThat(world.roles.list(world.admin, Optional.of(domain.id()), Optional.empty(), Page.all()))
                .hasSize(1);
    }
}
