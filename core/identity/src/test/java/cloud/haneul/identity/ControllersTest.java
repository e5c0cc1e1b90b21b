package cloud.haneul.identity;

import static cloud.haneul.identity.World.in;
import static cloud.haneul.identity.World.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import cloud.haneul.identity.Login.Scope;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.testing.TestCloud;
import cloud.haneul.kernel.testing.With;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two controllers on one database. */
@ExtendWith(TestCloud.class)
@With("haneul.identity.password-hash-memory=1024")
class ControllersTest {
    private final World world;
    private final Tokens here;
    private final TestCloud.Another other;
    private final Tokens there;

    ControllersTest(TestCloud cloud) {
        world = new World(cloud);
        here = world.tokens;
        other = cloud.another();
        there = other.get(Tokens.class);
    }

    private void diesThere(String token) {
        await().atMost(Duration.ofSeconds(3))
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(
                        () -> assertThatThrownBy(() -> there.check(token)).isInstanceOf(Fault.class));
    }

    @Test
    void whatOneControllerTakesAwayIsGoneOnTheOther() {
        Project project = world.project();
        User user = world.member(project, "member");
        String signedOut = world.token(user, project);
        String roleTaken = world.token(user, project);
        there.check(signedOut);
        assertThat(there.check(roleTaken).context().roles()).hasSize(2);
        here.signOut(signedOut);
        diesThere(signedOut);
        world.give(user, "manager", Grant.Target.project(project.id()));
        await().untilAsserted(() ->
                assertThat(there.check(roleTaken).context().roles()).hasSize(3));
        world.take(user, "manager", Grant.Target.project(project.id()));
        world.take(user, "member", Grant.Target.project(project.id()));
        diesThere(roleTaken);
        String unscoped = world.token(user, Scope.NONE);
        there.check(unscoped);
        world.users.update(world.admin, user.id(), UserChange.NONE.password("another"));
        diesThere(unscoped);
    }

    @Test
    void aTokenSignedWithAKeyOfTheOtherIsTakenAtOnce() {
        Project project = world.project();
        User user = world.member(project, "member");
        other.get(TokenKeys.class).rotate();
        String token = there.issue(Login.password(Login.UserRef.id(user.id()), World.PASSWORD, in(project)), request())
                .token();
        await().atMost(Duration.ofSeconds(2)).untilAsserted(() -> here.check(token));
    }
}
