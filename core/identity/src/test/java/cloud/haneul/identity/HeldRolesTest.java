package cloud.haneul.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.data.Page;
import cloud.haneul.kernel.testing.TestCloud;
import cloud.haneul.kernel.testing.With;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Lists of who has which role where, as long as one likes. */
@ExtendWith(TestCloud.class)
@With("haneul.identity.password-hash-memory=1024")
class HeldRolesTest {
    private final TestCloud cloud;
    private final World world;

    HeldRolesTest(TestCloud cloud) {
        this.cloud = cloud;
        this.world = new World(cloud);
    }

    private List<HeldRole> page(AssignmentFilter filter, int limit, Optional<String> marker) {
        return world.assignments.list(world.admin, filter, new Page(limit, marker, List.of()));
    }

    private List<HeldRole> whole(AssignmentFilter filter) {
        List<HeldRole> whole = new ArrayList<>();
        world.assignments.all(world.admin, filter).forEachRemaining(whole::addAll);
        return whole;
    }

    private List<HeldRole> inPagesOf(int limit, AssignmentFilter filter) {
        List<HeldRole> all = new ArrayList<>();
        List<HeldRole> page = page(filter, limit, Optional.empty());
        while (!page.isEmpty()) {
            assertThat(page).hasSizeLessThanOrEqualTo(limit);
            all.addAll(page);
            page = page(filter, limit, Optional.of(page.get(page.size() - 1).marker()));
        }
        return all;
    }

    private void give(Grant.Actor actor, Grant.Target target, String role, boolean inherited) {
        world.assignments.grant(world.admin, new Grant(actor, target, world.role(role), inherited));
    }

    private Project below(Project parent) {
        return world.projects.create(
                world.admin, NewProject.named(World.name("child")).below(parent.id()));
    }

    /** A domain with a tree, and two users and two groups with roles all over it. */
    private Domain crowd(List<String> users) {
        Domain domain = world.domain();
        Project top = world.projects.create(
                world.admin, NewProject.named(World.name("top")).in(domain.id()));
        Project middle = below(top);
        List<Project> tree = List.of(top, middle, below(middle), below(middle), below(top));
        for (int i = 0; i < 2; i++) {
            User user = world.user();
            Group group = world.group();
            users.add(user.id());
            world.groups.add(world.admin, group.id(), user.id());
            world.groups.add(world.admin, group.id(), world.user().id());
            for (Grant.Actor actor : List.of(Grant.Actor.user(user.id()), Grant.Actor.group(group.id()))) {
                give(actor, Grant.Target.domain(domain.id()), "manager", true);
                give(actor, Grant.Target.domain(domain.id()), "reader", false);
                for (Project project : tree) {
                    give(actor, Grant.Target.project(project.id()), "member", false);
                    give(actor, Grant.Target.project(project.id()), "member", true);
                }
            }
        }
        return domain;
    }

    @Test
    void pagesOfAnySizeMakeUpTheWholeList() {
        List<String> users = new ArrayList<>();
        Domain domain = crowd(users);
        Project top = world.projects.list(world.admin, ProjectFilter.ALL.in(domain.id()), Page.all()).stream()
                .filter(project -> project.parentId().equals(Optional.of(domain.id())))
                .findFirst()
                .orElseThrow();
        Grant.Target there = Grant.Target.project(top.id());
        for (AssignmentFilter filter : List.of(
                AssignmentFilter.ALL,
                AssignmentFilter.ALL.effectively(),
                AssignmentFilter.ALL.role(world.role("reader")).effectively(),
                AssignmentFilter.ALL.user(users.get(0)),
                AssignmentFilter.ALL.user(users.get(0)).effectively(),
                AssignmentFilter.ALL.at(there),
                AssignmentFilter.ALL.at(there).effectively(),
                AssignmentFilter.ALL.at(there).withSubtree(),
                AssignmentFilter.ALL.at(there).withSubtree().effectively(),
                AssignmentFilter.ALL.at(Grant.Target.domain(domain.id())).effectively())) {
            List<HeldRole> whole = whole(filter);
            assertThat(whole).hasSizeGreaterThanOrEqualTo(4).doesNotHaveDuplicates();
            for (int limit : List.of(1, 7, 13, 100, 1000)) {
                assertThat(inPagesOf(limit, filter)).as(filter + " by " + limit).isEqualTo(whole);
            }
        }
    }

    @Test
    void whatAUserEffectivelyHasIsWhatTheWholeListSaysOfHim() {
        List<String> users = new ArrayList<>();
        crowd(users);
        List<HeldRole> whole = whole(AssignmentFilter.ALL.effectively());
        for (String user : users) {
            List<HeldRole> his = page(AssignmentFilter.ALL.user(user).effectively(), 1000, Optional.empty());
            assertThat(his)
                    .hasSizeGreaterThan(50)
                    .containsExactlyInAnyOrderElementsOf(whole.stream()
                            .filter(held -> held.grant().actor().equals(Grant.Actor.user(user)))
                            .toList());
        }
    }

    @Test
    void whatIsEffectiveInAProjectIsWhatTheWholeListSaysOfIt() {
        Domain domain = crowd(new ArrayList<>());
        List<HeldRole> whole = whole(AssignmentFilter.ALL.effectively());
        List<Project> tree = world.projects.list(world.admin, ProjectFilter.ALL.in(domain.id()), Page.all());
        assertThat(tree).hasSize(5);
        for (Project project : tree) {
            Grant.Target there = Grant.Target.project(project.id());
            assertThat(page(AssignmentFilter.ALL.at(there).effectively(), 1000, Optional.empty()))
                    .isNotEmpty()
                    .containsExactlyInAnyOrderElementsOf(whole.stream()
                            .filter(held -> held.grant().target().equals(there))
                            .toList());
        }
        Project top = tree.stream()
                .filter(project -> project.parentId().equals(Optional.of(domain.id())))
                .findFirst()
                .orElseThrow();
        assertThat(page(
                        AssignmentFilter.ALL
                                .at(Grant.Target.project(top.id()))
                                .withSubtree()
                                .effectively(),
                        1000,
                        Optional.empty()))
                .containsExactlyInAnyOrderElementsOf(whole.stream()
                        .filter(held -> tree.stream()
                                .anyMatch(project -> held.grant().target().equals(Grant.Target.project(project.id()))))
                        .toList());
    }

    @Test
    void aDomainsOwnPeopleSeeWhatIsInTheirDomain() {
        Domain domain = crowd(new ArrayList<>());
        crowd(new ArrayList<>());
        User reader = world.user();
        world.give(reader, "admin", Grant.Target.domain(domain.id()));
        Caller caller = world.as(reader, World.in(domain));
        List<String> places = new ArrayList<>(List.of(domain.id()));
        world.projects
                .list(world.admin, ProjectFilter.ALL.in(domain.id()), Page.all())
                .forEach(project -> places.add(project.id()));
        for (AssignmentFilter filter : List.of(AssignmentFilter.ALL, AssignmentFilter.ALL.effectively())) {
            assertThat(world.assignments.list(caller, filter, Page.all()))
                    .hasSizeGreaterThan(40)
                    .containsExactlyInAnyOrderElementsOf(whole(filter).stream()
                            .filter(held ->
                                    places.contains(held.grant().target().id()))
                            .toList());
        }
    }

    @Test
    void whatIsNoMarkerIsRefused() {
        for (String marker : List.of(
                "?", "bm9uc2Vuc2U", "", coded("a b c d e f g h i j"), coded("user \0 project p r false - - - -"))) {
            assertThatThrownBy(() -> page(AssignmentFilter.ALL, 10, Optional.of(marker)))
                    .as(marker)
                    .isInstanceOfSatisfying(
                            Fault.class, fault -> assertThat(fault.kind()).isEqualTo(Fault.Kind.BAD_REQUEST));
        }
    }

    private static String coded(String text) {
        return Base64.getUrlEncoder().encodeToString(text.getBytes());
    }

    @Test
    void aPageGoesOnWhereTheLastOneWasTakenAway() {
        Project project = world.project();
        for (int i = 0; i < 5; i++) {
            world.member(project, "member");
        }
        AssignmentFilter filter = AssignmentFilter.ALL.at(Grant.Target.project(project.id()));
        List<HeldRole> whole = page(filter, 10, Optional.empty());
        world.assignments.revoke(world.admin, whole.get(1).grant());
        assertThat(page(filter, 10, Optional.of(whole.get(1).marker()))).isEqualTo(whole.subList(2, 5));
    }

    @Test
    void moreRowsNeedNoMoreQueries() {
        Domain domain = world.domain();
        Project place = world.projects.create(world.admin, NewProject.named("p").in(domain.id()));
        User user = world.user();
        Runnable more = () -> {
            Project next = world.projects.create(
                    world.admin, NewProject.named(World.name("p")).in(domain.id()));
            Project child = below(next);
            Group group = world.group();
            world.groups.add(world.admin, group.id(), user.id());
            world.groups.add(world.admin, group.id(), world.user().id());
            give(Grant.Actor.group(group.id()), Grant.Target.project(next.id()), "member", true);
            give(Grant.Actor.group(group.id()), Grant.Target.project(place.id()), "member", false);
            give(Grant.Actor.user(user.id()), Grant.Target.project(child.id()), "reader", false);
            give(Grant.Actor.user(user.id()), Grant.Target.project(next.id()), "reader", true);
        };
        List<AssignmentFilter> filters = List.of(
                AssignmentFilter.ALL,
                AssignmentFilter.ALL.effectively(),
                AssignmentFilter.ALL.user(user.id()).effectively(),
                AssignmentFilter.ALL.at(Grant.Target.project(place.id())).effectively());
        Caller caller = world.admin;
        more.run();
        List<Long> few = filters.stream().map(this::statements).toList();
        String token = world.tokens
                .issue(Login.password(Login.UserRef.id(user.id()), World.PASSWORD, Login.Scope.NONE), World.request())
                .token();
        Caller his = world.tokens.authenticate(token, World.request());
        long projectsOfFew = least(() -> world.tokens.projects(his));
        long hisOfFew = least(() -> world.users.projects(caller, user.id()));
        IntStream.range(0, 12).forEach(i -> more.run());
        assertThat(filters.stream().map(this::statements).toList()).isEqualTo(few);
        assertThat(world.tokens.projects(his)).hasSize(14);
        assertThat(least(() -> world.tokens.projects(his))).isEqualTo(projectsOfFew);
        assertThat(least(() -> world.users.projects(caller, user.id()))).isEqualTo(hisOfFew);
        assertThat(few).allSatisfy(count -> assertThat(count).isLessThan(10));
    }

    private long statements(AssignmentFilter filter) {
        return least(() -> page(filter, 1000, Optional.empty()));
    }

    /** Upkeep asks twice a second, so the quietest of several tries counts. */
    private long least(Runnable work) {
        return IntStream.range(0, 10)
                .mapToLong(i -> {
                    long before = cloud.statements();
                    work.run();
                    return cloud.statements() - before;
                })
                .min()
                .orElseThrow();
    }
}
