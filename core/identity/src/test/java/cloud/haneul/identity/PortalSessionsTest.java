package cloud.haneul.identity;

import static cloud.haneul.identity.World.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import cloud.haneul.identity.Login.Scope;
import cloud.haneul.identity.PortalSessions.Session;
import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.testing.TestClock;
import cloud.haneul.kernel.testing.TestCloud;
import cloud.haneul.kernel.testing.With;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestCloud.class)
@With("haneul.identity.password-hash-memory=1024")
class PortalSessionsTest {
    private final TestCloud cloud;
    private final World world;
    private final PortalSessions sessions;
    private final User user;

    PortalSessionsTest(TestCloud cloud) {
        this.cloud = cloud;
        world = new World(cloud);
        sessions = cloud.get(PortalSessions.class);
        user = world.user();
    }

    private String begin(String browser) {
        String token = world.token(user, Scope.NONE);
        sessions.begin(token, "192.0.2.7", browser);
        cloud.clock().forward(Duration.ofSeconds(1));
        return token;
    }

    private Caller as(String token) {
        return world.tokens.authenticate(token, request());
    }

    private List<String> browsers(String token) {
        return sessions.list(as(token), token).stream().map(Session::browser).toList();
    }

    @Test
    void aSessionTellsWhereAndSinceWhenAndWhichIsThisOne() {
        String home = begin("home");
        String work = begin("work");
        List<Session> all = sessions.list(as(work), work);
        assertThat(all).extracting(Session::browser).containsExactly("work", "home");
        assertThat(all).extracting(Session::isThis).containsExactly(true, false);
        assertThat(all.get(0).address()).isEqualTo("192.0.2.7");
        cloud.clock().forward(Duration.ofMinutes(2));
        sessions.seen(home);
        Session first = sessions.list(as(work), work).get(0);
        assertThat(first.browser()).isEqualTo("home");
        assertThat(Duration.between(first.began(), first.seen())).isGreaterThan(Duration.ofMinutes(2));
        String moved = world.tokens.move(home, Scope.NONE).token();
        assertThat(sessions.list(as(moved), moved).get(0).isThis())
                .as("of the same login")
                .isTrue();
    }

    @Test
    void oneSessionIsSignedOutAndTheOthersStay() {
        String home = begin("home");
        String work = begin("work");
        String id = sessions.list(as(work), work).get(1).id();
        sessions.end(as(work), id);
        assertThatThrownBy(() -> world.tokens.check(home)).isInstanceOf(Fault.class);
        assertThat(browsers(work)).containsExactly("work");
    }

    @Test
    void anotherUsersSessionIsNotThere() {
        String mine = begin("home");
        String id = sessions.list(as(mine), mine).get(0).id();
        User stranger = world.user();
        Caller other = world.as(stranger, Scope.NONE);
        assertThat(sessions.list(other, mine)).isEmpty();
        assertThatThrownBy(() -> sessions.end(other, id))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.kind()).isEqualTo(Fault.Kind.NOT_FOUND));
        world.tokens.check(mine);
    }

    @Test
    void whatEndsTokensEndsSessions() {
        String home = begin("home");
        world.tokens.signOut(home);
        begin("work");
        world.users.changePassword(user.id(), World.PASSWORD, "another", request());
        world.users.update(world.admin, user.id(), UserChange.NONE.password(World.PASSWORD));
        String now = begin("now");
        assertThat(browsers(now)).containsExactly("now");
        cloud.clock().forward(Duration.ofHours(2));
        String later = begin("later");
        assertThat(browsers(later)).containsExactly("later");
    }

    @Test
    void sessionsAreBoundedByEndingTheOneSeenTheLongestAgo() {
        String first = begin("first");
        String second = begin("second");
        sessions.seen(first);
        for (int i = 2; i < PortalSessions.MOST; i++) {
            begin("browser " + i);
        }
        assertThat(sessions.list(as(first), first)).hasSize(PortalSessions.MOST);
        begin("one more");
        assertThat(sessions.list(as(first), first)).hasSize(PortalSessions.MOST);
        assertThatThrownBy(() -> world.tokens.check(second)).isInstanceOf(Fault.class);
        world.tokens.check(first);
    }

    @Test
    void controllersShareSessions() {
        TestCloud.Another other = cloud.another();
        TestClock clock = (TestClock) other.get(Clock.class);
        clock.forward(Duration.between(clock.instant(), cloud.clock().instant()));
        PortalSessions there = other.get(PortalSessions.class);
        String home = begin("home");
        String away = other.get(Tokens.class)
                .issue(Login.password(Login.UserRef.id(user.id()), World.PASSWORD, Scope.NONE), request())
                .token();
        there.begin(away, "198.51.100.1", "away");
        List<Session> seen = sessions.list(as(home), home);
        assertThat(seen).extracting(Session::browser).containsExactlyInAnyOrder("home", "away");
        sessions.end(
                as(home),
                seen.stream().filter(s -> !s.isThis()).findFirst().orElseThrow().id());
        await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> assertThatThrownBy(
                        () -> other.get(Tokens.class).check(away))
                .isInstanceOf(Fault.class));
        assertThat(there.list(other.get(Tokens.class).authenticate(home, request()), home))
                .extracting(Session::browser)
                .containsExactly("home");
    }
}
