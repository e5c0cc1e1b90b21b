package cloud.haneul.identity;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.haneul.identity.Login.Scope;
import cloud.haneul.identity.Places.Place;
import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.data.Page;
import cloud.haneul.kernel.testing.TestCloud;
import cloud.haneul.kernel.testing.With;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestCloud.class)
@With("haneul.identity.password-hash-memory=1024")
class PlacesTest {
    private final World world;
    private final Places places;
    private final User user;

    PlacesTest(TestCloud cloud) {
        world = new World(cloud);
        places = cloud.get(Places.class);
        user = world.user();
    }

    private Project project(String name, String domain, Optional<String> parent) {
        NewProject wanted = NewProject.named(name).in(domain);
        return world.projects.create(world.admin, parent.map(wanted::below).orElse(wanted));
    }

    private void inherit(Grant.Actor actor, Grant.Target target) {
        world.assignments.grant(world.admin, new Grant(actor, target, world.role("member"), true));
    }

    private void disable(String id) {
        world.projects.update(world.admin, id, ProjectChange.NONE.enabled(false));
    }

    private List<String> find(String part, int most) {
        return places.find(world.as(user, Scope.NONE), part, most).stream()
                .map(Place::name)
                .toList();
    }

    @Test
    void onlyAFewOfManyAreReadAndTheOthersAreFoundByAPartOfTheirName() {
        Domain domain = world.domain();
        for (int i = 10; i < 20; i++) {
            project("web-" + i, domain.id(), Optional.empty());
        }
        project("100%_of it", domain.id(), Optional.empty());
        assertThat(find("", 5)).isEmpty();
        inherit(Grant.Actor.user(user.id()), Grant.Target.domain(domain.id()));
        assertThat(find("", 5)).containsExactly("100%_of it", "web-10", "web-11", "web-12", "web-13");
        assertThat(find("EB-1", 3)).containsExactly("web-10", "web-11", "web-12");
        assertThat(find("web-19", 3)).containsExactly("web-19");
        assertThat(find("%_", 3)).containsExactly("100%_of it");
        assertThat(find("none", 3)).isEmpty();
    }

    @Test
    void allPlacesThereAreTokensForAreFoundAndNoOthers() {
        Group group = world.group();
        world.groups.add(world.admin, group.id(), user.id());
        Domain managed = world.domain();
        world.give(user, "manager", Grant.Target.domain(managed.id()));
        world.give(user, "member", Grant.Target.project(world.project().id()));
        world.project();
        Domain whole = world.domain();
        inherit(Grant.Actor.group(group.id()), Grant.Target.domain(whole.id()));
        Project top = project("top", whole.id(), Optional.empty());
        Project off = project("off", whole.id(), Optional.of(top.id()));
        disable(off.id());
        Domain tree = world.domain();
        Project root = project("root", tree.id(), Optional.empty());
        Project branch = project("branch", tree.id(), Optional.of(root.id()));
        project("leaf", tree.id(), Optional.of(branch.id()));
        project("beside", tree.id(), Optional.empty());
        inherit(Grant.Actor.user(user.id()), Grant.Target.project(root.id()));
        Domain closed = world.domain();
        world.give(user, "member", Grant.Target.domain(closed.id()));
        inherit(Grant.Actor.user(user.id()), Grant.Target.domain(closed.id()));
        project("in a closed domain", closed.id(), Optional.empty());
        world.domains.update(world.admin, closed.id(), ProjectChange.NONE.enabled(false));

        Caller caller = world.as(user, Scope.NONE);
        List<Place> found = places.find(caller, "", 100);
        assertThat(found)
                .filteredOn(place -> !place.isDomain())
                .extracting(Place::id)
                .containsExactlyElementsOf(
                        world.tokens.projects(caller).stream().map(Project::id).toList());
        assertThat(found)
                .extracting(Place::name)
                .contains("top", "branch", "leaf", managed.name())
                .doesNotContain("root", "off", "beside", "in a closed domain", closed.name());
        assertThat(found).filteredOn(Place::isDomain).extracting(Place::id).containsExactly(managed.id());
        assertThat(places.find(caller, "", 3)).hasSize(3);
        assertThat(places.find(caller, managed.name(), 3))
                .containsExactly(new Place(managed.id(), managed.name(), true));
    }

    @Test
    void projectsAreFoundByAPartOfTheirNameOrTheirWholeId() {
        Domain domain = world.domain();
        Project one = project("one of them", domain.id(), Optional.empty());
        project("two", domain.id(), Optional.empty());
        ProjectFilter here = ProjectFilter.ALL.in(domain.id());
        for (String search : List.of("E OF", one.id())) {
            assertThat(world.projects.list(world.admin, here.containing(search), Page.all()))
                    .extracting(Project::name)
                    .containsExactly("one of them");
        }
        assertThat(world.projects.list(world.admin, here.containing(""), Page.all()))
                .hasSize(2);
        assertThat(world.projects.list(world.admin, here.containing("%"), Page.all()))
                .isEmpty();
    }
}
